import { remembered } from './remembered.ts'

/** An amount in the currency's minor unit (cents, yen, fils) with its ISO 4217 code. */
export interface Money {
  readonly amountMinor: number
  readonly currency: string
}

export function addMoney(left: Money, right: Money): Money {
  if (left.currency !== right.currency) throw new RangeError(`cannot add ${right.currency} to ${left.currency}`)
  return { amountMinor: left.amountMinor + right.amountMinor, currency: left.currency }
}

/** How many minor digits ISO 4217 gives a currency: 2 for EUR, 0 for JPY, 3 for KWD. */
export const minorDigits = remembered((currency: string): number => {
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
  return maximumFractionDigits
})

/** Stripe counts these in whole units and those in thousandths, all others in hundredths: https://docs.stripe.com/currencies */
const zeroDecimal = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'
const threeDecimal = 'BHD JOD KWD OMR TND'

function cardDigits(currency: string): number {
  if (zeroDecimal.includes(currency)) return 0
  return threeDecimal.includes(currency) ? 3 : 2
}

/** How many of Stripe's units one minor unit is: 1, but 100 where Stripe has hundredths and the currency has none. */
export const cardUnitsPerMinor = (currency: string): number => 10 ** (cardDigits(currency) - minorDigits(currency))

/** @param locale undefined: that of the browser or machine. */
export function formatMoney({ amountMinor, currency }: Money, locale: string | undefined): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
    amountMinor / 10 ** minorDigits(currency),
  )
}

/**
 * Smallest price of a paid ticket as Stripe counts it, where it is above 50: no card payment below it is accepted.
 * Source: Stripe, "Supported currencies", minimum charge amounts.
 */
const smallestPrices: Readonly<Record<string, number>> = {
  AED: 200,
  CZK: 1500,
  DKK: 250,
  HKD: 400,
  HUF: 17_500,
  MXN: 1000,
  MYR: 200,
  NOK: 300,
  PLN: 200,
  RON: 200,
  SEK: 300,
  THB: 1000,
}
export const smallestPriceMinor = (currency: string): number => {
  const smallest = smallestPrices[currency]
  return smallest === undefined ? 50 : Math.ceil(smallest / cardUnitsPerMinor(currency))
}

/** No card payment above it is accepted. Source: Stripe, "Maximum amount": eight digits, as Stripe counts. */
export const largestTotalMinor = (currency: string): number => Math.floor(99_999_999 / cardUnitsPerMinor(currency))
