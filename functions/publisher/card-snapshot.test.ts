import { expect, test } from 'vitest'
import type { CatalogReader, Facet } from '#contracts/site.ts'
import type { EventRecord } from '#domain/catalog.ts'
import { facetIn } from '#domain/lists.ts'
import { memoryReader } from '#infra/local/seed/memory-reader.ts'
import { syntheticCatalog } from '#tests/support/synthetic-catalog.ts'
import { snapshotOf } from './card-snapshot.ts'

const now = '2027-01-10T12:00:00.000Z'
const { events, organisations } = syntheticCatalog({ seed: 'snapshot', count: 300, now })
const german = { name: 'Auf Deutsch', summary: 'Grüße', description: '', accessibility: '', ticketTypes: {} }
const translated = (event: EventRecord, at: number): EventRecord =>
  at % 3 === 0 ? { ...event, translations: { de: german } } : event
const all = [...events()].map(translated)

/** A reader that counts what it is asked for. */
function counted() {
  const asked: Facet[] = []
  const known = memoryReader(all, organisations)
  const reader: CatalogReader = {
    ...known,
    listing: (facet, range) => {
      asked.push(facet)
      return known.listing(facet, range)
    },
  }
  return { known, reader, asked }
}

const [first] = all
const topics = [
  'all',
  'free',
  `city#${first?.venue.citySlug}`,
  `category#${first?.category}`,
  `organiser#${first?.organiser.slug}`,
  'city#nowhere',
  'running',
  'in-demand',
] as const
const facets = topics.flatMap((topic): Facet[] => [topic, facetIn('de', topic)])
const ranges = [
  { limit: 10 },
  { limit: 5, newestFirst: true },
  { from: now, limit: 20 },
  { before: now, limit: 20, newestFirst: true },
  { from: '2027-02-01', before: '2027-03-01', limit: 1000 },
  { from: '2027-03-01', before: '2027-02-01', limit: 1000 },
  { from: first?.startsAt ?? '', limit: 1 },
  { before: first?.startsAt ?? '', limit: 3, newestFirst: true },
]

test('it answers every list as the catalog does, without asking it again', async () => {
  const { known, reader, asked } = counted()
  const snapshot = await snapshotOf(reader)
  expect(asked).toEqual(['running', 'in-demand', 'de/running', 'de/in-demand'])
  asked.length = 0
  for (const facet of facets)
    for (const range of ranges) expect(await snapshot.listing(facet, range)).toEqual(await known.listing(facet, range))
  expect((await snapshot.listing('de/all', { limit: 1000 })).length).toBe(100)
  expect(asked).toEqual([])
  expect(await snapshot.cities()).toEqual(await known.cities())
  expect(await snapshot.cityBySlug(first?.venue.citySlug ?? '')).toEqual(
    await known.cityBySlug(first?.venue.citySlug ?? ''),
  )
  expect(await snapshot.cityBySlug('nowhere')).toBeNull()
})

test('of more cards than are kept at hand each stays itself', async () => {
  const many = syntheticCatalog({ seed: 'many', count: 2100, now })
  const known = memoryReader([...many.events()], many.organisations)
  const snapshot = await snapshotOf(known)
  const whole = { limit: 10_000 }
  for (const range of [whole, whole, { ...whole, newestFirst: true }])
    expect(await snapshot.listing('all', range)).toEqual(await known.listing('all', range))
})

test('cards that share next to nothing stay themselves', async () => {
  const catalog = syntheticCatalog({ seed: 'apart', count: 4000, now })
  const events = [...catalog.events()].map((event, at) => ({
    ...event,
    venue: { ...event.venue, name: `Hall ${at}`, city: `City ${at}`, citySlug: `city-${at}` },
  }))
  const known = memoryReader(events, catalog.organisations)
  const whole = { limit: 10_000 }
  expect(await (await snapshotOf(known)).listing('all', whole)).toEqual(await known.listing('all', whole))
})

test('a language that does not fit is read from the catalog, whole; the others stay', async () => {
  const { known, reader, asked } = counted()
  // 300 cards take less than a megabyte, and no second one is there for the next language.
  const big: CatalogReader = {
    ...reader,
    allCards: async function* (language) {
      for await (const card of known.allCards(language))
        yield language === 'de' ? { ...card, summary: 'x'.repeat(20_000) } : card
    },
  }
  const snapshot = await snapshotOf(big, 1)
  asked.length = 0
  expect(await snapshot.listing('all', { limit: 1000 })).toEqual(await known.listing('all', { limit: 1000 }))
  expect(asked).toEqual([])
  expect(await snapshot.listing('de/all', { limit: 1000 })).toEqual(await known.listing('de/all', { limit: 1000 }))
  expect(asked).toEqual(['de/all'])
  const slugs = async (from: CatalogReader) => {
    const found: string[] = []
    for await (const { slug } of from.allCards('de')) found.push(slug)
    return found
  }
  expect(await slugs(snapshot)).toEqual(await slugs(known))
})
