import { minorDigits } from '#domain/money.ts'

/** `12.5` and `12,50` are 1250 in EUR; NaN for what is no amount, which the server refuses by name. */
export function minorOf(price: string, currency: string): number {
  const digits = minorDigits(currency)
  const match = /^(\d{1,9})(?:[.,](\d+))?$/.exec(price.trim())
  if (!match) return Number.NaN
  const fraction = match[2] ?? ''
  if (fraction.length > digits) return Number.NaN
  return Number((match[1] ?? '') + fraction.padEnd(digits, '0'))
}

export const majorOf = (minor: number, currency: string): string =>
  (minor / 10 ** minorDigits(currency)).toFixed(minorDigits(currency))
