import type { EventRecord } from '#domain/catalog.ts'
import type { EventChanges } from '#domain/event-rules.ts'
import type { Language } from '#domain/languages.ts'
import { type EventWords, languageOf } from '#domain/translations.ts'
import type { Random } from '#infra/local/seed/art/random.ts'

/** As many as it takes: each further one is another site to publish. */
const spoken = ['en', 'de', 'ar'] as const satisfies readonly Language[]

const anotherOne = (event: EventRecord, random: Random): Language =>
  random.pick(spoken.filter((language) => language !== languageOf(event)))

/** A translation that it had is changed or removed, one that it had not is added. */
export function otherTranslation(event: EventRecord, random: Random, word: () => string): EventChanges {
  const language = anotherOne(event, random)
  const { [language]: known, ...others } = event.translations ?? {}
  if (known && random.chance(0.5)) return { translations: others }
  const words: EventWords = {
    name: random.chance(0.6) ? `${event.name} ${word()}`.slice(-60) : '',
    summary: word(),
    description: random.chance(0.5) ? word() : '',
    accessibility: '',
    ticketTypes: Object.fromEntries(
      event.ticketTypes.filter(() => random.chance(0.5)).map(({ id }) => [id, { name: word(), description: '' }]),
    ),
  }
  return { translations: { ...others, [language]: words } }
}

/** Its words are said to be written in another language; what they were translated to in that one goes. */
export function otherLanguage(event: EventRecord, random: Random): EventChanges {
  const language = anotherOne(event, random)
  const { [language]: _, ...translations } = event.translations ?? {}
  return { language, translations }
}
