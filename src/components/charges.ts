import type { OrderView } from '#contracts/orders.ts'
import type { ServiceFee, Tax } from '#domain/catalog.ts'
import { priceText } from './price.ts'

/** `10 %`, `2.5 %` */
export const percentText = (basisPoints: number): string => `${basisPoints / 100} %`

/** What a price holds and what comes on top of it: `Plus €1.50 fee a ticket, incl. 10 % VAT.` */
export function chargesText({
  fee,
  tax,
  currency,
}: {
  readonly fee?: ServiceFee | undefined
  readonly tax?: Tax | undefined
  readonly currency: string
}): string {
  const words = [...(fee ? [feeWords(fee, currency)] : []), ...(tax ? [taxWords(tax)] : [])].join(', ')
  return words === '' ? 'No fees on top.' : `${words.charAt(0).toUpperCase()}${words.slice(1)}.`
}

const before = { inclusive: 'incl.', added: 'plus' } as const

function feeWords({ fixedMinor, basisPoints, mode }: ServiceFee, currency: string): string {
  const fixed = fixedMinor > 0 ? [priceText({ amountMinor: fixedMinor, currency })] : []
  const share = basisPoints > 0 ? [percentText(basisPoints)] : []
  return `${before[mode]} ${[...fixed, ...share].join(' and ')} fee a ticket`
}

const taxWords = ({ name, basisPoints, mode }: Tax): string => `${before[mode]} ${percentText(basisPoints)} ${name}`

/** What stands under an order's total. */
export function chargeNotes({ discount, fee, tax }: Pick<OrderView, 'discount' | 'fee' | 'tax'>): string[] {
  return [
    ...(discount && discount.amount.amountMinor > 0
      ? [`Code ${discount.code}: ${priceText(discount.amount)} off`]
      : []),
    ...(fee ? [`Incl. service fee ${priceText(fee.amount)}`] : []),
    ...(tax ? [`Incl. ${percentText(tax.basisPoints)} ${tax.name} ${priceText(tax.amount)}`] : []),
  ]
}
