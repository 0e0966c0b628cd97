import type { Problem } from '#contracts/common.ts'
import { formatMoney, type Money } from '#domain/money.ts'
import { zonedFormat } from '#domain/zoned-format.ts'

export const dateTimeWords = (instant: string, timeZone: string): string =>
  zonedFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(instant))

export const moneyWords = (money: Money): string => formatMoney(money, undefined)

/** Each with the name of its field. */
export const sayErrors = (errors: Readonly<Record<string, string>>): readonly string[] =>
  Object.entries(errors).map(([field, message]) => `${fieldName(field)}: ${message.replace(/\.?$/, '.')}`)

/** `venue.postalCode` as people say it: “Venue, postal code”. */
export function fieldName(path: string): string {
  const words = path
    .replace(/\.(\d+)/g, (_, at: string) => ` ${Number(at) + 1}`)
    .replaceAll('.', ', ')
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Messages by the field's path in the request: `venue.city`. */
export const fieldErrors = ({ errors = [] }: Problem): Record<string, string> =>
  Object.fromEntries(errors.map(({ field, message }) => [field, message]))
