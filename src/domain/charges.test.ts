import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ServiceFee, Tax } from './catalog.ts'
import { chargeLine, shareOf, splitAmount } from './charges.ts'

const added = { mode: 'added' } as const
const inclusive = { mode: 'inclusive' } as const

test('a tax within the price changes what is told, not what is paid', () => {
  const tax: Tax = { name: 'VAT', basisPoints: 1000, ...inclusive }
  expect(chargeLine(1100, 0, 3, { currency: 'EUR', tax })).toEqual({
    unitPriceMinor: 1100,
    totalMinor: 3300,
    charges: { discountMinor: 0, feeMinor: 0, taxMinor: 300 },
  })
})

test('a tax on top is rounded once a line: three tickets of 0.95 with 10 % are 3.14, not 3 × 1.05', () => {
  const tax: Tax = { name: 'VAT', basisPoints: 1000, ...added }
  expect(chargeLine(95, 0, 3, { currency: 'EUR', tax }).totalMinor).toBe(314)
})

test('a fee on top is taxed with the ticket; one within the price is not counted twice', () => {
  const tax: Tax = { name: 'VAT', basisPoints: 2000, ...added }
  const fee = { fixedMinor: 100, basisPoints: 500 }
  expect(chargeLine(2000, 0, 2, { currency: 'EUR', tax, fee: { ...fee, ...added } })).toMatchObject({
    totalMinor: 5280,
    charges: { feeMinor: 400, taxMinor: 880 },
  })
  expect(chargeLine(2000, 0, 2, { currency: 'EUR', tax, fee: { ...fee, ...inclusive } })).toMatchObject({
    totalMinor: 4800,
    charges: { feeMinor: 400, taxMinor: 800 },
  })
})

test('a free ticket bears no fee, and a fee within a small price is no more than the price', () => {
  const fee: ServiceFee = { fixedMinor: 150, basisPoints: 0, ...added }
  expect(chargeLine(500, 500, 1, { currency: 'EUR', fee }).totalMinor).toBe(0)
  expect(chargeLine(100, 0, 1, { currency: 'EUR', fee: { ...fee, ...inclusive } }).charges.feeMinor).toBe(100)
})

test('yen have no decimals, and the last digit of a dinar cannot be paid', () => {
  const tax: Tax = { name: 'Tax', basisPoints: 1000, ...added }
  expect(chargeLine(3333, 0, 1, { currency: 'JPY', tax })).toMatchObject({
    totalMinor: 3666,
    charges: { taxMinor: 333 },
  })
  expect(chargeLine(3330, 0, 1, { currency: 'KWD', tax })).toMatchObject({
    totalMinor: 3660,
    charges: { taxMinor: 330 },
  })
})

test('halves round up, whatever the size of the amount', () => {
  expect(shareOf(5, 5000, 10_000, 1)).toBe(3)
  expect(shareOf(9_007_199_254_740_991, 1, 1, 1)).toBe(9_007_199_254_740_991)
})

const rules = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  fee: fc.option(
    fc.record({
      fixedMinor: fc.integer({ min: 0, max: 50 }).map((tens) => tens * 10),
      basisPoints: fc.integer({ min: 0, max: 5000 }),
      mode: fc.constantFrom('inclusive', 'added'),
    }),
    { nil: undefined },
  ),
  tax: fc.option(
    fc.record({
      name: fc.constant('VAT'),
      basisPoints: fc.integer({ min: 1, max: 5000 }),
      mode: fc.constantFrom('inclusive', 'added'),
    }),
    { nil: undefined },
  ),
})

const amount = fc.integer({ min: 0, max: 10_000_000 }).map((tens) => tens * 10)

test('a line is exactly its tickets, its added fee and its added tax; nothing is negative; every step can be paid', () => {
  fc.assert(
    fc.property(amount, amount, fc.integer({ min: 1, max: 50 }), rules, (price, discount, quantity, rule) => {
      const { unitPriceMinor, totalMinor, charges } = chargeLine(price, discount, quantity, rule)
      const fee = rule.fee?.mode === 'added' ? charges.feeMinor : 0
      const tax = rule.tax?.mode === 'added' ? charges.taxMinor : 0
      expect(totalMinor).toBe(unitPriceMinor * quantity + fee + tax)
      expect(unitPriceMinor * quantity + charges.discountMinor).toBe(price * quantity)
      for (const value of [unitPriceMinor, totalMinor, ...Object.values(charges)]) {
        expect(value).toBeGreaterThanOrEqual(0)
        expect(Number.isSafeInteger(value)).toBe(true)
      }
      if (rule.currency === 'KWD') expect(totalMinor % 10).toBe(0)
      if (rule.fee?.mode === 'inclusive') expect(charges.feeMinor).toBeLessThanOrEqual(unitPriceMinor * quantity)
    }),
  )
})

test('an amount split over tickets is the amount again, as even as can be paid', () => {
  fc.assert(
    fc.property(amount, fc.integer({ min: 1, max: 50 }), fc.constantFrom('EUR', 'KWD'), (total, parts, currency) => {
      const split = splitAmount(total, parts, currency)
      expect(split.reduce((sum, part) => sum + part, 0)).toBe(total)
      expect(Math.max(...split) - Math.min(...split)).toBeLessThanOrEqual(currency === 'KWD' ? 10 : 1)
    }),
  )
})
