import type { Category, Instant, SaleState } from '#domain/catalog.ts'
import type { Language } from '#domain/languages.ts'

/** One event as the search knows it: a tuple, since a file has hundreds. */
export type SearchRow = readonly [
  slug: string,
  name: string,
  summary: string,
  startsAt: Instant,
  endsAt: Instant,
  timeZone: string,
  venueName: string,
  city: string,
  citySlug: string,
  category: Category,
  organiser: string,
  /** Cheapest ticket that everyone may buy; null when there is none. */
  priceMinor: number | null,
  /** Empty where there is no price. */
  currency: string,
  saleState: SaleState,
  /** Of its words, and where it is read in that: absent for what is there in the site's own language alone. */
  language?: Language,
  path?: string,
]

/**
 * What `/search/everywhere.json` and `/search/city/SLUG.json` hold: events to come, the soonest first; below `/de/` those in German.
 * Where there are more than a file may hold, the first one has the best ranked, the second one the soonest.
 */
export interface SearchShard {
  readonly rows: readonly SearchRow[]
  /** False where there are more events than the file may hold. */
  readonly isComplete: boolean
}
