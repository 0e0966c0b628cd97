import type { Problem } from '#contracts/common.ts'
import { formatMoney, type Money } from '#domain/money.ts'
import { zonedFormat } from '#domain/zoned-format.ts'

export const dateTimeWords = (instant: string, timeZone: string): string =>
  zonedFormat(undefined, { dateStyle: 'medium', timeStyle: 'short', timeZone }).format(new Date(instant))

export const moneyWords = (money: Money): string => formatMoney(money, undefined)

/** Messages by the field's path in the request: `venue.city`. */
export const fieldErrors = ({ errors = [] }: Problem): Record<string, string> =>
  Object.fromEntries(errors.map(({ field, message }) => [field, message]))
