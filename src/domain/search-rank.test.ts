import { expect, test } from 'vitest'
import type { SaleState } from './catalog.ts'
import { rankOf } from './search-rank.ts'

const at = (startsAt: string, saleState: SaleState = 'on_sale', isInDemand = false) =>
  rankOf({ startsAt: `${startsAt}T19:00:00.000Z`, saleState }, isInDemand)

test('of two events that can be bought the sooner comes first, few left or many', () => {
  expect(at('2027-03-05')).toBeLessThan(at('2027-03-06', 'low'))
  expect(at('2027-03-05', 'low')).toBe(at('2027-03-05'))
})

test('what is sold out stands behind two months of what is not, what is not yet on sale behind two weeks', () => {
  expect(at('2027-03-05', 'not_yet')).toBeGreaterThan(at('2027-03-18'))
  expect(at('2027-03-05', 'not_yet')).toBeLessThan(at('2027-03-20'))
  expect(at('2027-03-05', 'sold_out')).toBeGreaterThan(at('2027-05-03'))
  expect(at('2027-03-05', 'sold_out')).toBeLessThan(at('2027-05-05'))
})

test('an expected rush brings an event three months forward, sold out still one; behind that time counts again', () => {
  expect(at('2027-06-01', 'on_sale', true)).toBeLessThan(at('2027-03-05'))
  expect(at('2027-04-01', 'sold_out', true)).toBeLessThan(at('2027-03-05'))
  expect(at('2027-12-01', 'on_sale', true)).toBeGreaterThan(at('2027-03-05'))
})
