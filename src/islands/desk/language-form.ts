import type { EditEventRequest, OrganiserEvent } from '#contracts/events.ts'
import { directionOf, type Language, languages } from '#domain/languages.ts'

/** What the inputs hold of one further language; empty: as it was written. */
export interface LanguageForm {
  language: Language
  direction: 'ltr' | 'rtl'
  name: string
  summary: string
  description: string
  accessibility: string
  ticketTypes: TypeWordsForm[]
}

export interface TypeWordsForm {
  id: string
  /** As it was written. */
  written: { name: string; description: string }
  name: string
  description: string
}

interface Written {
  readonly translations: OrganiserEvent['translations']
  readonly ticketTypes: readonly Pick<OrganiserEvent['ticketTypes'][number], 'id' | 'name' | 'description'>[]
}

type Translations = NonNullable<EditEventRequest['translations']>

export function languageFormsOf(event: Written): LanguageForm[] {
  return languages
    .filter((language) => event.translations[language])
    .map((language) => languageFormOf(event, language, event.translations[language]))
}

export function languageFormOf(event: Written, language: Language, words?: Translations[Language]): LanguageForm {
  const { name = '', summary = '', description = '', accessibility = '', ticketTypes = {} } = words ?? {}
  return {
    ...{ language, direction: directionOf(language), name, summary, description, accessibility },
    ticketTypes: event.ticketTypes.map((written) => ({
      id: written.id,
      written: { name: written.name, description: written.description },
      name: ticketTypes[written.id]?.name ?? '',
      description: ticketTypes[written.id]?.description ?? '',
    })),
  }
}

/** All translations of the event: those that have no form go. */
export function translationsOf(forms: readonly LanguageForm[]): Translations {
  const written = forms.map(({ language, name, summary, description, accessibility, ticketTypes }) => {
    const types = ticketTypes
      .filter((type) => type.name.trim() !== '' || type.description.trim() !== '')
      .map((type) => [type.id, { name: type.name, description: type.description }] as const)
    return [language, { name, summary, description, accessibility, ticketTypes: Object.fromEntries(types) }] as const
  })
  return Object.fromEntries(written)
}

/** The same forms, with what was typed in them, for an event whose ticket types or own words have changed. */
export const keptForms = (forms: readonly LanguageForm[], event: Written): LanguageForm[] => {
  const typed = translationsOf(forms)
  return forms.map(({ language }) => languageFormOf(event, language, typed[language]))
}
