import type { CancellationPolicy } from '#domain/catalog.ts'
import { fillCount } from '../i18n/fill.ts'
import type { Texts } from '../i18n/texts.ts'

/** The organiser's policy as a buyer reads it. */
export function policyText(
  { refundableUntilHours: hours }: CancellationPolicy,
  words: Texts['event'],
  locale: string,
): string {
  if (hours === null) return words.policyNone
  if (hours === 0) return words.policyStart
  return hours % 24 === 0
    ? fillCount(words.policyDays, hours / 24, locale)
    : fillCount(words.policyHours, hours, locale)
}
