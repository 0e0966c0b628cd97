import { expect, test } from 'vitest'
import type { EventRecord } from './catalog.ts'
import { eventProblems } from './event-problems.ts'
import {
  cancelEvent,
  draftEvent,
  duplicateEvent,
  type EventInput,
  editEvent,
  publishEvent,
  putPool,
  putTicketType,
  shardsFor,
} from './event-rules.ts'
import { minorDigits, smallestPriceMinor } from './money.ts'
import type { Refusal, Result } from './result.ts'
import { inLanguage } from './translations.ts'

const now = '2027-01-10T12:00:00.000Z'
const later = '2027-01-11T12:00:00.000Z'
const eventId = 'evt_01jd0zq8x4m6v2t9r3k5c7b1wy'
const poolId = 'poo_01jd0zq8x4m6v2t9r3k5c7b1wy'
const typeId = 'tty_01jd0zq8x4m6v2t9r3k5c7b1wy'

const input: EventInput = {
  name: 'Jazz at the Mill',
  summary: 'Three sets by the river',
  description: '',
  category: 'music',
  startsAt: '2027-03-01T19:00:00.000Z',
  endsAt: '2027-03-01T22:00:00.000Z',
  doorsAt: '2027-03-01T18:00:00.000Z',
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  venue: { name: 'The Mill', street: 'Calle Río 1', postalCode: '41001', city: 'Sevilla', country: 'ES' },
  accessibility: '',
  cancellation: { refundableUntilHours: 48 },
  showsRemaining: false,
  highDemand: false,
  maxPerOrder: 10,
  maxPerBuyer: null,
}
const organisation = { id: 'org_01jd0zq8x4m6v2t9r3k5c7b1wy', slug: 'mill', name: 'The Mill', accent: '#aa3300' }
const identity = { id: eventId, slug: 'jazz-at-the-mill', organisation }
const type = {
  name: 'Standing',
  description: '',
  priceMinor: 1500,
  poolIds: [poolId],
  salesStartAt: null,
  salesEndAt: null,
  maxPerOrder: 10,
  hidden: false,
}

function accepted<T, R extends Refusal>(result: Result<T, R>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.refusal))
  return result.value
}
const draft = accepted(draftEvent(input, identity, now))
const withPool = accepted(putPool(draft, poolId, { name: 'Hall', capacity: 50 }, 1, now))
const ready = accepted(putTicketType(withPool, typeId, type, 2, now))
const published = accepted(publishEvent(ready, 3, now))
const invalid = (field: string, message: string) => ({
  ok: false,
  refusal: { code: 'invalid_request', errors: [{ field, message }] },
})
const refused = (code: string) => ({ ok: false, refusal: { code } })

test('a draft starts at version 1, not on sale, with the slug of its city', () => {
  expect(draft).toMatchObject({ version: 1, status: 'draft', saleState: 'not_yet', venue: { citySlug: 'sevilla' } })
})

test('an event that ends before it starts, or opens its doors after the start, is refused with the field named', () => {
  expect(draftEvent({ ...input, endsAt: input.startsAt }, identity, now)).toEqual(
    invalid('endsAt', 'must be after the start'),
  )
  expect(editEvent(draft, { doorsAt: '2027-03-01T19:00:00.001Z' }, 1, now)).toEqual(
    invalid('doorsAt', 'must not be after the start'),
  )
})

test('an event lasts 92 days at most', () => {
  const lasting = (endsAt: string) => draftEvent({ ...input, endsAt }, identity, now)
  expect(lasting('2027-06-01T19:00:00.000Z').ok).toBe(true)
  expect(lasting('2027-06-01T19:00:00.001Z')).toEqual(invalid('endsAt', 'must be within 92 days of the start'))
})

test('an edit changes what it names, removes what it nulls, counts the version and refuses a stale one', () => {
  const edited = accepted(editEvent(draft, { name: 'Jazz!', doorsAt: null, summary: undefined }, 1, later))
  expect(edited).toMatchObject({ name: 'Jazz!', summary: input.summary, version: 2, updatedAt: later, createdAt: now })
  expect('doorsAt' in edited).toBe(false)
  expect(editEvent(edited, { name: 'Blues' }, 1, later)).toEqual(refused('stale_version'))
})

test('a cancelled event takes no edit', () => {
  const cancelled = accepted(cancelEvent(published, 4, now))
  expect(cancelled).toMatchObject({ status: 'cancelled', saleState: 'cancelled', version: 5 })
  expect(editEvent(cancelled, { name: 'x' }, 5, now)).toEqual(refused('wrong_status'))
  expect(putPool(cancelled, poolId, { name: 'Hall', capacity: 1 }, 5, now)).toEqual(refused('wrong_status'))
  expect(putTicketType(cancelled, typeId, type, 5, now)).toEqual(refused('wrong_status'))
  expect(cancelEvent(cancelled, 5, now)).toEqual(refused('wrong_status'))
  expect(cancelEvent(cancelled, 3, now)).toEqual(refused('stale_version'))
  expect(cancelEvent(published, 3, now)).toEqual(refused('stale_version'))
})

test('whoever asks again to publish or to cancel, since the answer was lost, gets the first answer', () => {
  const cancelled = accepted(cancelEvent(published, 4, now))
  expect(accepted(cancelEvent(cancelled, 4, later))).toBe(cancelled)
  expect(accepted(publishEvent(published, 3, later))).toBe(published)
})

test('currency and high demand are settled by publication', () => {
  expect(accepted(editEvent(ready, { currency: 'GBP' }, 3, now)).currency).toBe('GBP')
  expect(editEvent(published, { currency: 'GBP' }, 4, now)).toEqual(
    invalid('currency', 'cannot change once the event was published'),
  )
  expect(editEvent(published, { highDemand: true }, 4, now)).toEqual(
    invalid('highDemand', 'cannot change once the event was published'),
  )
  expect(editEvent(published, { currency: 'EUR', name: 'New' }, 4, now).ok).toBe(true)
})

test('a price is 0 or what a card payment can be: 50 yen, 50 cents, 175 forints', () => {
  expect(accepted(putTicketType(withPool, typeId, { ...type, priceMinor: 0 }, 2, now)).ticketTypes).toHaveLength(1)
  expect(accepted(putTicketType(withPool, typeId, { ...type, priceMinor: 50 }, 2, now)).ticketTypes).toHaveLength(1)
  expect(putTicketType(withPool, typeId, { ...type, priceMinor: 49 }, 2, now)).toEqual(
    invalid('ticketTypes.0.priceMinor', 'must be 0 or at least 50'),
  )
  expect(smallestPriceMinor('JPY')).toBe(50)
  expect(smallestPriceMinor('HUF') / 10 ** minorDigits('HUF')).toBe(175)
})

test('a ticket type draws on pools of its own event, each once', () => {
  expect(putTicketType(draft, typeId, type, 1, now)).toEqual(
    invalid('ticketTypes.0.poolIds', 'names a pool that this event does not have'),
  )
  expect(putTicketType(withPool, typeId, { ...type, poolIds: [poolId, poolId] }, 2, now)).toEqual(
    invalid('ticketTypes.0.poolIds', 'names a pool twice'),
  )
})

test('a sales window has its start before its end and both before the event ends', () => {
  const window = (salesStartAt: string | null, salesEndAt: string | null) =>
    putTicketType(withPool, typeId, { ...type, salesStartAt, salesEndAt }, 2, now)
  expect(window('2027-02-01T00:00:00.000Z', '2027-02-01T00:00:00.000Z')).toEqual(
    invalid('ticketTypes.0.salesEndAt', 'must be after its start'),
  )
  expect(window(input.endsAt, null)).toEqual(
    invalid('ticketTypes.0.salesStartAt', 'must be before the end of the event'),
  )
  expect(window(null, '2027-03-01T22:00:00.001Z')).toEqual(
    invalid('ticketTypes.0.salesEndAt', 'must not be after the end of the event'),
  )
  expect(window('2027-02-01T00:00:00.000Z', input.endsAt).ok).toBe(true)
})

test('an event moved to before its sales end is refused', () => {
  const sold = accepted(putTicketType(withPool, typeId, { ...type, salesEndAt: input.endsAt }, 2, now))
  const move = { startsAt: '2027-02-01T19:00:00.000Z', endsAt: '2027-02-01T22:00:00.000Z', doorsAt: null }
  expect(editEvent(sold, move, 3, now)).toEqual(
    invalid('ticketTypes.0.salesEndAt', 'must not be after the end of the event'),
  )
})

test('only an event with a ticket type, places and a future is published, once', () => {
  const missing = (event: EventRecord, at = now) => {
    const result = publishEvent(event, event.version, at)
    return result.ok || !('errors' in result.refusal) ? null : result.refusal.errors.map(({ field }) => field)
  }
  expect(missing(draft)).toEqual(['ticketTypes'])
  const empty = accepted(putPool(ready, poolId, { name: 'Hall', capacity: 0 }, 3, now))
  expect(missing(empty)).toEqual(['ticketTypes.0.poolIds'])
  expect(missing(ready, input.endsAt)).toEqual(['endsAt'])
  expect(published).toMatchObject({ status: 'published', publishedAt: now, saleState: 'on_sale', version: 4 })
  expect(publishEvent(published, 4, now)).toEqual(refused('wrong_status'))
  expect(publishEvent(ready, 2, now)).toEqual(refused('stale_version'))
})

test('a new pool after publication gets shards of its own, an old one keeps its shards', () => {
  const grown = accepted(putPool(published, poolId, { name: 'Hall', capacity: 4000 }, 4, now))
  expect(grown.pools).toEqual([{ id: poolId, name: 'Hall', capacity: 4000, shards: 1 }])
  const shards = [
    shardsFor(40_000, false, 1),
    shardsFor(10, true, 1),
    shardsFor(500, true, 1),
    shardsFor(40_000, true, 1),
  ]
  expect(shards).toEqual([1, 1, 10, 32])
  expect(shardsFor(40_000, true, 20)).toBe(2)
})

test('a copy has new ids that fit each other and nothing of what was sold or published', () => {
  let count = 0
  const newId = (prefix: string) => `${prefix}_copy${++count}`
  const copy = duplicateEvent(published, { id: 'evt_copy', slug: 'jazz-copy', newId }, later)
  expect(copy).toMatchObject({ id: 'evt_copy', slug: 'jazz-copy', status: 'draft', version: 1, createdAt: later })
  expect(copy.publishedAt).toBeUndefined()
  expect(copy.ticketTypes[0]?.poolIds).toEqual([copy.pools[0]?.id])
  expect(copy.pools[0]?.id).not.toBe(poolId)
  expect(eventProblems(copy)).toEqual([])
})

test('a copy speaks the languages of the event, its ticket types too', () => {
  const words = { name: 'Jazz in der Mühle', summary: '', description: '', accessibility: '' }
  const ticketTypes = { [typeId]: { name: 'Stehplatz', description: '' } }
  const spoken: EventRecord = { ...published, translations: { de: { ...words, ticketTypes } } }
  const identity = { id: 'evt_copy', slug: 'jazz-copy', newId: (prefix: string) => `${prefix}_copy` }
  const copy = inLanguage(duplicateEvent(spoken, identity, later), 'de')
  expect([copy.name, copy.ticketTypes[0]?.name]).toEqual(['Jazz in der Mühle', 'Stehplatz'])
})

test('a further language may leave its name as it was written, but not everything', () => {
  const nothing = { name: '', summary: '', description: '', accessibility: '', ticketTypes: {} }
  const summary = 'Drei Sets am Fluss'
  const edit = (words: typeof nothing) =>
    editEvent(published, { translations: { de: words } }, published.version, later)
  expect(edit(nothing)).toMatchObject({ refusal: { code: 'invalid_request', errors: [{ field: 'translations.de' }] } })
  const german = inLanguage(accepted(edit({ ...nothing, summary })), 'de')
  expect([german.name, german.summary]).toEqual([input.name, summary])
})

test('performers are named, copied and taken away again', () => {
  const performers = ['Lucía Vargas']
  const named = accepted(editEvent(published, { performers }, published.version, later))
  const identity = { id: 'evt_copy', slug: 'jazz-copy', newId: (prefix: string) => `${prefix}_copy` }
  expect(duplicateEvent(named, identity, later).performers).toEqual(performers)
  expect(accepted(editEvent(named, { name: 'Other' }, named.version, later)).performers).toEqual(performers)
  expect(accepted(editEvent(named, { performers: [] }, named.version, later))).not.toHaveProperty('performers')
})

test('pools that come while others are on sale share what one transaction can still take off sale', () => {
  let event: EventRecord = {
    ...published,
    highDemand: true,
    pools: [{ id: poolId, name: 'Hall', capacity: 40_000, shards: 32 }],
  }
  for (let count = 0; count < 19; count++)
    event = accepted(putPool(event, `poo_${count}`, { name: 'Hall', capacity: 40_000 }, event.version, now))
  expect(event.pools.reduce((sum, { shards }) => sum + shards, 0)).toBeLessThanOrEqual(70)
  expect(event.pools[1]?.shards).toBe(9)
})

test('a publication ahead of its sales says so', () => {
  const waiting = { ...type, salesStartAt: '2027-02-01T00:00:00.000Z' }
  const event = accepted(putTicketType(withPool, typeId, waiting, 2, now))
  expect(accepted(publishEvent(event, 3, now)).saleState).toBe('not_yet')
})

test('a published event remembers each start that was announced, once, and not the one that holds again', () => {
  const starts = ['2027-03-02T19:00:00.000Z', '2027-03-03T19:00:00.000Z'] as const
  const move = (event: EventRecord, startsAt: string) => {
    const endsAt = new Date(Date.parse(startsAt) + 3 * 3_600_000).toISOString()
    return accepted(editEvent(event, { startsAt, endsAt, doorsAt: null }, event.version, later))
  }
  expect(move(ready, starts[0]).previousStarts).toBeUndefined()

  const once = move(published, starts[0])
  expect(once.previousStarts).toEqual([input.startsAt])
  const twice = move(once, starts[1])
  expect(twice.previousStarts).toEqual([input.startsAt, starts[0]])
  expect(accepted(editEvent(twice, { name: 'Other' }, twice.version, later)).previousStarts).toEqual(
    twice.previousStarts,
  )
  expect(move(twice, starts[0]).previousStarts).toEqual([input.startsAt, starts[1]])
  expect(move(once, input.startsAt).previousStarts).toEqual([starts[0]])
})
