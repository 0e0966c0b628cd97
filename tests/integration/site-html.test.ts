import { beforeAll, expect, test } from 'vitest'
import { type Language, languages, siteLanguage, splitPath } from '#domain/languages.ts'
import { type DemoSite, demoEvents, localsOf, openDemoSite } from '#tests/support/demo-site.ts'
import { htmlErrors } from '#tests/support/site-checks/nu-checker.ts'

const odd = 'A <b> & "b" </script> عربي 漢字 '.repeat(6)
const hostile = demoEvents.map((event) => ({
  ...event,
  ...{ name: odd, summary: odd, description: odd, accessibility: odd },
  venue: { ...event.venue, name: odd, street: odd },
  ticketTypes: event.ticketTypes.map((type) => ({ ...type, name: odd, description: odd })),
}))
const bare = demoEvents.map((event) => ({ ...event, picture: null, accessibility: '', ticketTypes: [] }))

let pages: ReadonlyMap<string, string>
let errors: readonly string[]
beforeAll(async () => {
  const site = await openDemoSite()
  const now = await pagesOf(site, '/now')
  const about = now.find(([path]) => path === '/now/about/')?.[1] ?? ''
  const planted = (markup: string) => about.replace('</main>', `${markup}</main>`)
  pages = new Map([
    ...now.filter(isEvent),
    ...languages.flatMap((language) => oneOfEachKind(now.filter(([path]) => languageOf(path) === language))),
    ...oneOfEachKind(await pagesOf(site, '/over', localsOf(demoEvents, '2029-01-01T00:00:00.000Z'))),
    ...oneOfEachKind(await pagesOf(site, '/hostile', localsOf(hostile))),
    ...oneOfEachKind(await pagesOf(site, '/bare', localsOf(bare))),
    ...oneOfEachKind(await pagesOf(site, '/empty', localsOf([]))),
    ['/planted/attribute/', planted('<p x-show="a">b</p>')],
    ['/planted/list/', planted('<ul><h2>b</h2></ul>')],
    ['/planted/twice/', planted('<p id="content">b</p>')],
  ])
  errors = await htmlErrors(pages)
}, 300_000)

async function pagesOf(site: DemoSite, prefix: string, locals = localsOf()): Promise<[string, string][]> {
  const files = [...(await site.renderAll(locals))]
  return files
    .filter(([, { contentType }]) => contentType.startsWith('text/html'))
    .map(([path, { text }]) => [prefix + path.replace('.html', '/'), text])
}

const isEvent = ([path]: [string, string]): boolean => path.includes('/events/')

const languageOf = (path: string): Language => splitPath(path.replace('/now', '')).language ?? siteLanguage

/** Of all months, cities, organisers and so on, one in the site’s own language and one in another. */
function oneOfEachKind(all: readonly [string, string][]): [string, string][] {
  const kindOf = (path: string) =>
    path.replace(/(?<=\/(city|category|organiser|events)\/)[^/]+|\d{4}-\d\d|\/(?:de|es|ja|ar)(?=\/)/g, '*')
  return [...new Map(all.map((page) => [kindOf(page[0]), page])).values()]
}

test('the Nu HTML Checker finds no error on any kind of page, now and when all is over, nor in what organisers write', () => {
  expect(pages.size).toBeGreaterThan(100)
  expect(errors.filter((error) => !error.startsWith('/planted/'))).toEqual([])
})

test('control: it finds an attribute that HTML does not have, a heading inside a list and an id given twice', () => {
  const found = errors.filter((error) => error.startsWith('/planted/')).map((error) => error.split(': ')[0])
  expect(found.toSorted()).toEqual(['/planted/attribute/', '/planted/list/', '/planted/twice/'])
})
