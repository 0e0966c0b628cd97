import type { EventRecord, ListingCard } from './catalog.ts'
import { chargeLine } from './charges.ts'
import { type Language, pathIn, siteLanguage, splitPath } from './languages.ts'
import type { Money } from './money.ts'
import { monthOf, weekOf } from './schedule.ts'
import { eventPaths, inLanguage, languagesOf } from './translations.ts'

/** Whether the event has a public page. A cancelled one keeps it, so that those who bought, and search engines, learn of it. */
export function isPublic(event: Pick<EventRecord, 'status' | 'publishedAt'>): boolean {
  return event.status === 'published' || (event.status === 'cancelled' && event.publishedAt !== undefined)
}

type Listed = Pick<ListingCard, 'slug' | 'startsAt' | 'timeZone' | 'category' | 'citySlug' | 'organiser' | 'languages'>

/**
 * Listings with a page each and one for every month, by the first piece of their address: the slug that an event has there. A new
 * one is a row here and its pages in src/pages.
 */
const listingSlugs = {
  city: (card: Listed): string => card.citySlug,
  category: (card: Listed): string => card.category,
}
const listingKinds = ['city', 'category'] as const satisfies readonly (keyof typeof listingSlugs)[]

/** A list of events: everything, one organiser's, or one listing's. */
export type List = 'all' | `organiser#${string}` | `${(typeof listingKinds)[number]}#${string}`

/** A list, or the part of it that is offered in a language: the site's own language lists everything. */
export type Facet = List | `${Language}/${List}`

export const facetIn = (language: Language, list: List): Facet =>
  language === siteLanguage ? list : `${language}/${list}`

/** The languages whose lists an event stands in. */
const listedIn = (offered: readonly Language[]): readonly Language[] => [
  siteLanguage,
  ...offered.filter((language) => language !== siteLanguage),
]

/** What each list shows of an event; as many items in the database as this has elements. */
export function listingsOf(event: EventRecord): readonly { readonly facet: Facet; readonly card: ListingCard }[] {
  return listedIn(languagesOf(event)).flatMap((language) => {
    const card = cardOf(event, language)
    return listsOf(card).map((list) => ({ facet: facetIn(language, list), card }))
  })
}

const listsOf = (card: Listed): readonly List[] => [
  'all',
  ...listingKinds.map((kind) => `${kind}#${listingSlugs[kind](card)}` as const),
  `organiser#${card.organiser.slug}`,
]

/** What the pages below `/city/seville`, `/de/city/zurich` or `/month` list; null for an address that lists nothing. */
export function facetOfList(address: string): Facet | null {
  const { language, path } = splitPath(address)
  const [, first = '', slug = ''] = path.split('/')
  const kind = listingKinds.find((one) => one === first)
  const list = first === 'month' ? 'all' : kind && (`${kind}#${slug}` as const)
  return list ? facetIn(language ?? siteLanguage, list) : null
}

const listPathsOf = (card: Listed): readonly string[] =>
  listingKinds.map((kind) => `/${kind}/${listingSlugs[kind](card)}/`)

/** The card in a language, or in the event's own one where it is not offered in that. */
export function cardOf(event: EventRecord, language: Language = siteLanguage): ListingCard {
  const offered = languagesOf(event)
  const { name, summary } = inLanguage(event, language)
  return {
    eventId: event.id,
    slug: event.slug,
    language: offered.find((one) => one === language) ?? offered[0] ?? siteLanguage,
    languages: offered,
    name,
    summary,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    timeZone: event.timeZone,
    venueName: event.venue.name,
    city: event.venue.city,
    citySlug: event.venue.citySlug,
    category: event.category,
    organiser: { slug: event.organiser.slug, name: event.organiser.name },
    priceFrom: priceFromOf(event),
    picture: event.picture,
    saleState: event.saleState,
    updatedAt: event.updatedAt,
  }
}

function priceFromOf(event: EventRecord): Money | null {
  const visible = event.ticketTypes.filter((type) => !type.hidden)
  const prices = visible.map(({ priceMinor }) => chargeLine(priceMinor, 0, 1, event).totalMinor)
  return prices.length > 0 ? { amountMinor: Math.min(...prices), currency: event.currency } : null
}

/** The sitemap's chunk for everything that is not an event. */
export const sitemapOfPages = '/sitemap/pages.xml'

/** Every path whose bytes say something of an event. An edit in place renders these and no other. */
export function pathsOf(card: Listed): readonly string[] {
  return [
    ...eventPaths(card.slug, card.languages).flatMap(({ path }) => [path, `${path}event.ics`]),
    '/feed.xml',
    ...listedIn(card.languages).flatMap((language) => listPathsIn(card, language)),
    `/sitemap/${weekOf(card.startsAt)}.xml`,
  ]
}

const listPathsIn = (card: Listed, language: Language): readonly string[] =>
  ['/', `/organiser/${card.organiser.slug}/`, ...listPathsOf(card), ...monthsOf(card)].map((path) =>
    pathIn(language, path),
  )

/** The lists of a month that an event stands in, in all its languages. */
export const monthPathsOf = (card: Listed): readonly string[] =>
  listedIn(card.languages).flatMap((language) => monthsOf(card).map((path) => pathIn(language, path)))

/** Lists and months in languages other than the site's: what a language brings into being when an event is offered in it. */
export const translatedListPathsOf = (card: Listed): readonly string[] =>
  card.languages.filter((one) => one !== siteLanguage).flatMap((language) => listPathsIn(card, language))

function monthsOf(card: Listed): readonly string[] {
  const month = monthOf(card.startsAt, card.timeZone)
  return [`/month/${month}/`, ...listPathsOf(card).map((path) => `${path}${month}/`)]
}

/** Pages that stand by themselves and are there in every language that an event was ever offered in: a buyer's links lead to them. */
export const translatedPages = [
  '/',
  '/about/',
  '/accessibility/',
  '/account/',
  '/order/',
  '/privacy/',
  '/sign-in/',
  '/terms/',
] as const

const translatedSections = ['events', 'organiser', 'month', ...listingKinds]

/** Whether a page's address may carry a language; the desk, the door and files for machines are in the site's own. */
export const isTranslatable = (path: string): boolean =>
  translatedPages.some((page) => page === path) || translatedSections.some((one) => path.startsWith(`/${one}/`))

/** The paths that a change of one event touches; none for changes between drafts. */
export function pathsOfChange(before: EventRecord | null, after: EventRecord | null): readonly string[] {
  const seen = [before, after].filter((event) => event !== null).filter(isPublic)
  return [...new Set(seen.map((event) => cardOf(event)).flatMap(pathsOf))]
}
