import { type Money, minorDigits } from '#domain/money.ts'
import { remembered } from '#domain/remembered.ts'
import { fill } from '../i18n/fill.ts'
import type { Common } from '../i18n/texts.ts'

/** `€12`, `€12.50`, `¥3,000`; `Free` for nothing. */
export function priceText({ amountMinor, currency }: Money, { free, locale }: Pick<Common, 'free' | 'locale'>): string {
  if (amountMinor === 0) return free
  return formatOf(locale, currency).format(amountMinor / 10 ** minorDigits(currency))
}

const formatOf = remembered(
  (locale: string, currency: string) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, trailingZeroDisplay: 'stripIfInteger' }),
)

/** `From €12`, or `Free` where the cheapest ticket costs nothing. */
export const priceFromText = (price: Money, common: Common): string =>
  price.amountMinor === 0 ? common.free : fill(common.from, { price: priceText(price, common) })
