import MiniSearch from 'minisearch'
import type { Category } from '#domain/catalog.ts'
import { mistypesIn, queryTermsOf, termsOf } from '#domain/search-text.ts'
import type { FoundEvent } from './found-event.ts'

export interface SearchIndex {
  /** The best first; without words all of them, the soonest first. */
  find(words: string): readonly FoundEvent[]
}

const boost = { name: 4, organiser: 2, venueName: 2, city: 2, category: 2, summary: 1 }

/** @param categoryNames as the page says them, so that `theatre` finds plays. */
export function indexOf(events: readonly FoundEvent[], categoryNames: Readonly<Record<Category, string>>): SearchIndex {
  const index = new MiniSearch<FoundEvent>({
    idField: 'slug',
    fields: Object.keys(boost),
    extractField: (event, field) => (field === 'category' ? categoryNames[event.category] : textOf(event, field)),
    tokenize: (text) => [...termsOf(text)],
    processTerm: (term) => term,
    searchOptions: {
      boost,
      tokenize: (text) => [...queryTermsOf(text)],
      prefix: true,
      fuzzy: (term) => mistypesIn(term),
      weights: { fuzzy: 0.2, prefix: 0.6 },
    },
  })
  index.addAll(events)
  const bySlug = new Map(events.map((event) => [event.slug, event]))
  const search = (words: string, combineWith: 'AND' | 'OR') =>
    index.search(words, { combineWith }).flatMap(({ id }) => bySlug.get(id) ?? [])

  return {
    find(words) {
      if (queryTermsOf(words).length === 0) return events
      const all = search(words, 'AND')
      return all.length > 0 ? all : search(words, 'OR')
    },
  }
}

function textOf(event: FoundEvent, field: string): string {
  if (field === 'slug') return event.slug
  if (field === 'name') return event.name
  if (field === 'organiser') return event.organiser
  if (field === 'venueName') return event.venueName
  return field === 'city' ? event.city : event.summary
}
