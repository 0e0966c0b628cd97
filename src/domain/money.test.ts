import { expect, test } from 'vitest'
import { addMoney, formatMoney, minorDigits } from './money.ts'

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
