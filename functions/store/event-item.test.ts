import { expect, test } from 'vitest'
import { listingsOf } from '#domain/listings.ts'
import { syntheticCatalog } from '#tests/support/synthetic-catalog.ts'
import { cardAttributes, eventAttributes, parseCard, parseEvent } from './event-item.ts'

const { events } = syntheticCatalog({ seed: 'items', count: 20, now: '2027-01-10T12:00:00.000Z' })

test('an event and its cards come out of their items as they went in', () => {
  for (const event of events()) {
    expect(parseEvent({ pk: 'EVENT#x', sk: 'EVENT', ...eventAttributes(event) })).toEqual(event)
    for (const { card } of listingsOf(event))
      expect(parseCard({ pk: 'LIST#all', ...cardAttributes(card) })).toEqual(card)
  }
})

test('conditions find beside the text what it says', () => {
  for (const event of events()) {
    const { id, version, saleState, emptyPoolIds } = event
    expect(eventAttributes(event)).toMatchObject({ id, version, saleState, emptyPoolIds })
  }
})

test('items of before, which were all attributes, are read too', () => {
  for (const event of events()) {
    expect(parseEvent({ pk: 'EVENT#x', sk: 'EVENT', ...event })).toEqual(event)
    for (const { card } of listingsOf(event)) expect(parseCard({ pk: 'LIST#all', ...card })).toEqual(card)
  }
})

test.each([
  ['a text that is no JSON', { record: '{' }],
  ['a record without a name', { record: '{"id":"evt_1"}' }],
  ['nothing', {}],
])('%s is a fault', (_, item) => {
  expect(() => parseEvent(item)).toThrow()
})
