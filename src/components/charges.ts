import type { OrderView } from '#contracts/orders.ts'
import type { ServiceFee, Tax } from '#domain/catalog.ts'
import { remembered } from '#domain/remembered.ts'
import { fill } from '../i18n/fill.ts'
import type { Common } from '../i18n/texts.ts'
import { priceText } from './price.ts'

/** `10%`, `2,5 %` */
export const percentText = remembered((basisPoints: number, locale: string): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000),
)

interface Charges {
  readonly fee?: ServiceFee | undefined
  readonly tax?: Tax | undefined
  readonly currency: string
}

/** What a price holds, whether the organiser's own price had it or not: `Incl. €1.50 fee a ticket, incl. 10% VAT.` */
export function chargesText({ fee, tax, currency }: Charges, common: Common): string {
  const parts = [...(fee ? [feeWords(fee, currency, common)] : []), ...(tax ? [taxWords(tax, common)] : [])]
  if (parts.length === 0) return common.noFees
  const words = fill(common.charges, { list: parts.join(common.comma) })
  return words.charAt(0).toLocaleUpperCase(common.locale) + words.slice(1)
}

function feeWords({ fixedMinor, basisPoints }: ServiceFee, currency: string, common: Common): string {
  const fixed = priceText({ amountMinor: fixedMinor, currency }, common)
  const share = percentText(basisPoints, common.locale)
  const both = fill(common.amountAndShare, { amount: fixed, share })
  const amount = fixedMinor === 0 ? share : basisPoints === 0 ? fixed : both
  return fill(common.feeIncluded, { amount })
}

const taxWords = ({ name, basisPoints }: Tax, common: Common): string =>
  fill(common.taxIncluded, { percent: percentText(basisPoints, common.locale), name })

/** What stands under an order's total. */
export function chargeNotes(
  { discount, fee, tax }: Pick<OrderView, 'discount' | 'fee' | 'tax'>,
  common: Common,
): string[] {
  const taken = discount && discount.amount.amountMinor > 0 ? discount : null
  return [
    ...(taken ? [fill(common.noteCode, { code: taken.code, amount: priceText(taken.amount, common) })] : []),
    ...(fee ? [fill(common.noteFee, { amount: priceText(fee.amount, common) })] : []),
    ...(tax ? [taxNote(tax, common)] : []),
  ]
}

const taxNote = ({ name, basisPoints, amount }: NonNullable<OrderView['tax']>, common: Common): string =>
  fill(common.noteTax, { percent: percentText(basisPoints, common.locale), name, amount: priceText(amount, common) })
