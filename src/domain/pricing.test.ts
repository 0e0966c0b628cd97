import { expect, test } from 'vitest'
import type { EventRecord, TicketType } from './catalog.ts'
import { priceOrder, type RequestedOrder } from './pricing.ts'

const now = '2027-03-01T12:00:00.000Z'
const standing: TicketType = {
  id: 'tty_standing',
  name: 'Standing',
  description: '',
  priceMinor: 2500,
  poolIds: ['poo_floor'],
  maxPerOrder: 6,
  hidden: false,
}
const seated: TicketType = {
  ...standing,
  id: 'tty_seated',
  name: 'Seated',
  priceMinor: 4000,
  poolIds: ['poo_floor', 'poo_seats'],
}

const event = (changes: Partial<EventRecord> = {}): EventRecord => ({
  id: 'evt_1',
  organisationId: 'org_1',
  organiser: { slug: 'o', name: 'O', accent: '#000000' },
  slug: 'e',
  version: 1,
  status: 'published',
  saleState: 'on_sale',
  name: 'E',
  summary: '',
  description: '',
  category: 'music',
  startsAt: '2027-03-10T20:00:00.000Z',
  endsAt: '2027-03-10T23:00:00.000Z',
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  venue: { name: 'V', street: 'S', postalCode: '1', city: 'C', citySlug: 'c', country: 'ES' },
  picture: null,
  accessibility: '',
  cancellation: { refundableUntilHours: null },
  showsRemaining: false,
  highDemand: false,
  maxPerOrder: 8,
  maxPerBuyer: null,
  ticketTypes: [standing, seated],
  pools: [],
  createdAt: now,
  updatedAt: now,
  ...changes,
})

const order = (lines: RequestedOrder['lines'], changes: Partial<RequestedOrder> = {}): RequestedOrder => ({
  lines,
  attendeeCount: 0,
  ...changes,
})
const line = (ticketTypeId: string, quantity: number) => ({ ticketTypeId, quantity })

test('an order costs what the stored event says', () => {
  expect(priceOrder(event(), order([line(standing.id, 2), line(seated.id, 1)]), now)).toMatchObject({
    ok: true,
    value: {
      totalMinor: 9000,
      quantity: 3,
      lines: [{ totalMinor: 5000 }, { totalMinor: 4000, poolIds: ['poo_floor', 'poo_seats'] }],
    },
  })
})

test('lines of one type are one line, so that a limit cannot be split', () => {
  expect(priceOrder(event(), order([line(standing.id, 3), line(standing.id, 3)]), now)).toMatchObject({
    value: { lines: [{ quantity: 6 }] },
  })
  expect(priceOrder(event(), order([line(standing.id, 4), line(standing.id, 3)]), now)).toMatchObject({
    refusal: { code: 'too_many_per_order' },
  })
})

test.each<[string, Partial<EventRecord>, RequestedOrder, string]>([
  ['a draft', { status: 'draft' }, order([line(standing.id, 1)]), 'event_not_on_sale'],
  ['a cancelled event', { status: 'cancelled' }, order([line(standing.id, 1)]), 'event_not_on_sale'],
  ['an event that is over', { endsAt: now }, order([line(standing.id, 1)]), 'sales_ended'],
  ['another event’s ticket type', {}, order([line('tty_other', 1)]), 'unknown_ticket_type'],
  [
    'a hidden type',
    { ticketTypes: [{ ...standing, hidden: true }] },
    order([line(standing.id, 1)]),
    'unknown_ticket_type',
  ],
  [
    'a type before its time',
    { ticketTypes: [{ ...standing, salesStartAt: '2027-03-01T12:00:00.001Z' }] },
    order([line(standing.id, 1)]),
    'sales_not_started',
  ],
  [
    'a type after its time',
    { ticketTypes: [{ ...standing, salesEndAt: now }] },
    order([line(standing.id, 1)]),
    'sales_ended',
  ],
  [
    'more than an order may hold over all lines',
    {},
    order([line(standing.id, 5), line(seated.id, 4)]),
    'too_many_per_order',
  ],
  [
    'more than one transaction may carry',
    { maxPerOrder: 100, ticketTypes: [{ ...standing, maxPerOrder: 100 }] },
    order([line(standing.id, 51)]),
    'too_many_per_order',
  ],
  ['more than one buyer may have', { maxPerBuyer: 2 }, order([line(standing.id, 3)]), 'too_many_per_buyer'],
  ['more attendees than tickets', {}, order([line(standing.id, 1)], { attendeeCount: 2 }), 'too_many_attendees'],
])('%s is refused', (_, changes, request, code) => {
  expect(priceOrder(event(changes), request, now)).toEqual({ ok: false, refusal: { code } })
})

test.each([0, -1, 1.5, Number.NaN, Number.MAX_VALUE])('a quantity of %d never gets this far', (quantity) => {
  expect(() => priceOrder(event(), order([line(standing.id, quantity)]), now)).toThrow(RangeError)
})

test('an order in krónur, which Stripe counts in hundredths, is refused where Stripe would refuse it', () => {
  const dear = (priceMinor: number) => event({ currency: 'ISK', ticketTypes: [{ ...standing, priceMinor }] })
  expect(priceOrder(dear(999_999), order([line(standing.id, 1)]), now)).toMatchObject({ ok: true })
  const refused = { ok: false, refusal: { code: 'too_many_per_order' } }
  expect(priceOrder(dear(1_000_000), order([line(standing.id, 1)]), now)).toEqual(refused)
})
