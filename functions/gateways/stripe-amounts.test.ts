import { expect, test } from 'vitest'
import { fromStripeAmount, toStripeAmount } from './stripe-amounts.ts'

test.each([
  ['EUR', 1250, 1250],
  ['JPY', 500, 500],
  ['KWD', 1500, 1500],
  ['ISK', 5, 500],
  ['UGX', 5, 500],
])('%s: %i minor units are %i to Stripe and come back', (currency, ours, theirs) => {
  expect(toStripeAmount({ amountMinor: ours, currency })).toBe(theirs)
  expect(fromStripeAmount(theirs, currency)).toBe(ours)
})
