import { expect, test } from 'vitest'
import {
  addMoney,
  cardUnitsPerMinor,
  formatMoney,
  largestTotalMinor,
  minorDigits,
  smallestPriceMinor,
} from './money.ts'

test('currencies have the minor digits that ISO 4217 gives them', () => {
  expect(minorDigits('EUR')).toBe(2)
  expect(minorDigits('JPY')).toBe(0)
  expect(minorDigits('KWD')).toBe(3)
})

test('yen are shown whole and euros with cents', () => {
  expect(formatMoney({ amountMinor: 4500, currency: 'JPY' }, 'en')).toBe('¥4,500')
  expect(formatMoney({ amountMinor: 4500, currency: 'EUR' }, 'en')).toBe('€45.00')
})

test('amounts of one currency add up exactly', () => {
  expect(addMoney({ amountMinor: 10, currency: 'EUR' }, { amountMinor: 20, currency: 'EUR' })).toEqual({
    amountMinor: 30,
    currency: 'EUR',
  })
})

test('amounts of two currencies never add', () => {
  expect(() => addMoney({ amountMinor: 1, currency: 'EUR' }, { amountMinor: 1, currency: 'USD' })).toThrow(RangeError)
})

test.each(['EUR', 'JPY', 'KWD', 'ISK', 'UGX'])(
  'the largest total in %s is one that Stripe counts with eight digits',
  (currency) => {
    expect(largestTotalMinor(currency) * cardUnitsPerMinor(currency)).toBeLessThanOrEqual(99_999_999)
    expect((largestTotalMinor(currency) + 1) * cardUnitsPerMinor(currency)).toBeGreaterThan(99_999_999)
  },
)

test('the smallest price is in the currency’s own minor unit, however Stripe counts', () => {
  expect(smallestPriceMinor('EUR')).toBe(50)
  expect(smallestPriceMinor('SEK')).toBe(300)
  expect(smallestPriceMinor('HUF') * cardUnitsPerMinor('HUF')).toBe(17_500)
})
