import { expect, test } from 'vitest'
import type { SiteReader } from '#contracts/site.ts'
import type { ListingCard } from '#domain/catalog.ts'
import { lists } from '#domain/lists.ts'
import { soonestOf, weekendOf } from './lists.ts'
import { byDay, earlierMonth, laterMonth, monthsAhead } from './months.ts'

const card = (startsAt: string, timeZone = 'Europe/Madrid'): ListingCard => ({
  language: 'en',
  languages: ['en'],
  eventId: `evt_${startsAt}`,
  slug: startsAt,
  name: startsAt,
  summary: '',
  startsAt,
  endsAt: startsAt,
  timeZone,
  venueName: 'Hall',
  city: 'Seville',
  citySlug: 'seville',
  category: 'music',
  organiser: { slug: 'o', name: 'O' },
  priceFrom: null,
  picture: null,
  saleState: 'on_sale',
  version: 1,
  publishedAt: startsAt,
  updatedAt: startsAt,
  changedAt: startsAt,
})

const readerOf = (cards: readonly ListingCard[]): Pick<SiteReader, 'listing'> => ({
  listing: async (_, { from = '', before = '9999', limit, newestFirst }) => {
    const inRange = cards
      .filter(({ startsAt }) => startsAt >= from && startsAt < before)
      .sort((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
    return (newestFirst ? inRange.reverse() : inRange).slice(0, limit)
  },
})

const reader = readerOf([
  card('2027-01-31T22:30:00.000Z'),
  card('2027-01-31T23:30:00.000Z'),
  card('2027-03-10T19:00:00.000Z'),
  card('2027-06-30T15:30:00.000Z', 'Asia/Tokyo'),
])

const slugsOf = (cards: readonly ListingCard[]) => cards.map(({ slug }) => slug)
test('the home page shows only what can still be bought', async () => {
  const cancelled = Array.from({ length: 40 }, () => ({
    ...card('2027-02-01T20:00:00.000Z'),
    saleState: 'cancelled' as const,
  }))
  const two = readerOf([...cancelled, card('2027-02-20T20:00:00.000Z')])
  expect(slugsOf(await soonestOf(two, lists.home, '2027-01-01T00:00:00.000Z'))).toEqual(['2027-02-20T20:00:00.000Z'])
})

test('this weekend holds what is on in each event’s own weekend, and drops what is over', async () => {
  const lasting = (startsAt: string, endsAt: string, zone?: string) => ({ ...card(startsAt, zone), endsAt })
  const some = readerOf([
    lasting('2027-03-04T19:00:00.000Z', '2027-03-04T22:00:00.000Z'),
    lasting('2027-03-05T19:00:00.000Z', '2027-03-05T22:00:00.000Z'),
    lasting('2027-03-07T16:00:00.000Z', '2027-03-07T18:00:00.000Z', 'Asia/Tokyo'),
    lasting('2027-03-08T03:00:00.000Z', '2027-03-08T05:00:00.000Z', 'America/Los_Angeles'),
  ])
  const onAt = async (now: string) => slugsOf((await weekendOf(some, 'all', now)).ahead)
  expect(await onAt('2027-03-05T12:00:00.000Z')).toEqual(['2027-03-05T19:00:00.000Z', '2027-03-08T03:00:00.000Z'])
  expect(await onAt('2027-03-06T12:00:00.000Z')).toEqual(['2027-03-08T03:00:00.000Z'])
})

test('earlier and later skip the months without events', async () => {
  expect(await laterMonth(reader, 'all', '2027-03')).toBe('2027-07')
  expect(await earlierMonth(reader, 'all', '2027-03')).toBe('2027-02')
  expect(await earlierMonth(reader, 'all', '2027-01')).toBeNull()
  expect(await laterMonth(reader, 'all', '2027-07')).toBeNull()
})

test('a crowded last evening of a month does not hide the next month', async () => {
  const evening = Array.from({ length: 50 }, (_, at) => card(`2027-01-31T20:00:${String(at).padStart(2, '0')}.000Z`))
  const crowded = readerOf([...evening, card('2027-02-20T20:00:00.000Z')])
  expect(await laterMonth(crowded, 'all', '2027-01')).toBe('2027-02')
  const morning = Array.from({ length: 50 }, (_, at) => card(`2027-02-01T08:00:${String(at).padStart(2, '0')}.000Z`))
  const busy = readerOf([card('2027-01-02T20:00:00.000Z'), ...morning])
  expect(await earlierMonth(busy, 'all', '2027-02')).toBe('2027-01')
})

test('more events at one instant than one look shows hide no other month, nor one that a zone puts elsewhere', async () => {
  const at = (startsAt: string, count: number) => Array.from({ length: count }, () => card(startsAt))
  const evening = at('2027-01-31T20:00:00.000Z', 50)
  const [before, after] = [card('2026-12-20T20:00:00.000Z'), card('2027-02-20T20:00:00.000Z')]
  const crowded = readerOf([before, ...evening, after])
  expect(await laterMonth(crowded, 'all', '2027-01')).toBe('2027-02')
  expect(await earlierMonth(crowded, 'all', '2027-02')).toBe('2027-01')
  const inTokyo = card('2027-01-31T20:00:00.000Z', 'Asia/Tokyo')
  expect(await laterMonth(readerOf([...evening, inTokyo]), 'all', '2027-01')).toBe('2027-02')
  const firstMorning = at('2027-02-01T04:00:00.000Z', 50)
  const inNewYork = card('2027-02-01T04:00:00.000Z', 'America/New_York')
  expect(await earlierMonth(readerOf([before, inNewYork, ...firstMorning]), 'all', '2027-02')).toBe('2027-01')
})

test('months ahead are those with events, in order', async () => {
  expect(await monthsAhead(reader, 'all', '2027-01-31T23:00:00.000Z', 12)).toEqual(['2027-02', '2027-03', '2027-07'])
  expect(await monthsAhead(reader, 'all', '2028-01-01T00:00:00.000Z', 12)).toEqual([])
})

test('days are those of the venue', () => {
  const days = byDay([card('2027-01-31T22:30:00.000Z'), card('2027-01-31T23:30:00.000Z')])
  expect(days.map(({ day }) => day)).toEqual(['2027-01-31', '2027-02-01'])
})
