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
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

/** @param locale undefined: that of the browser or machine. */
export function formatMoney({ amountMinor, currency }: Money, locale: string | undefined): string {
  return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(
    amountMinor / 10 ** minorDigits(currency),
  )
}
