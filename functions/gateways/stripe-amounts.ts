import { type Money, minorDigits } from '#domain/money.ts'

/** Stripe counts these in whole units and those in thousandths, all others in hundredths: https://docs.stripe.com/currencies */
const zeroDecimal = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '))
const threeDecimal = new Set('BHD JOD KWD OMR TND'.split(' '))

function stripeDigits(currency: string): number {
  if (zeroDecimal.has(currency)) return 0
  return threeDecimal.has(currency) ? 3 : 2
}

/** @throws RangeError for an amount that Stripe has no unit for */
export function toStripeAmount({ amountMinor, currency }: Money): number {
  const amount = amountMinor * 10 ** (stripeDigits(currency) - minorDigits(currency))
  if (!Number.isSafeInteger(amount)) throw new RangeError(`Stripe cannot charge ${amountMinor} ${currency}`)
  return amount
}

export const fromStripeAmount = (amount: number, currency: string): number =>
  currency === '' ? amount : amount / 10 ** (stripeDigits(currency) - minorDigits(currency))
