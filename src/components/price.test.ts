import { expect, test } from 'vitest'
import type { Money } from '#domain/money.ts'
import { commonIn } from '../i18n/texts.ts'
import { priceFromText as priceFromTextIn, priceText as priceTextIn } from './price.ts'

const common = commonIn('en')
const priceText = (price: Money) => priceTextIn(price, common)
const priceFromText = (price: Money) => priceFromTextIn(price, common)

test('whole amounts lose their zeros, others keep both digits', () => {
  expect(priceText({ amountMinor: 1200, currency: 'EUR' })).toBe('€12')
  expect(priceText({ amountMinor: 1250, currency: 'EUR' })).toBe('€12.50')
  expect(priceText({ amountMinor: 3000, currency: 'JPY' })).toBe('JP¥3,000')
})

test('nothing to pay reads as free', () => {
  expect(priceText({ amountMinor: 0, currency: 'EUR' })).toBe('Free')
  expect(priceFromText({ amountMinor: 0, currency: 'EUR' })).toBe('Free')
})

test('each language writes money its own way', () => {
  const price = { amountMinor: 1250, currency: 'EUR' }
  expect(priceFromTextIn(price, commonIn('de'))).toBe('Ab 12,50\u00a0€')
  expect(priceFromTextIn({ amountMinor: 3000, currency: 'JPY' }, commonIn('ja'))).toBe('￥3,000から')
  expect(priceTextIn({ amountMinor: 0, currency: 'EUR' }, commonIn('es'))).toBe('Gratis')
})
