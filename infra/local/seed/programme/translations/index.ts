import { languages } from '#domain/languages.ts'
import type { Translations } from '#domain/translations.ts'
import { demoId } from '../../organisations.ts'
import { arabic } from './arabic.ts'
import type { DemoTranslations } from './demo-words.ts'
import { german } from './german.ts'
import { japanese } from './japanese.ts'
import { spanish } from './spanish.ts'

const translated: Readonly<Record<string, DemoTranslations>> = {
  de: german,
  es: spanish,
  ja: japanese,
  ar: arabic,
}

/** Undefined for an event that is offered in one language. */
export function translationsOf(slug: string): Translations | undefined {
  const found = languages.flatMap((language) => {
    const words = translated[language]?.[slug]
    if (!words) return []
    const ticketTypes = Object.entries(words.ticketTypes).map(([type, { name, description = '' }]) => [
      demoId('tty', `${slug} ${type}`),
      { name, description },
    ])
    const { name, summary, description, accessibility = '' } = words
    const text = { name, summary, description: description.join('\n\n'), accessibility }
    return [[language, { ...text, ticketTypes: Object.fromEntries(ticketTypes) }] as const]
  })
  return found.length > 0 ? Object.fromEntries(found) : undefined
}
