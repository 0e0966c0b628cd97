import type { Category } from './catalog.ts'
import { type Language, languages, siteLanguage } from './languages.ts'

/**
 * A list of events: everything, one organiser's, one city's, one category's, what costs nothing, what a rush of buyers is expected for,
 * what has begun and can still be gone to.
 */
export type Topic = 'all' | 'free' | 'in-demand' | 'running' | `${'organiser' | 'city' | 'category'}#${string}`

/** Such a list, or what of it is offered in a language: in the site's own language a list holds everything. */
export type Facet = Topic | `${Language}/${Topic}`

export const facetIn = (language: Language, topic: Topic): Facet =>
  language === siteLanguage ? topic : `${language}/${topic}`

/** The reverse: `de/city#zurich` is the topic `city#zurich` in German. */
export function partsOfFacet(facet: Facet): { readonly language: Language; readonly topic: string } {
  const [topic = '', prefix] = facet.split('/').toReversed()
  return { topic, language: languages.find((one) => one === prefix) ?? siteLanguage }
}

/** The events that a page shows: the soonest of a facet, no more than `shows`. */
export interface List {
  readonly facet: Facet
  readonly shows: number
  /** So many of these places go to what has begun already, if there is so much; beside them what the soonest leave free. */
  readonly runs: number
  /** Without those that are cancelled or sell no more. */
  readonly isOpen?: true
  /** Not the soonest but the best ranked, those in this list brought forward: see search-rank.ts. */
  readonly bringsForward?: Facet
}

export interface TopicList extends List {
  readonly facet: Topic
  readonly bringsForward?: Topic
}

export const lists = {
  home: { facet: 'all', shows: 11, runs: 0, isOpen: true },
  /** In another language the home page names only the cities and categories of these. */
  homeElsewhere: { facet: 'all', shows: 200, runs: 0, isOpen: true },
  free: { facet: 'free', shows: 60, runs: 20 },
  /** Each is read at every edit of a card: docs/decisions/0014-publishing.md. Of very long words fewer fit, see search-shard.ts. */
  searchEverywhere: { facet: 'all', shows: 1600, runs: 250, isOpen: true, bringsForward: 'in-demand' },
  ofCity: (slug: string): TopicList => ({ facet: `city#${slug}`, shows: 24, runs: 8 }),
  ofCategory: (category: Category): TopicList => ({ facet: `category#${category}`, shows: 60, runs: 20 }),
  ofOrganiser: (slug: string): TopicList => ({ facet: `organiser#${slug}`, shows: 40, runs: 20 }),
  searchIn: (citySlug: string): TopicList => ({ facet: `city#${citySlug}`, shows: 2000, runs: 400, isOpen: true }),
} as const satisfies Record<string, TopicList | ((...args: never[]) => TopicList)>

export const listIn = (language: Language, { bringsForward, ...list }: TopicList): List => ({
  ...list,
  facet: facetIn(language, list.facet),
  ...(bringsForward ? { bringsForward: facetIn(language, bringsForward) } : {}),
})

/** No weekend page shows more; a busier one is narrowed by city. */
export const weekendLength = 200
/** So many of them may be on already. */
export const weekendRuns = 50
