import type { SearchRow, SearchShard } from '#contracts/search.ts'
import type { Category, Instant, SaleState } from '#domain/catalog.ts'
import { type Language, pathIn, siteLanguage } from '#domain/languages.ts'
import type { Answer, AnswerSchema } from '#src/api/client.ts'

/** An event in the search, unfolded from its row. */
export interface FoundEvent {
  readonly slug: string
  readonly name: string
  readonly summary: string
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly timeZone: string
  readonly venueName: string
  readonly city: string
  readonly citySlug: string
  readonly category: Category
  readonly organiser: string
  readonly priceMinor: number | null
  readonly currency: string
  readonly saleState: SaleState
  /** Of its words. */
  readonly language: Language
  /** Where it is read in that. */
  readonly path: string
}

export function eventOf(row: SearchRow): FoundEvent {
  const [slug, name, summary, startsAt, endsAt, timeZone, venueName, city, citySlug, category, organiser] = row
  const [, , , , , , , , , , , priceMinor, currency, saleState, language = siteLanguage, path = `/events/${slug}/`] =
    row
  const where = { timeZone, venueName, city, citySlug }
  return {
    slug,
    name,
    summary,
    startsAt,
    endsAt,
    ...where,
    category,
    organiser,
    priceMinor,
    currency,
    saleState,
    language,
    path,
  }
}

const isShard = (json: unknown): json is SearchShard =>
  typeof json === 'object' && json !== null && 'rows' in json && Array.isArray(json.rows) && 'isComplete' in json

export const shardAnswer: AnswerSchema<SearchShard> = {
  safeParse: (json) => (isShard(json) ? { success: true, data: json } : { success: false }),
}

/** What the search has to go through; a city that has no file has no events. Null: that is not known. */
export function shardIn(answer: Answer<SearchShard>, citySlug: string): SearchShard | null {
  if (answer.ok) return answer.value
  return citySlug !== '' && answer.problem.status === 404 ? { rows: [], isComplete: true } : null
}

export const shardPath = (language: Language, citySlug: string): string =>
  pathIn(language, citySlug === '' ? '/search/everywhere.json' : `/search/city/${citySlug}.json`)
