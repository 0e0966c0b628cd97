import { beforeAll, describe, expect, test } from 'vitest'
import { splitPath } from '#domain/languages.ts'
import {
  type DemoSite,
  demoEvents,
  demoOrigin,
  localsOf,
  openDemoSite,
  type RenderedFile,
} from '#tests/support/demo-site.ts'
import type { Crawl } from '#tests/support/site-checks/crawl.ts'
import { crawlFiles } from '#tests/support/site-checks/crawl-files.ts'
import { readPage } from '#tests/support/site-checks/read-page.ts'
import { siteFaults } from '#tests/support/site-checks/site-faults.ts'
import { sitemapFaults } from '#tests/support/site-checks/sitemap-faults.ts'

let site: DemoSite
let files: Map<string, RenderedFile>
let found: Crawl
beforeAll(async () => {
  site = await openDemoSite()
  files = await site.renderAll()
  found = await crawlFiles(files)
}, 120_000)

const faultsOf = async (planted: ReadonlyMap<string, RenderedFile>, locals = localsOf()) =>
  siteFaults(await crawlFiles(planted, locals), planted.keys(), demoOrigin)

/** The site with one file changed. */
function withFault(path: string, change: (text: string) => string): Map<string, RenderedFile> {
  const file = files.get(path)
  if (!file) throw new Error(`nothing is published at ${path}`)
  const text = change(file.text)
  expect(text, 'the fault was planted').not.toBe(file.text)
  return new Map([...files, [path, { ...file, text }]])
}

test('every link leads somewhere, every page is led to, and each has a title and a description of its own', () => {
  expect(siteFaults(found, files.keys(), demoOrigin)).toEqual([])
})

test('whatever the sitemap names is there, may be read and found, and has that address; on a site where nothing is on, too', async () => {
  expect(sitemapFaults(files, found, demoOrigin)).toEqual([])
  const locals = localsOf(demoEvents, '2031-01-05T12:00:00.000Z')
  const over = await site.renderAll(locals)
  expect(over.get('/sitemap/pages.xml')?.text).not.toContain('/weekend/')
  expect(sitemapFaults(over, await crawlFiles(over, locals), demoOrigin)).toEqual([])
})

test('the crawler comes to every event, in every state, to their calendars and to all that is published but what scripts ask for', () => {
  expect(demoEvents.length).toBeGreaterThanOrEqual(34)
  for (const { slug } of demoEvents) {
    expect(found.clicked).toContain(`/events/${slug}/`)
    expect(found.reached).toContain(`/events/${slug}/event.ics`)
  }
  const isRead = (path: string) => found.reached.has(path) || /^\/search\/.*\.json$/.test(splitPath(path).path)
  const unreached = [...files.keys()].filter((path) => !isRead(path))
  expect(new Set(unreached.map((path) => splitPath(path).path))).toEqual(new Set(['/404.html', '/order/']))
})

test('two shows of one play on one day are told apart by their titles and descriptions', async () => {
  const [first] = demoEvents
  if (!first) throw new Error('the programme is empty')
  const startsAt = new Date(Date.parse(first.startsAt) + 3 * 3_600_000).toISOString()
  const second = { ...first, id: 'evt_second', slug: 'second-show', startsAt }
  const locals = localsOf([...demoEvents, second])
  expect(await faultsOf(await site.renderAll(locals), locals)).toEqual([])
})

describe('what is planted is found:', () => {
  test('a page of the sitemap that robots may not read, that hides, that has another address, that is not there', () => {
    const planted = (path: string, change: (text: string) => string) => {
      const changed = withFault(path, change)
      const text = changed.get('/terms/')?.text ?? ''
      return sitemapFaults(changed, { pages: new Map([...found.pages, ['/terms/', readPage(text)]]) }, demoOrigin)
    }
    const of = (fault: string) => [expect.stringContaining(`/terms/: the sitemap names it, and ${fault}`)]
    expect(planted('/robots.txt', (text) => text.replace('/desk/', '/terms/'))).toEqual(of('robots.txt forbids it'))
    const hidden = (text: string) => text.replace('</head>', '<meta name="robots" content="noindex" /></head>')
    expect(planted('/terms/', hidden)).toEqual(of('it does not want to be found'))
    const elsewhere = (text: string) => text.replace(/rel="canonical" href="[^"]*/, 'rel="canonical" href="/about/')
    expect(planted('/terms/', elsewhere)).toEqual(of('its address is /about/'))
    const gone = new Map([...found.pages].filter(([path]) => path !== '/terms/'))
    expect(sitemapFaults(files, { pages: gone }, demoOrigin)).toEqual(of('it is not there'))
  })

  const event = `/events/${demoEvents[0]?.slug}/`
  const at = (text: string) => expect.stringContaining(text)

  test('a link to a page that is not there', async () => {
    const planted = withFault('/about/', (text) => text.replace('</main>', '<a href="/nowhere/">x</a></main>'))
    expect(await faultsOf(planted)).toEqual(['/about/ → /nowhere/: there is no such file'])
  })
  test('a link to a part of a page that is not there', async () => {
    const planted = withFault('/about/', (text) => text.replace('</main>', '<a href="/terms/#nowhere">x</a></main>'))
    expect(await faultsOf(planted)).toEqual(['/about/ → /terms/#nowhere: no such place'])
  })
  test('a picture, a script and an address in structured data that are not there', async () => {
    const planted = withFault(event, (text) =>
      text
        .replace(/srcset="[^"]*\.webp/, 'srcset="/media/lost.webp')
        .replace(/src="\/_astro\/[^"]*"/, 'src="/_astro/lost.js"')
        .replace(/"url":"https:\/\/tickets.example\/organiser\/[^"]*"/, `"url":"${demoOrigin}/organiser/lost/"`),
    )
    const lost = ['/media/lost.webp', '/_astro/lost.js', '/organiser/lost/']
    expect(await faultsOf(planted)).toEqual(expect.arrayContaining(lost.map((path) => at(`${event} → ${path}`))))
  })
  test('an event that the sitemap names and no page links', async () => {
    const unlinked = [...files].map(
      ([path, file]) =>
        [path, path === event ? file : { ...file, text: file.text.replaceAll(`<a href="${event}"`, '<a ') }] as const,
    )
    expect(await faultsOf(new Map(unlinked))).toEqual([`${event}: no click leads there`])
  })
  test('two pages with one title, two with one description', async () => {
    const planted = withFault('/terms/', (text) =>
      text.replace(/<title>[^<]*/, files.get('/about/')?.text.match(/<title>[^<]*/)?.[0] ?? ''),
    )
    expect(await faultsOf(planted)).toEqual([at('one title: ')])
    const about = /<meta name="description" content="[^"]*"/
    const described = withFault('/terms/', (text) =>
      text.replace(about, files.get('/about/')?.text.match(about)?.[0] ?? ''),
    )
    expect(await faultsOf(described)).toEqual([at('one description: ')])
  })
  test('a canonical address of another page, and a missing preview', async () => {
    const planted = withFault('/terms/', (text) =>
      text
        .replace(/rel="canonical" href="[^"]*"/, `rel="canonical" href="${demoOrigin}/about/"`)
        .replace('og:image"', 'x"'),
    )
    expect(await faultsOf(planted)).toEqual([
      `/terms/: its canonical address is ${demoOrigin}/about/`,
      '/terms/: no og:image',
    ])
  })
})
