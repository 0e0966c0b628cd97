import { expect, test } from 'vitest'
import { priceFromText, priceText } from './price.ts'

test('whole amounts lose their zeros, others keep both digits', () => {
  expect(priceText({ amountMinor: 1200, currency: 'EUR' })).toBe('€12')
  expect(priceText({ amountMinor: 1250, currency: 'EUR' })).toBe('€12.50')
  expect(priceText({ amountMinor: 3000, currency: 'JPY' })).toBe('JP¥3,000')
})

test('nothing to pay reads as free', () => {
  expect(priceText({ amountMinor: 0, currency: 'EUR' })).toBe('Free')
  expect(priceFromText({ amountMinor: 0, currency: 'EUR' })).toBe('Free')
})
