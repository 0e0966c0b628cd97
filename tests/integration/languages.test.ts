import { pathToFileURL } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { translatedPages } from '#domain/site-pages.ts'
import type { BuiltSite } from '#functions/publisher/adapter/render.ts'
import { affectedPaths, inEveryLanguage } from '#functions/publisher/affected-paths.ts'
import { makeDemoEvent } from '#infra/local/seed/make-event.ts'
import { memoryReader } from '#infra/local/seed/memory-reader.ts'
import { demoOrganisations } from '#infra/local/seed/organisations.ts'
import { programme } from '#infra/local/seed/programme/index.ts'
import { buildSite, root } from '#infra/local/stack/site-build.ts'
import { catalogPaths } from '#tests/support/catalog-paths.ts'

const now = '2027-01-10T12:00:00.000Z'
const siteUrl = 'https://tickets.example'
const settings = {
  siteUrl,
  cognito: { userPoolId: 'us-east-1_Pool', clientId: 'client', authFlow: 'USER_SRP_AUTH' },
} as const

const written = programme.map((event) => ({ ...makeDemoEvent(event, now), translations: undefined }))
const words = { description: '', accessibility: '', ticketTypes: {} }
/** One event in three languages; all others in English alone. */
const spoken: readonly EventRecord[] = written.map((event) =>
  event.slug === 'letten-lichter'
    ? {
        ...event,
        translations: {
          de: { ...words, name: 'Letten-Lichter', summary: 'Ein Kraftwerk bei Nacht.' },
          ar: { ...words, name: 'أضواء ليتن', summary: 'محطة كهرباء في الليل.' },
        },
      }
    : event,
)
const readerOf = (events: readonly EventRecord[]) => memoryReader(events, Object.values(demoOrganisations))

let site: BuiltSite
beforeAll(async () => {
  await buildSite()
  site = await import(pathToFileURL(`${root}/dist/site/server/entry.mjs`).href)
}, 120_000)

async function render(address: string, events = spoken) {
  const { status, body } = await site.renderPage(address, { reader: readerOf(events), settings, now })
  return { status, text: new TextDecoder().decode(body) }
}
const pathsIn = async (language: string, events = spoken) => {
  const reader = readerOf(events)
  const all = new Set([...(await catalogPaths(reader)), ...(await inEveryLanguage(translatedPages, reader))])
  return [...all].filter((path) => path.startsWith(`/${language}/`)).sort()
}

test('a language costs the pages of what is offered in it, and no other', async () => {
  const month = spoken.find(({ slug }) => slug === 'letten-lichter')?.startsAt.slice(0, 7)
  const expected = [
    '/de/',
    '/de/404.html',
    '/de/about/',
    '/de/accessibility/',
    '/de/account/',
    '/de/category/arts/',
    '/de/city/zurich/',
    `/de/city/zurich/${month}/`,
    '/de/events/letten-lichter/',
    '/de/free/',
    `/de/month/${month}/`,
    '/de/order/',
    '/de/organiser/lantern-house/',
    '/de/privacy/',
    '/de/search/',
    '/de/search/city/zurich.json',
    '/de/search/everywhere.json',
    '/de/sign-in/',
    '/de/terms/',
    '/de/weekend/',
  ]
  expect(await pathsIn('de')).toEqual(expected)
  expect(await pathsIn('ar')).toHaveLength(expected.length)
  expect(await pathsIn('ja')).toEqual([])
  for (const path of expected)
    expect([path, (await render(path)).status]).toEqual([path, path === '/de/404.html' ? 404 : 200])
})

test('what is not offered in a language has no page in it', async () => {
  for (const path of [
    '/ja/events/letten-lichter/',
    '/de/events/kintsugi-for-beginners/',
    '/de/city/kyoto/',
    '/de/category/sport/',
    '/de/organiser/hoshizora-koubou/',
    '/en/city/zurich/',
    '/en/events/letten-lichter/',
    '/de/desk/',
    '/de/search/city/kyoto.json',
    '/de/feed.xml',
  ])
    expect([path, (await render(path)).status]).toEqual([path, 404])
})

test('a page names itself in each of its languages, and each names it back', async () => {
  for (const path of [
    '/events/letten-lichter/',
    '/',
    '/city/zurich/',
    '/category/arts/',
    '/organiser/lantern-house/',
  ]) {
    const links = await alternatesAt(path)
    expect(Object.keys(links).sort()).toEqual(['ar', 'de', 'en', 'x-default'])
    for (const language of ['de', 'ar']) {
      const other = links[language]?.slice(siteUrl.length) ?? ''
      expect(await alternatesAt(other)).toEqual(links)
    }
    expect(links['x-default']).toBe(siteUrl + path)
  }
  expect(await alternatesAt('/events/kintsugi-for-beginners/')).toEqual({})
})

async function alternatesAt(path: string): Promise<Record<string, string>> {
  const { text } = await render(path)
  return Object.fromEntries(
    [...text.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"/g)].map(
      ([, language = '', href = '']) => [language, href],
    ),
  )
}

test('a page is in its language, in the direction of its script, and so is what the organiser wrote', async () => {
  const german = await render('/de/events/letten-lichter/')
  expect(german.text).toMatch(/<html lang="de" dir="ltr"/)
  for (const part of [
    'Letten-Lichter',
    'Ein Kraftwerk bei Nacht.',
    'Zur Kasse',
    'Barrierefreiheit',
    '28\u00a0CHF'.replace('28\u00a0', ''),
  ])
    expect(german.text).toContain(part)
  const arabic = await render('/ar/events/letten-lichter/')
  expect(arabic.text).toMatch(/<html lang="ar" dir="rtl"/)
  expect(arabic.text).toContain('أضواء ليتن')
  expect((await render('/events/letten-lichter/')).text).toMatch(/<html lang="en" dir="ltr"/)
})

test('an event that is written in another language stands there without one in its address, and in English below /en/', async () => {
  const other = written.map((event) =>
    event.slug === 'letten-lichter'
      ? {
          ...event,
          language: 'de' as const,
          translations: { en: { ...words, name: 'Letten Lights', summary: 'At night.' } },
        }
      : event,
  )
  expect((await render('/events/letten-lichter/', other)).text).toMatch(/<html lang="de"/)
  const english = await render('/en/events/letten-lichter/', other)
  expect(english.text).toMatch(/<html lang="en"/)
  expect(english.text).toContain('Letten Lights')
  expect((await render('/de/events/letten-lichter/', other)).status).toBe(404)
})

test('an event that is no longer offered in a language takes its pages along', async () => {
  const [before, after] = [spoken, written].map(
    (events) => events.find(({ slug }) => slug === 'letten-lichter') ?? null,
  )
  const reader = { ...readerOf(written), languages: async () => ['en', 'de', 'ar'] as const }
  const paths = await affectedPaths({ kind: 'event', before: before ?? null, after: after ?? null }, reader, now)
  const gone = (await pathsIn('de')).filter((path) => !translatedPages.some((page) => `/de${page}` === path))
  expect(gone.length).toBe(7)
  expect(paths).toEqual(expect.arrayContaining([...gone, '/de/search/', '/de/404.html', '/ar/search/']))
  for (const path of gone) expect([path, (await render(path, written)).status]).toEqual([path, 404])
})
