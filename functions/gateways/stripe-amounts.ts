import { cardUnitsPerMinor, type Money } from '#domain/money.ts'

/** @throws RangeError for an amount that Stripe has no unit for */
export function toStripeAmount({ amountMinor, currency }: Money): number {
  const amount = amountMinor * cardUnitsPerMinor(currency)
  if (!Number.isSafeInteger(amount)) throw new RangeError(`Stripe cannot charge ${amountMinor} ${currency}`)
  return amount
}

export const fromStripeAmount = (amount: number, currency: string): number =>
  currency === '' ? amount : amount / cardUnitsPerMinor(currency)
