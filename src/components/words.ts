import type { Category, SaleState } from '#domain/catalog.ts'
import { remembered } from '#domain/remembered.ts'
import type { Texts } from '../i18n/texts.ts'

/** The colour of the poster that stands where an event has no picture: one of the hues of `styles/accents.css`. */
export const categoryHues: Readonly<Record<Category, number>> = {
  music: 330,
  theatre: 20,
  comedy: 60,
  'food-drink': 40,
  sport: 150,
  talks: 250,
  family: 200,
  arts: 300,
  festivals: 350,
  workshops: 100,
}

export interface Badge {
  readonly text: string
  readonly tone: 'low' | 'free' | 'off' | 'cancelled'
}

const tones = { low: 'low', sold_out: 'off', not_yet: 'off', ended: 'off', cancelled: 'cancelled' } as const

/** None where tickets simply sell. */
export const stateBadge = (state: SaleState, words: Texts['site']['state']): Badge | null =>
  state === 'on_sale' ? null : { text: words[state], tone: tones[state] }

/** `Spain` for `ES`. */
export const countryName = remembered(
  (code: string, locale: string): string => new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code,
)

/** `en_GB` for `en-GB`; `ar` where the locale only names its digits. */
export const openGraphLocale = remembered((locale: string): string =>
  new Intl.Locale(locale).baseName.replace('-', '_'),
)
