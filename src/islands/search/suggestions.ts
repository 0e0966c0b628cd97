import type { Category } from '#domain/catalog.ts'
import { foldText } from '#domain/search-text.ts'
import type { SearchQuery, When } from './query.ts'

/** What the typed words may mean beside an event: a place, a kind, a time. */
export interface Choices {
  readonly cities: readonly { readonly slug: string; readonly name: string }[]
  readonly categories: readonly { readonly slug: Category; readonly name: string }[]
  readonly whens: readonly { readonly slug: When; readonly name: string }[]
  readonly free: string
}

export interface Suggestion {
  readonly label: string
  readonly kind: 'city' | 'category' | 'when' | 'price'
  /** The query when it is taken: the filter is set, and the words that meant it are gone. */
  readonly query: SearchQuery
}

const most = 6
const longestName = 3

/** `jazz sev` → in Seville, looking for `jazz`. The last words count, and at least two letters of them. */
export function suggestionsFor(query: SearchQuery, choices: Choices): readonly Suggestion[] {
  const words = query.q.split(/\s+/).filter(Boolean)
  const found = new Map<string, Suggestion>()
  for (let count = Math.min(longestName, words.length); count > 0; count--) {
    const typed = foldText(words.slice(-count).join(' '))
    if ([...typed].length < 2) continue
    const rest = { ...query, q: words.slice(0, -count).join(' ') }
    for (const one of meanings(rest, choices))
      if (isBeginning(typed, one.label) && !found.has(one.label)) found.set(one.label, one)
  }
  return [...found.values()].slice(0, most)
}

function meanings(rest: SearchQuery, { cities, categories, whens, free }: Choices): readonly Suggestion[] {
  return [
    ...cities.map(({ slug, name }): Suggestion => ({ kind: 'city', label: name, query: { ...rest, city: slug } })),
    ...categories.map(
      ({ slug, name }): Suggestion => ({ kind: 'category', label: name, query: { ...rest, category: slug } }),
    ),
    ...whens.map(
      ({ slug, name }): Suggestion => ({ kind: 'when', label: name, query: { ...rest, when: slug, from: '', to: '' } }),
    ),
    { kind: 'price', label: free, query: { ...rest, price: 'free' } },
  ]
}

/** `york` begins a word of `New York`, `new yo` begins the whole. */
function isBeginning(typed: string, label: string): boolean {
  const name = foldText(label)
  return name.startsWith(typed) || name.split(/[\s-]+/).some((word) => word.startsWith(typed))
}
