import { pathToFileURL } from 'node:url'
import ICAL from 'ical.js'
import { beforeAll, expect, test } from 'vitest'
import type { CatalogReader, SiteLocals } from '#contracts/site.ts'
import type { EventRecord, ListingCard } from '#domain/catalog.ts'
import { cardOf } from '#domain/listings.ts'
import { placesOf } from '#domain/places.ts'
import { eventPaths, languagesOf } from '#domain/translations.ts'
import type { BuiltSite } from '#functions/publisher/adapter/render.ts'
import { makeDemoEvent } from '#infra/local/seed/make-event.ts'
import { memoryReader } from '#infra/local/seed/memory-reader.ts'
import { demoOrganisations } from '#infra/local/seed/organisations.ts'
import { programme } from '#infra/local/seed/programme/index.ts'
import { buildSite, root } from '#infra/local/stack/site-build.ts'
import { catalogPaths } from '#tests/support/catalog-paths.ts'
import { readCalendarFile } from '#tests/support/demo-site.ts'
import { isAllowed } from '#tests/support/site-checks/read-robots.ts'

const now = '2027-01-10T12:00:00.000Z'
const settings = {
  siteUrl: 'https://tickets.example',
  cognito: { userPoolId: 'us-east-1_Pool', clientId: 'client', authFlow: 'USER_SRP_AUTH' },
} as const
const events = programme.map((event) => makeDemoEvent(event, now))

let site: BuiltSite
beforeAll(async () => {
  await buildSite()
  site = await import(pathToFileURL(`${root}/dist/site/server/entry.mjs`).href)
}, 120_000)

const localsOf = (records: readonly EventRecord[]): SiteLocals & { reader: CatalogReader } => ({
  reader: memoryReader(records, Object.values(demoOrganisations)),
  settings,
  now,
})
async function render(path: string, records = events) {
  const { status, contentType, body } = await site.renderPage(path, localsOf(records))
  return { status, contentType, text: new TextDecoder().decode(body) }
}

const pathsOf = (card: ListingCard) => placesOf(() => card).map(({ path }) => path)

test('every path that the publisher knows has a page', async () => {
  const { reader } = localsOf(events)
  const paths = [...site.fixedPaths, ...(await catalogPaths(reader))]
  expect(paths).toEqual(expect.arrayContaining(['/', '/404.html', '/month/2027-02/', '/sitemap/pages.xml']))
  const broken: string[] = []
  for (const path of paths) {
    const { status, text } = await render(path)
    if (status !== (path === '/404.html' ? 404 : 200) || text.length < 50) broken.push(`${status} ${path}`)
  }
  expect(broken).toEqual([])
})

test('the same data renders to the same bytes', async () => {
  for (const path of pathsOf(firstCard())) expect(await render(path)).toEqual(await render(path))
})

test('what is unknown is not found: an event, a city, an empty month, a day without events', async () => {
  for (const path of [
    '/events/no-such/',
    '/city/atlantis/',
    '/month/1999-01/',
    '/sitemap/1999-01-04.xml',
    '/sitemap/2027-02-30.xml',
  ])
    expect((await render(path)).status).toBe(404)
})

test('a hostile name is text on every page and in every file that shows it', async () => {
  const name = '<img src=x onerror=alert(1)></script>]]>\u0007'
  const [first, ...others] = events
  if (!first) throw new Error('the programme is empty')
  const hostile = { ...first, name, summary: name, venue: { ...first.venue, name } }
  let shown = 0
  for (const path of pathsOf(firstCard())) {
    const { text, contentType } = await render(path, [hostile, ...others])
    if (text.includes('onerror')) shown++
    // Neither is ever read as markup; the search puts what it reads into text nodes.
    if (/^(text\/calendar|application\/json)/.test(contentType)) continue
    // Inside a quoted attribute the characters are harmless; as markup or at the end of a script they are not.
    const markup = text.replace(/="[^"]*"/g, '=""')
    expect(markup, path).not.toContain('<img src=x')
    expect(markup, path).not.toMatch(/onerror=alert\(1\)><\/script>/)
  }
  expect(shown).toBeGreaterThanOrEqual(8)
})

test('a page leads to the feeds of its own language', async () => {
  const feedsOn = async (path: string) => {
    const { text } = await render(path)
    return [...text.matchAll(/href="((?:webcal:\/\/[^/"]+)?\/feeds\/[^"]+)"/g)].map(([, href]) => href)
  }
  expect(new Set(await feedsOn('/de/city/zurich/'))).toEqual(
    new Set([
      ...['/feeds/de/city/zurich.atom', '/feeds/de/city/zurich.ics'],
      'webcal://tickets.example/feeds/de/city/zurich.ics',
    ]),
  )
  expect(await feedsOn('/city/zurich/')).toContain('/feeds/city/zurich.atom')
  expect(await feedsOn('/de/')).toEqual(['/feeds/de/all.atom'])
  expect(await feedsOn('/')).toEqual(['/feeds/all.atom'])
})

test('robots.txt hides the pages for one person in each language, and no event that is called like one', async () => {
  const { text } = await render('/robots.txt')
  const hidden = ['/order/', '/account/', '/de/order/', '/ar/account/?x=1', '/desk/', '/door/', '/api/orders/ord_1']
  const shown = ['/', '/de/', '/events/order/', '/de/events/account/', '/organiser/order/', '/city/order/', '/api/']
  expect([...hidden, ...shown].filter((path) => isAllowed(text, path))).toEqual(shown)
})

test('a venue of which only half the coordinates are known is looked for by its address', async () => {
  const [first, ...others] = events
  if (!first) throw new Error('the programme is empty')
  const half = { ...first, venue: { ...first.venue, latitude: 37.4, longitude: undefined } }
  const { text } = await render(`/events/${first.slug}/`, [half, ...others])
  expect(text).toContain('https://www.openstreetmap.org/search?query=')
  expect(text).not.toContain('undefined')
})

test('the calendar file has the instants of the event, in whatever zone it is read', async () => {
  const { text = '', contentType } = (await readCalendarFile('/events/kintsugi-for-beginners/event.ics')) ?? {}
  expect(contentType).toBe('text/calendar; charset=utf-8')
  const entry = new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent('vevent') ?? undefined)
  const event = events.find(({ slug }) => slug === 'kintsugi-for-beginners')
  expect(entry.startDate.toJSDate().toISOString()).toBe(event?.startsAt)
  expect(entry.endDate.toJSDate().toISOString()).toBe(event?.endsAt)
  expect(entry.summary).toBe('金継ぎ入門 Kintsugi for beginners')
})

test('every event is in one chunk of the sitemap, and each chunk is in the index', async () => {
  const urlsIn = (xml: string) => [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url = '']) => url)
  const chunks = urlsIn((await render('/sitemap.xml')).text)
  const urls: string[] = []
  for (const chunk of chunks) urls.push(...urlsIn((await render(new URL(chunk).pathname)).text))
  for (const event of events)
    for (const { path } of eventPaths(event.slug, languagesOf(event)))
      expect(urls.filter((url) => url === settings.siteUrl + path)).toHaveLength(1)
  expect(urls).toEqual(
    expect.arrayContaining(['/city/sevilla/', '/month/2027-02/'].map((path) => settings.siteUrl + path)),
  )
})

test('the index of the sitemap holds the last day of a month and the first of the next', async () => {
  const [first] = events
  if (!first) throw new Error('the programme is empty')
  const on = (day: string) => ({
    ...first,
    id: day,
    slug: day,
    startsAt: `${day}T18:00:00.000Z`,
    endsAt: `${day}T20:00:00.000Z`,
  })
  const days = ['2026-12-31', '2027-01-01', '2027-01-31', '2027-03-01']
  const { text } = await render('/sitemap.xml', days.map(on))
  expect(days.filter((day) => text.includes(`/sitemap/${day}.xml`))).toEqual(days)
  expect(text.match(/<loc>/g)).toHaveLength(days.length + 1)
})

test('an exhibition that has begun stays in every list of its city, its kind and its organiser, with the day on which it ends', async () => {
  const on = events.find(({ slug }) => slug === 'blue-on-white')
  if (!on) throw new Error('nothing is on in the demo')
  const month = on.startsAt.slice(0, 7)
  for (const path of [
    '/city/sevilla/',
    '/category/arts/',
    '/organiser/almazara-cultural/',
    `/month/${month}/`,
    '/weekend/',
  ]) {
    const { text } = await render(path)
    const at = text.lastIndexOf(on.name)
    expect(at, path).toBeGreaterThan(0)
    expect(text.slice(Math.max(0, at - 600), at), path).toMatch(/Until \w{3} \d/)
    if (!path.startsWith('/month/')) expect(text.slice(0, at), path).toContain('On now')
  }
  for (const path of ['/search/city/sevilla.json', '/search/everywhere.json'])
    expect((await render(path)).text).toContain(on.name)
  const over = { ...on, updatedAt: on.endsAt, saleState: 'ended' as const }
  const others = events.filter((event) => event !== on)
  expect((await render('/city/sevilla/', [...others, over])).text).not.toContain(on.name)
  expect((await render('/organiser/almazara-cultural/', [...others, over])).text).toContain(on.name)
})

test('a month with too many events hands them to its weeks, a week to its days; each page leads to those beside it', async () => {
  const first = events.find(({ venue }) => venue.citySlug === 'sevilla')
  if (!first) throw new Error('the programme has nothing in Seville')
  const at = (number: number): EventRecord => {
    const startsAt = `2027-05-${String(number < 110 ? 9 + (number % 3) : 1 + (number % 29)).padStart(2, '0')}T18:00:00.000Z`
    const id = `${first.id}${number}`
    return { ...first, id, slug: `event-${number}`, startsAt, endsAt: startsAt.replace('T18', 'T20') }
  }
  const busy = Array.from({ length: 150 }, (_, number) => at(number))
  const { reader } = localsOf(busy)
  const city = [...(await catalogPaths(reader))].filter((path) => path.startsWith('/city/sevilla/2027-05'))
  const [days, weeks] = [
    [8, 9, 10, 11, 12, 13, 14],
    ['01-07', '08-14', '15-21', '22-28', '29-31'],
  ]
  const expected = ['', ...weeks.map((week) => `-${week}`), ...days.map((day) => `-${String(day).padStart(2, '0')}`)]
  expect(city.toSorted()).toEqual(expected.map((rest) => `/city/sevilla/2027-05${rest}/`).toSorted())

  const open = async (path: string) => {
    const { status, body, publishedWith } = await site.renderPage(path, localsOf(busy))
    const text = new TextDecoder().decode(body)
    return { status, publishedWith, shown: text.match(/href="\/events\//g)?.length ?? 0, text }
  }
  const month = await open('/city/sevilla/2027-05/')
  expect(month.shown).toBe(0)
  expect(month.publishedWith).toEqual(weeks.map((week) => `/city/sevilla/2027-05-${week}/`))
  for (const path of city) expect((await open(path)).status).toBe(200)
  expect((await open('/city/sevilla/2027-05-09/')).shown).toBe(38)
  expect((await open('/city/sevilla/2027-05-09/')).publishedWith).toEqual(
    ['08', '10'].map((day) => `/city/sevilla/2027-05-${day}/`),
  )
  expect((await open('/city/sevilla/2027-05-01-07/')).text.match(/1\s–\s7 May 2027/u)).not.toBeNull()
  for (const none of ['2027-05-01', '2027-05-09-15', '2027-06-01-07'])
    expect((await open(`/city/sevilla/${none}/`)).status).toBe(404)
  const shown = await Promise.all(city.map(async (path) => (await open(path)).shown))
  expect(shown.reduce((sum, count) => sum + count, 0)).toBe(150)
})

test('an organiser or a kind with more than its page shows leads on to the search, one with less to nothing more', async () => {
  const first = events.find(({ venue, language }) => venue.citySlug === 'sevilla' && language === undefined)
  if (!first) throw new Error('the programme has nothing in Seville')
  const many = Array.from({ length: 61 }, (_, number): EventRecord => {
    const startsAt = new Date(Date.parse('2027-05-01T18:00:00.000Z') + number * 3_600_000).toISOString()
    const inGranada = { ...first.venue, city: 'Granada', citySlug: 'granada' }
    return {
      ...{ ...first, id: `${first.id}${100 + number}`, slug: `event-${number}`, startsAt },
      endsAt: startsAt.replace('00:00.000Z', '30:00.000Z'),
      venue: number === 60 ? inGranada : first.venue,
    }
  })
  const { organiser, category } = first
  const waysOf = async (path: string, count: number) =>
    [...(await render(path, many.slice(0, count))).text.matchAll(/href="(\/search\/\?[^"]*)"/g)].map(([, href]) => href)
  const theirs = `organiser=${encodeURIComponent(organiser.name)}`
  expect(await waysOf(`/organiser/${organiser.slug}/`, 40)).toEqual([])
  expect(await waysOf(`/organiser/${organiser.slug}/`, 61)).toEqual(
    ['granada', 'sevilla'].map((city) => `/search/?city=${city}&amp;${theirs}`),
  )
  expect(await waysOf(`/category/${category}/`, 59)).toEqual([])
  expect(await waysOf(`/category/${category}/`, 61)).toEqual([
    `/search/?city=sevilla&amp;category=${category}`,
    `/search/?category=${category}`,
  ])
})

/** The first event as a list shows it. */
function firstCard() {
  const [first] = events
  if (!first) throw new Error('the programme is empty')
  return cardOf(first)
}

test('an event’s page names its share picture, before it is made the poster, and without one the site’s own', async () => {
  const [first] = events
  if (!first?.picture) throw new Error('the programme begins without a picture')
  const path = `/events/${first.slug}/`
  const imageOf = async (records: readonly EventRecord[], share: string | null) => {
    const locals = localsOf(records)
    const reader = { ...locals.reader, sharePicture: async () => share }
    const { body } = await site.renderPage(path, { ...locals, reader })
    const text = new TextDecoder().decode(body)
    return ['og:image', 'og:image:width', 'og:image:height'].map(
      (name) => new RegExp(`property="${name}" content="([^"]+)"`).exec(text)?.[1],
    )
  }
  const made = `/media/${first.id}/share-0123456789ab-0123456789.jpg`
  expect(await imageOf(events, made)).toEqual([`https://tickets.example${made}`, '1200', '630'])
  expect(await imageOf(events, null)).toEqual([
    `https://tickets.example${first.picture.base}-1600.jpg`,
    ...['1600', '1000'],
  ])
  expect(await imageOf([{ ...first, picture: null }], null)).toEqual([
    'https://tickets.example/preview.png',
    ...['1200', '630'],
  ])
})

test('without JavaScript, too, a ticket’s price has its fee within, and says so', async () => {
  const { text } = await render('/events/south-side-stomp/')
  const shown = text.replace(/<div class="picker-foot".*?<\/div>/s, '').replace(/<[^>]+>/g, ' ')
  expect(shown.replace(/\s+/g, ' ')).toContain('US$30.50 incl. US$2.50 fee')
  expect(shown).toContain('Incl. US$2.50 fee a ticket.')
})

test('a picture comes as AVIF, WebP and JPEG, in its place before it is there, and cut around its focal point', async () => {
  const [first] = events
  if (!first?.picture) throw new Error('the programme begins without a picture')
  const picture = { ...first.picture, focus: { x: 12, y: 88 }, alt: 'A "mill" <b>' }
  const { text } = await render(`/events/${first.slug}/`, [{ ...first, picture }])
  const [, shown = ''] = /<picture[^>]*>(.*?)<\/picture>/s.exec(text) ?? []
  expect([...shown.matchAll(/type="(image\/\w+)"/g)].map(([, type]) => type)).toEqual(['image/avif', 'image/webp'])
  for (const ending of ['avif', 'webp', 'jpg']) expect(shown).toContain(`${picture.base}-960.${ending} 960w`)
  expect(shown).toContain('width="1600" height="1000"')
  expect(shown).toContain('class="focus-x-10 focus-y-90"')
  expect(shown).toContain('alt="A &quot;mill&quot; <b>"')
  expect(text).toContain(`fill="${picture.colour}"`)
})
