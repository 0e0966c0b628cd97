import { expect, test } from 'vitest'
import { commonIn, texts } from '../i18n/texts.ts'
import {
  countOf,
  keptQuantities,
  limitWords,
  linesOf,
  type PickerEvent,
  type PickerType,
  roomFor,
  setQuantity,
  ticketNote,
  totalMinorOf,
  withAvailability,
} from './cart.ts'
import { ticketRow } from './ticket-rows.ts'

const words = { buy: texts('en').buy, common: commonIn('en') }
const standard: PickerType = { id: 'tty_a', name: 'Standard', priceMinor: 1850, maxPerOrder: 6, state: 'on_sale' }
const student: PickerType = { id: 'tty_b', name: 'Student', priceMinor: 1110, maxPerOrder: 4, state: 'on_sale' }
const event: PickerEvent = {
  id: 'evt_1',
  currency: 'EUR',
  timeZone: 'Europe/Madrid',
  startsAt: '2027-03-01T19:00:00.000Z',
  maxPerOrder: 8,
  types: [standard, student],
}

test('the total is the sum of whole minor units', () => {
  expect(totalMinorOf(event, { tty_a: 2, tty_b: 1 })).toBe(4810)
  expect(countOf({ tty_a: 2, tty_b: 1 })).toBe(3)
})

test('a ticket is shown with all that is added to it, and says what of it is fee; a free one bears none', () => {
  const charged: PickerEvent = {
    ...event,
    fee: { fixedMinor: 150, basisPoints: 0, mode: 'added' },
    tax: { name: 'VAT', basisPoints: 1000, mode: 'added' },
  }
  const shown = (fields: Partial<PickerType>) => {
    const { price, was, fee } = ticketRow(charged, {}, { ...standard, ...fields }, words)
    return { price, was, fee }
  }
  expect(shown({})).toEqual({ price: '€22', was: '', fee: 'incl. €1.50 fee' })
  expect(shown({ discountMinor: 850 })).toEqual({ price: '€12.65', was: '€22', fee: 'incl. €1.50 fee' })
  expect(shown({ priceMinor: 0 })).toEqual({ price: 'Free', was: '', fee: '' })
  expect(totalMinorOf(charged, { tty_a: 2 })).toBe(4400)
})

test('a ticket type gives no more than its own limit, and says so', () => {
  expect(setQuantity(event, {}, 'tty_b', 5)).toEqual({
    quantities: { tty_b: 4 },
    limit: { max: 4, why: 'type' },
  })
})

test('the limit of an order counts every type', () => {
  expect(setQuantity(event, { tty_a: 6 }, 'tty_b', 3)).toEqual({
    quantities: { tty_a: 6, tty_b: 2 },
    limit: { max: 2, why: 'order' },
  })
})

test('what is left limits when the organiser shows it', () => {
  const scarce = { ...event, types: [{ ...standard, left: 2 }, student] }
  expect(setQuantity(scarce, {}, 'tty_a', 3)).toEqual({ quantities: { tty_a: 2 }, limit: { max: 2, why: 'left' } })
})

test('text, negative numbers and fractions never become a quantity', () => {
  expect(setQuantity(event, {}, 'tty_a', Number.NaN).quantities).toEqual({ tty_a: 0 })
  expect(setQuantity(event, {}, 'tty_a', -3).quantities).toEqual({ tty_a: 0 })
  expect(setQuantity(event, {}, 'tty_a', 2.9).quantities).toEqual({ tty_a: 2 })
})

test('a type that is not on sale cannot be chosen', () => {
  const closed = { ...event, types: [{ ...standard, state: 'sold_out' as const }, student] }
  expect(setQuantity(closed, {}, 'tty_a', 1).quantities).toEqual({ tty_a: 0 })
  expect(roomFor(closed, {}, { ...standard, state: 'not_yet' }).max).toBe(0)
})

test('an unknown type changes nothing', () => {
  expect(setQuantity(event, { tty_a: 1 }, 'tty_z', 2).quantities).toEqual({ tty_a: 1 })
})

test('when a type sells out while choosing, it leaves the choice and the rest stays', () => {
  const live = {
    eventState: 'low' as const,
    ticketTypes: [
      { id: 'tty_a', state: 'sold_out' as const },
      { id: 'tty_b', state: 'low' as const, left: 1 },
    ],
  }
  const next = withAvailability(event, live, { tty_a: 2, tty_b: 3 })
  expect(next.quantities).toEqual({ tty_a: 0, tty_b: 1 })
  expect(next.event.types.map(({ state }) => state)).toEqual(['sold_out', 'low'])
})

test('a stored choice is cut to the limits, never trusted', () => {
  expect(keptQuantities(event, { tty_a: 99, tty_b: 99, tty_z: 4 })).toEqual({ tty_a: 6, tty_b: 2 })
})

test('each state reads in words, a future sale with its zone', () => {
  const zone = 'Europe/Madrid'
  expect(ticketNote(standard, zone, words)).toBe('')
  expect(ticketNote({ ...standard, left: 87 }, zone, words)).toBe('87 left')
  expect(ticketNote({ ...standard, state: 'low' }, zone, words)).toBe('Few left')
  expect(ticketNote({ ...standard, state: 'low', left: 3 }, zone, words)).toBe('Only 3 left')
  expect(ticketNote({ ...standard, state: 'sold_out' }, zone, words)).toBe('Sold out')
  expect(ticketNote({ ...standard, state: 'ended' }, zone, words)).toBe('Sales ended')
  expect(ticketNote({ ...standard, state: 'not_yet' }, zone, words)).toBe('Not on sale yet')
  expect(ticketNote({ ...standard, state: 'not_yet', salesStartAt: '2027-01-10T09:00:00.000Z' }, zone, words)).toBe(
    'On sale Sun 10 Jan 2027, 10:00 CET',
  )
})

test('lines name only what is chosen', () => {
  expect(linesOf({ tty_a: 2, tty_b: 0 })).toEqual([{ ticketTypeId: 'tty_a', quantity: 2 }])
})

test('a limit is said in words, with its number', () => {
  expect(limitWords(event, { max: 4, why: 'type' }, words)).toBe('At most 4 of these in one order.')
  expect(limitWords(event, { max: 2, why: 'order' }, words)).toBe('At most 8 tickets in one order.')
  expect(limitWords(event, { max: 1, why: 'left' }, { buy: texts('es').buy, common: commonIn('es') })).toBe(
    'Solo queda 1.',
  )
  expect(limitWords(event, null, words)).toBe('')
})
