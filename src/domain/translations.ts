import type { EventRecord, TicketType } from './catalog.ts'
import { type Language, languages, siteLanguage, splitPath } from './languages.ts'

/** What an organiser writes of a ticket type. */
export type TicketTypeWords = Pick<TicketType, 'name' | 'description'>

/** What an organiser writes of an event in one more language. Empty or absent: the words of the event's own language stand. */
export interface EventWords {
  readonly name: string
  readonly summary: string
  readonly description: string
  readonly accessibility: string
  /** By the ticket type's id. */
  readonly ticketTypes: Readonly<Record<string, TicketTypeWords>>
}

export type Translations = Readonly<Partial<Record<Language, EventWords>>>

type Spoken = Pick<EventRecord, 'language' | 'translations'>

/** The language that the event is written in. */
export const languageOf = ({ language }: Pick<Spoken, 'language'>): Language => language ?? siteLanguage

/** The languages that the event is offered in, its own first. */
export function languagesOf(event: Spoken): readonly Language[] {
  const own = languageOf(event)
  return [own, ...languages.filter((one) => one !== own && event.translations?.[one] !== undefined)]
}

/** The translations that say nothing: their pages would repeat the event's own under another language's name. */
export const emptyTranslations = ({
  translations = {},
  ticketTypes,
}: Spoken & Pick<EventRecord, 'ticketTypes'>): readonly string[] =>
  Object.entries(translations).flatMap(([language, { ticketTypes: byId, ...words }]) => {
    const types = ticketTypes.flatMap(({ id }) => [byId[id]?.name, byId[id]?.description])
    return [...Object.values(words), ...types].some((text) => text) ? [] : [language]
  })

/** The event as it reads in one of its languages; in another one it reads as it was written. */
export function inLanguage(event: EventRecord, language: Language): EventRecord {
  const words = language === languageOf(event) ? undefined : event.translations?.[language]
  if (!words) return event
  return {
    ...event,
    name: words.name || event.name,
    summary: words.summary || event.summary,
    description: words.description || event.description,
    accessibility: words.accessibility || event.accessibility,
    ticketTypes: event.ticketTypes.map((type) => inWords(type, words.ticketTypes[type.id])),
  }
}

const inWords = (type: TicketType, words: TicketTypeWords | undefined): TicketType =>
  words ? { ...type, name: words.name || type.name, description: words.description || type.description } : type

/** Where an event stands: without a language in its own one, `/de/events/…` in a further one. */
export function eventPath(
  { slug, languages: offered }: { readonly slug: string; readonly languages: readonly Language[] },
  language: Language,
): string {
  const own = offered[0] ?? siteLanguage
  return language === own || !offered.includes(language) ? `/events/${slug}/` : `/${language}/events/${slug}/`
}

/** The event whose own page, in any language, a path is. */
export const slugOfPage = (path: string): string | null =>
  /^\/events\/([^/]+)\//.exec(splitPath(path).path)?.[1] ?? null

/** Each language of an event with its page. */
export const eventPaths = (slug: string, offered: readonly Language[]) =>
  offered.map((language) => ({ language, path: eventPath({ slug, languages: offered }, language) }))

/** The translations under other ids of ticket types, as a copy of the event needs them. */
export function withTicketTypes(translations: Translations, newId: (id: string) => string | undefined): Translations {
  const moved = Object.entries(translations).map(([language, words]) => {
    const types = Object.entries(words.ticketTypes).flatMap(([id, one]) => {
      const next = newId(id)
      return next === undefined ? [] : [[next, one] as const]
    })
    return [language, { ...words, ticketTypes: Object.fromEntries(types) }] as const
  })
  return Object.fromEntries(moved)
}
