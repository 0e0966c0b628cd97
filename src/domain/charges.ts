import type { ServiceFee, Tax } from './catalog.ts'
import { minorDigits } from './money.ts'
import type { LineCharges } from './orders.ts'

/** What a line of `quantity` tickets costs, and what of it is fee and tax. */
export interface ChargedLine {
  /** Of one ticket, discounted; fees and taxes that are added come on top. */
  readonly unitPriceMinor: number
  readonly totalMinor: number
  readonly charges: LineCharges
}

export interface ChargeRules {
  readonly currency: string
  readonly fee?: ServiceFee | undefined
  readonly tax?: Tax | undefined
}

/** Cards cannot pay the last digit of a currency with three: https://docs.stripe.com/currencies#three-decimal */
export const smallestStepMinor = (currency: string): number => (minorDigits(currency) === 3 ? 10 : 1)

/** A share of an amount, half away from zero, in steps that can be paid. Whole numbers throughout, so that no sum drifts. */
export function shareOf(amountMinor: number, numerator: number, denominator: number, step: number): number {
  const scaled = BigInt(amountMinor) * BigInt(numerator) * 2n
  const unit = BigInt(denominator) * BigInt(step)
  return Number((scaled + unit) / (unit * 2n)) * step
}

/**
 * @param priceMinor of one ticket, before the discount
 * @param discountMinor off one ticket; never more than its price
 */
export function chargeLine(
  priceMinor: number,
  discountMinor: number,
  quantity: number,
  { currency, fee, tax }: ChargeRules,
): ChargedLine {
  const step = smallestStepMinor(currency)
  const unitPriceMinor = priceMinor - Math.min(discountMinor, priceMinor)
  const feeMinor = feeOf(unitPriceMinor, fee, step) * quantity
  const beforeTax = unitPriceMinor * quantity + (fee?.mode === 'added' ? feeMinor : 0)
  const taxMinor = taxOf(beforeTax, tax, step)
  return {
    unitPriceMinor,
    totalMinor: beforeTax + (tax?.mode === 'added' ? taxMinor : 0),
    charges: { discountMinor: (priceMinor - unitPriceMinor) * quantity, feeMinor, taxMinor },
  }
}

/** A ticket that costs nothing bears no fee; a fee within the price is never more than the price. */
function feeOf(unitPriceMinor: number, fee: ServiceFee | undefined, step: number): number {
  if (!fee || unitPriceMinor === 0) return 0
  const whole = fee.fixedMinor + shareOf(unitPriceMinor, fee.basisPoints, 10_000, step)
  return fee.mode === 'inclusive' ? Math.min(whole, unitPriceMinor) : whole
}

function taxOf(amountMinor: number, tax: Tax | undefined, step: number): number {
  if (!tax) return 0
  const whole = tax.mode === 'inclusive' ? 10_000 + tax.basisPoints : 10_000
  // A tax within the price is only told, never charged: it needs no step that a card can pay.
  return shareOf(amountMinor, tax.basisPoints, whole, tax.mode === 'inclusive' ? 1 : step)
}

/** An amount over `parts`, as even as steps go; the first bear what does not divide. The parts sum to the amount. */
export function splitAmount(amountMinor: number, parts: number, currency: string): number[] {
  const step = smallestStepMinor(currency)
  const steps = Math.floor(amountMinor / step)
  return Array.from({ length: parts }, (_, at) => {
    const even = (Math.floor(steps / parts) + (at < steps % parts ? 1 : 0)) * step
    return at === 0 ? even + (amountMinor - steps * step) : even
  })
}

export function sumCharges(lines: readonly { readonly charges?: LineCharges | undefined }[]): LineCharges {
  const sum = { discountMinor: 0, feeMinor: 0, taxMinor: 0 }
  for (const { charges } of lines) {
    sum.discountMinor += charges?.discountMinor ?? 0
    sum.feeMinor += charges?.feeMinor ?? 0
    sum.taxMinor += charges?.taxMinor ?? 0
  }
  return sum
}
