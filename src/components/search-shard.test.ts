import { randomBytes } from 'node:crypto'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { SearchShard } from '#contracts/search.ts'
import type { ListingCard } from '#domain/catalog.ts'
import { mostBytesEverywhere, shardText } from './search-shard.ts'

const card = (name: string, eventId = `evt_${name}`): ListingCard => ({
  ...{ eventId, slug: 'tango', name, summary: '', startsAt: '2027-03-05T19:00:00.000Z' },
  ...{ endsAt: '2027-03-05T22:00:00.000Z', timeZone: 'Europe/Madrid', venueName: 'Hall', city: 'Sevilla' },
  ...{ citySlug: 'sevilla', category: 'music', organiser: { slug: 'o', name: 'Almazara' } },
  ...{
    language: 'en',
    languages: ['en'],
    priceFrom: null,
    picture: null,
    saleState: 'on_sale',
    updatedAt: '2027-01-01T00:00:00.000Z',
    changedAt: '2027-01-01T00:00:00.000Z',
  },
  ...{ version: 1, publishedAt: '2026-11-01T00:00:00.000Z' },
})
const parse = (text: string): SearchShard => JSON.parse(text)

test('a shard holds every card, the soonest first, and says so', () => {
  const { rows, isComplete } = parse(shardText([card('Tango'), card('Vals')], 3, mostBytesEverywhere))
  expect(rows.map(([, name]) => name)).toEqual(['Tango', 'Vals'])
  expect(isComplete).toBe(true)
  expect(parse(shardText([card('Tango'), card('Vals')], 2, mostBytesEverywhere)).isComplete).toBe(false)
})

test('of what does not fit the last ones stay out, and those that are left stand by time', () => {
  const words = () => randomBytes(11_000).toString('base64')
  const best = ['2027-05-01', '2027-03-01', '2027-04-01', '2027-02-01'].map((day) => ({
    ...card(`${day} ${words()}`),
    startsAt: `${day}T19:00:00.000Z`,
  }))
  const { rows, isComplete } = parse(shardText(best, 9, 36_000))
  expect(rows.map(([, name]) => name.slice(0, 10))).toEqual(['2027-03-01', '2027-04-01', '2027-05-01'])
  expect(isComplete).toBe(false)
})

test('however little its texts can be compressed, it fits what a phone may load, and keeps the best', () => {
  const noise = Array.from({ length: 1200 }, (_, at) =>
    card(`${at} ${randomBytes(300).toString('base64')}`, `evt_${String(at).padStart(4, '0')}`),
  )
  const text = shardText(noise, 1200, mostBytesEverywhere)
  expect(brotliCompressSync(text).length).toBeLessThanOrEqual(mostBytesEverywhere)
  const { rows, isComplete } = parse(text)
  expect(rows.length).toBeGreaterThan(200)
  expect(rows[0]?.[1]).toMatch(/^0 /)
  expect(isComplete).toBe(false)
})

test('the same cards make the same text', () => {
  expect(shardText([card('Tango')], 9, 1000)).toBe(shardText([card('Tango')], 9, 1000))
})
