import { brotliCompressSync, constants } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import type { SearchShard } from '#contracts/search.ts'
import type { SiteReader } from '#contracts/site.ts'
import type { ListingCard, SaleState } from '#domain/catalog.ts'
import { lists } from '#domain/lists.ts'
import { rankOf } from '#domain/search-rank.ts'
import { bestOf, mostBroughtForward } from './best-known.ts'
import { mostBytesEverywhere, shardText } from './search-shard.ts'

const now = '2027-01-14T12:00:00.000Z'
const minute = 60_000
const day = 1440 * minute

/** The same numbers on each run, evenly between 0 and 1. */
function chances(): () => number {
  let seed = 7
  return () => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed / 2_147_483_647
  }
}

const syllables = [
  'ka',
  'ro',
  'men',
  'tu',
  'sil',
  'va',
  'dor',
  'ne',
  'pa',
  'lis',
  'gra',
  'no',
  'fe',
  'ter',
  'quin',
  'zu',
]
const states: readonly SaleState[] = ['on_sale', 'on_sale', 'on_sale', 'low', 'not_yet', 'sold_out', 'cancelled']

/** As varied as people's words are, five minutes apart. */
function cardsOf(count: number): readonly ListingCard[] {
  const chance = chances()
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(chance() * from.length)]
  const word = () => Array.from({ length: 2 + Math.floor(chance() * 3) }, () => pick(syllables)).join('')
  const words = Array.from({ length: 3000 }, word)
  const say = (length: number) => Array.from({ length }, () => pick(words)).join(' ')
  return Array.from({ length: count }, (_, at): ListingCard => {
    const starts = Date.parse(now) + at * 5 * minute
    const city = `city-${Math.floor(chance() ** 2 * 200)}`
    return {
      ...{ eventId: `evt_${String(at).padStart(6, '0')}`, slug: say(3).replaceAll(' ', '-'), name: say(3) },
      ...{ summary: say(12), language: 'en', languages: ['en'], venueName: say(2), city, citySlug: city },
      ...{ startsAt: new Date(starts).toISOString(), endsAt: new Date(starts + 120 * minute).toISOString() },
      ...{ timeZone: 'Europe/Madrid', category: 'music', organiser: { slug: 'o', name: say(2) }, picture: null },
      priceFrom: { amountMinor: 500 * Math.floor(chance() * 40), currency: 'EUR' },
      saleState: pick(states) ?? 'on_sale',
      ...{ version: 1, publishedAt: now, updatedAt: now, changedAt: now },
    }
  })
}

/** A catalogue that counts how many cards were read of it. */
function catalogOf(
  all: readonly ListingCard[],
  inDemand: readonly ListingCard[] = [],
  running: readonly ListingCard[] = [],
) {
  const read: number[] = []
  const reader: Pick<SiteReader, 'listing'> = {
    async listing(facet, { from = '', limit }) {
      const listed = facet === 'in-demand' ? inDemand : facet === 'running' ? running : all
      const cards = listed.filter(({ startsAt }) => startsAt >= from).slice(0, limit)
      read.push(cards.length)
      return cards
    },
  }
  return { reader, read }
}
const list = lists.searchEverywhere
const best = (reader: Pick<SiteReader, 'listing'>, shows: number = list.shows) =>
  bestOf(reader, { ...list, shows }, now)
const idsOf = (ranked: Awaited<ReturnType<typeof bestOf>>) => ranked.map(({ card }) => card.eventId)

let all: readonly ListingCard[]
beforeAll(() => {
  all = cardsOf(100_000)
})

test('of 100,000 events the search’s file has 1,600 of words as varied as people’s, and 150 KB at most', async () => {
  const { reader, read } = catalogOf(all)
  const text = shardText(
    (await best(reader)).map(({ card }) => card),
    list.shows,
    mostBytesEverywhere,
  )
  const { rows, isComplete }: SearchShard = JSON.parse(text)
  const bytes = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length
  expect(bytes).toBeLessThanOrEqual(150_000)
  expect(rows).toHaveLength(list.shows)
  expect(isComplete).toBe(false)
  expect(rows.map(([, , , startsAt]) => startsAt)).toEqual(rows.map(([, , , startsAt]) => startsAt).toSorted())
  expect(read.reduce((sum, count) => sum + count, 0)).toBeLessThan(10_000)
})

test('what is chosen is what ranking all of them would choose, however few are read', async () => {
  const inDemand = all.filter((_, at) => at % 900 === 450)
  const wanted = new Set(inDemand.slice(0, mostBroughtForward))
  const ranked = all
    .filter(({ saleState }) => saleState !== 'cancelled')
    .map((card) => ({ id: card.eventId, rank: rankOf(card, wanted.has(card)) }))
    .sort((one, other) => one.rank - other.rank || (one.id < other.id ? -1 : 1))
  for (const shows of [10, 300, 2500])
    expect(idsOf(await best(catalogOf(all, inDemand).reader, shows))).toEqual(
      ranked.slice(0, shows).map(({ id }) => id),
    )
})

test('a concert of which a rush is expected is there months ahead, one that is sold out leaves its place to others', async () => {
  const rush = all.find(
    ({ startsAt, saleState }) => saleState === 'on_sale' && Date.parse(startsAt) > Date.parse(now) + 80 * day,
  )
  if (!rush) throw new Error('nothing is so far ahead')
  expect(idsOf(await best(catalogOf(all).reader, 500))).not.toContain(rush.eventId)
  expect(idsOf(await best(catalogOf(all, [rush]).reader, 500))).toContain(rush.eventId)
  const shown = await best(catalogOf(all).reader, 500)
  expect(shown.filter(({ card }) => card.saleState === 'sold_out')).toEqual([])
})

test('what is on is there before what is to come, the longest first and no more than its share', async () => {
  const on = all.slice(0, 400).map((card, at) => ({
    ...{ ...card, eventId: `on_${at}`, saleState: 'on_sale' as const },
    ...{ startsAt: '2027-01-10T12:00:00.000Z', endsAt: new Date(Date.parse(now) + (1 + at) * day).toISOString() },
  }))
  const shown = idsOf(await best(catalogOf(all, [], on).reader, 500)).filter((id) => id.startsWith('on_'))
  expect(shown).toHaveLength(list.runs)
  expect(shown).toContain('on_399')
  expect(shown).not.toContain('on_0')
})

test('another event’s change moves none of those that were there but the last one', async () => {
  const before = idsOf(await best(catalogOf(all).reader, 500))
  const late = all[90_000]
  const sooner = all.find(({ saleState, startsAt }) => saleState === 'sold_out' && startsAt < '2027-01-15')
  if (!late || !sooner) throw new Error('the catalogue is smaller than that')
  const renamed = all.map((card) => (card === late ? { ...card, name: 'Louder' } : card))
  expect(idsOf(await best(catalogOf(renamed).reader, 500))).toEqual(before)
  const returned = all.map((card) => (card === sooner ? { ...card, saleState: 'low' as const } : card))
  const after = idsOf(await best(catalogOf(returned).reader, 500))
  expect(after.filter((id) => id !== sooner.eventId)).toEqual(before.slice(0, -1))
})
