import { type Money, minorDigits } from '#domain/money.ts'
import { locale } from './when.ts'

/** `€12`, `€12.50`, `¥3,000`; `Free` for nothing. */
export function priceText({ amountMinor, currency }: Money): string {
  if (amountMinor === 0) return 'Free'
  const amount = amountMinor / 10 ** minorDigits(currency)
  return new Intl.NumberFormat(locale, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' }).format(
    amount,
  )
}

/** `From €12`, or `Free` where the cheapest ticket costs nothing. */
export const priceFromText = (price: Money): string =>
  price.amountMinor === 0 ? priceText(price) : `From ${priceText(price)}`
