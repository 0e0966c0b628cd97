import type { Plural } from './shape.ts'

/** `Tickets from {price}` with what stands for its placeholders. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder))

/** The form of a text that the language uses for this many; its `{count}` is written as the locale writes numbers. */
export function fillCount(forms: Plural, count: number, locale: string): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other
  return fill(form, { count: new Intl.NumberFormat(locale).format(count) })
}
