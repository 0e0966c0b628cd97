import { type Language, localeOf } from '#domain/languages.ts'
import * as ar from './ar/index.ts'
import * as de from './de/index.ts'
import * as en from './en/index.ts'
import * as es from './es/index.ts'
import * as ja from './ja/index.ts'
import type { Shape } from './shape.ts'

/** All that our pages say in one language, a slice for each part of the site. See docs/languages.md. */
export type Texts = Shape<typeof en>

const catalogues = { en, de, es, ja, ar } satisfies Record<Language, Texts>

export const texts = (language: Language): Texts => catalogues[language]

/** What says prices, times and charges, on pages as in islands. */
export interface Common extends Readonly<Record<keyof Texts['common'], string>> {
  readonly locale: string
}

export const commonIn = (language: Language): Common => ({
  ...catalogues[language].common,
  locale: localeOf[language],
})

/** What each language calls itself. */
export const ownNames: Readonly<Record<Language, string>> = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  ja: '日本語',
  ar: 'العربية',
}
