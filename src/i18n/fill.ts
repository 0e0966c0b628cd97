import { remembered } from '#domain/remembered.ts'
import type { Plural } from './shape.ts'

/** `Tickets from {price}` with what stands for its placeholders. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder))

/** The form of a text that the language uses for this many; its `{count}` is written as the locale writes numbers. */
export function fillCount(forms: Plural, count: number, locale: string): string {
  const form = forms[rulesOf(locale).select(count)] ?? forms.other
  return fill(form, { count: formatOf(locale).format(count) })
}

const rulesOf = remembered((locale: string) => new Intl.PluralRules(locale))
const formatOf = remembered((locale: string) => new Intl.NumberFormat(locale))
