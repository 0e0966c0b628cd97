import { expect, test } from 'vitest'
import type { TicketType } from './catalog.ts'
import { allotmentsOf, currentPrice, isAllotment, splitOverPhases } from './price-phases.ts'

const before = '2027-03-01T12:00:00.000Z'
const after = '2027-03-02T00:00:00.000Z'
const type: TicketType = {
  id: 'tty_1',
  name: 'Standing',
  description: '',
  priceMinor: 3000,
  poolIds: ['poo_floor'],
  maxPerOrder: 10,
  hidden: false,
  phases: [
    { name: 'Early bird', priceMinor: 1500, poolId: 'poo_early', endsAt: after },
    { name: 'Advance', priceMinor: 2000, endsAt: '2027-03-05T00:00:00.000Z' },
  ],
}

test('the next price begins when the allotment is empty or the time is over, whichever is first', () => {
  expect(currentPrice(type, new Map([['poo_early', 1]]), before)).toEqual({
    priceMinor: 1500,
    phase: 'Early bird',
    poolIds: ['poo_floor', 'poo_early'],
  })
  expect(currentPrice(type, new Map([['poo_early', 0]]), before)).toMatchObject({ priceMinor: 2000, phase: 'Advance' })
  expect(currentPrice(type, new Map([['poo_early', 9]]), after)).toMatchObject({ priceMinor: 2000 })
  expect(currentPrice(type, new Map(), '2027-03-05T00:00:00.000Z')).toEqual({
    priceMinor: 3000,
    poolIds: ['poo_floor'],
  })
})

test('an order that an allotment cannot fill pays the old price for what is left of it and the next for the rest', () => {
  expect(splitOverPhases(type, 3, new Map([['poo_early', 2]]), before)).toEqual([
    { quantity: 2, priceMinor: 1500, phase: 'Early bird', poolIds: ['poo_floor', 'poo_early'] },
    { quantity: 1, priceMinor: 2000, phase: 'Advance', poolIds: ['poo_floor'] },
  ])
})

test('two types that share an allotment use it together', () => {
  const left = new Map([['poo_early', 3]])
  expect(splitOverPhases(type, 2, left, before)).toHaveLength(1)
  expect(splitOverPhases({ ...type, id: 'tty_2' }, 2, left, before).map(({ quantity }) => quantity)).toEqual([1, 1])
})

test('an allotment is asked for only while its phase can sell', () => {
  expect(allotmentsOf([type, type], before)).toEqual(['poo_early'])
  expect(allotmentsOf([type], after)).toEqual([])
  expect(isAllotment({ ticketTypes: [type] }, 'poo_early')).toBe(true)
  expect(isAllotment({ ticketTypes: [type] }, 'poo_floor')).toBe(false)
})
