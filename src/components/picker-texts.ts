import type { Language } from '#domain/languages.ts'
import { remembered } from '#domain/remembered.ts'
import { commonIn, texts } from '../i18n/texts.ts'
import { embedJson } from './json-ld.ts'

/** What the ticket picker says in a language, the same on every event's page. */
export const pickerTexts = remembered((language: Language): string => {
  const { buy, refusals } = texts(language)
  return embedJson({ language, common: commonIn(language), buy, refusals })
})
