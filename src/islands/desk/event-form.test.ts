import { expect, test } from 'vitest'
import type { OrganiserEvent } from '#contracts/events.ts'
import {
  emptyEventForm,
  eventFieldsOf,
  eventFormOf,
  ticketTypeFormOf,
  ticketTypeRequestOf,
  timeErrors,
} from './event-form.ts'
import { phaseRequestOf, seatingPools } from './phase-form.ts'
import { majorOf, minorOf } from './prices.ts'

const event: OrganiserEvent = {
  id: 'evt_01hzzzzzzzzzzzzzzzzzzzzzzz',
  organisationId: 'org_01hzzzzzzzzzzzzzzzzzzzzzzz',
  slug: 'quartet',
  formerSlugs: [],
  version: 3,
  status: 'draft',
  saleState: 'not_yet',
  language: 'en',
  translations: {},
  name: 'Quartet',
  summary: 'Four strings',
  description: 'An evening.',
  category: 'music',
  startsAt: '2027-07-01T18:30:00.000Z',
  endsAt: '2027-07-01T21:00:00.000Z',
  doorsAt: null,
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  venue: {
    name: 'Hall',
    street: 'Calle 1',
    postalCode: '41001',
    city: 'Seville',
    citySlug: 'seville',
    country: 'ES',
    latitude: 37.4,
    longitude: -6,
  },
  accessibility: '',
  performers: [],
  cancellation: { refundableUntilHours: null },
  showsRemaining: false,
  highDemand: false,
  maxPerOrder: 10,
  maxPerBuyer: null,
  fee: { fixedMinor: 150, basisPoints: 250, mode: 'added' },
  tax: { name: 'IVA', basisPoints: 1000, mode: 'inclusive' },
  picture: null,
  ticketTypes: [
    {
      id: 'tty_01hzzzzzzzzzzzzzzzzzzzzzzz',
      name: 'Seat',
      description: '',
      priceMinor: 1250,
      poolIds: ['poo_a', 'poo_b'],
      salesStartAt: null,
      salesEndAt: '2027-06-30T22:00:00.000Z',
      maxPerOrder: 6,
      hidden: false,
      phases: [
        { name: 'First', priceMinor: 800, endsAt: null, poolId: 'poo_first' },
        { name: 'Early', priceMinor: 1000, endsAt: '2027-05-01T00:00:00.000Z', poolId: null },
      ],
    },
  ],
  pools: [
    { id: 'poo_a', name: 'Hall', capacity: 80, shards: 1 },
    { id: 'poo_first', name: 'Seat: First', capacity: 20, shards: 1 },
  ],
  publishedAt: null,
  path: '/events/quartet/',
  organiserPath: '/organiser/mill/',
  role: 'owner',
}

test('times are edited as the clock at the venue shows them, and sent as instants', () => {
  const form = eventFormOf(event)
  expect(form.startsAt).toBe('2027-07-01T20:30')
  expect(eventFieldsOf(form).startsAt).toBe('2027-07-01T18:30:00.000Z')
})

test('a missing time is sent empty, so that the refusal names it', () => {
  expect(eventFieldsOf(emptyEventForm('Europe/Madrid')).startsAt).toBe('')
})

test('an unmoved venue keeps its coordinates and a moved one loses them', () => {
  expect(eventFieldsOf(eventFormOf(event), event.venue).venue.latitude).toBe(37.4)
  expect(eventFieldsOf({ ...eventFormOf(event), street: 'Calle 2' }, event.venue).venue.latitude).toBeUndefined()
})

test('prices are written as people write them', () => {
  expect(minorOf('12.50', 'EUR')).toBe(1250)
  expect(minorOf('12,5', 'EUR')).toBe(1250)
  expect(minorOf('4500', 'JPY')).toBe(4500)
  expect(minorOf('0', 'EUR')).toBe(0)
  expect(majorOf(1250, 'EUR')).toBe('12.50')
  expect(majorOf(4500, 'JPY')).toBe('4500')
})

test('fees and taxes survive the form, and empty fields are none', () => {
  const form = eventFormOf(event)
  expect([form.feeFixed, form.feePercent, form.taxPercent]).toEqual(['1.50', '2.5', '10'])
  expect(eventFieldsOf(form)).toMatchObject({ fee: event.fee, tax: event.tax })
  expect(eventFieldsOf({ ...form, feeFixed: '', feePercent: ' ', taxPercent: '' })).toMatchObject({
    fee: null,
    tax: null,
  })
  expect(eventFieldsOf({ ...form, feePercent: '2.555' }).fee?.basisPoints).toBeNaN()
})

test('what is no price is no number, never zero', () => {
  for (const price of ['', '-1', '1.005', '1e3', 'free', '4500.5x']) expect(minorOf(price, 'EUR')).toBeNaN()
  expect(minorOf('4500.5', 'JPY')).toBeNaN()
})

test('an earlier price is edited by the clock at the venue and by its places, whose pool seats nobody', () => {
  const [type] = event.ticketTypes
  if (!type) throw new Error('no ticket type')
  const { phases } = ticketTypeFormOf(type, event)
  expect(phases).toEqual([
    { name: 'First', price: '8.00', endsAt: '', places: '20', poolId: 'poo_first' },
    { name: 'Early', price: '10.00', endsAt: '2027-05-01T02:00', places: '', poolId: '' },
  ])
  expect(phases.map((phase) => phaseRequestOf({ ...phase, places: '' }, event).poolId)).toEqual([null, null])
  expect(seatingPools(event).map(({ id }) => id)).toEqual(['poo_a'])
})

test('a ticket type survives its form, second pool included', () => {
  const [type] = event.ticketTypes
  if (!type) throw new Error('no ticket type')
  const form = ticketTypeFormOf(type, event)
  expect(form.capacity).toBe('80')
  const { id: _, ...fields } = type
  expect(ticketTypeRequestOf(form, event, form.poolId, type.poolIds)).toEqual({ ...fields, version: 3 })
})

test('a time that no clock shows is named, and so is a zone that is none', () => {
  const form = { ...emptyEventForm('Europe/Madrid'), startsAt: '2027-03-28T02:30', endsAt: '2027-03-28T04:00' }
  expect(timeErrors(form)).toEqual({ startsAt: expect.stringContaining('clocks go forward') })
  expect(timeErrors({ ...form, startsAt: '2027-03-28T01:59', doorsAt: '2027-03-28T03:00' })).toEqual({})
  expect(timeErrors({ ...form, startsAt: '2027-10-31T02:30' })).toEqual({})
  for (const startsAt of ['0027-03-01T10:00', '12027-03-01T10:00'])
    expect(timeErrors({ ...form, startsAt })).toEqual({ startsAt: expect.stringContaining('2199') })
  expect(timeErrors({ ...form, timeZone: 'Europe/Nowhere' })).toEqual({ timeZone: expect.stringContaining('list') })
  expect(timeErrors({ ...form, timeZone: '' })).toEqual({ timeZone: expect.stringContaining('list') })
})
