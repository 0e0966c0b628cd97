import type { Category, SaleState } from '#domain/catalog.ts'
import { locale } from './when.ts'

export const categoryNames: Readonly<Record<Category, string>> = {
  music: 'Music',
  theatre: 'Theatre',
  comedy: 'Comedy',
  'food-drink': 'Food & drink',
  sport: 'Sport',
  talks: 'Talks',
  family: 'Family',
  arts: 'Arts',
  festivals: 'Festivals',
  workshops: 'Workshops',
}

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

const stateBadges: Readonly<Record<SaleState, Badge | null>> = {
  on_sale: null,
  low: { text: 'Few left', tone: 'low' },
  sold_out: { text: 'Sold out', tone: 'off' },
  not_yet: { text: 'On sale soon', tone: 'off' },
  ended: { text: 'Sales ended', tone: 'off' },
  cancelled: { text: 'Cancelled', tone: 'cancelled' },
}

export const stateBadge = (state: SaleState): Badge | null => stateBadges[state]

/** `Spain` for `ES`. */
export function countryName(code: string): string {
  return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
}
