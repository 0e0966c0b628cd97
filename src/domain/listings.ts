import type { Category, EventRecord, ListingCard } from './catalog.ts'
import { chargeLine } from './charges.ts'
import type { Money } from './money.ts'
import { isInWeekend, weekOf } from './schedule.ts'

/** Whether the event has a public page. A cancelled one keeps it, so that those who bought, and search engines, learn of it. */
export function isPublic(event: Pick<EventRecord, 'status' | 'publishedAt'>): boolean {
  return event.status === 'published' || (event.status === 'cancelled' && event.publishedAt !== undefined)
}

/** A list of events: everything, one organiser's, one city's, one category's, what costs nothing anywhere or in a city. */
export type Facet = 'all' | 'free' | `${'organiser' | 'city' | 'category' | 'free'}#${string}`

/** The events that a page shows: the soonest of a facet, no more than `shows`. */
export interface List {
  readonly facet: Facet
  readonly shows: number
  /** Without those that are cancelled or sell no more. */
  readonly isOpen?: true
}

export const lists = {
  home: { facet: 'all', shows: 11, isOpen: true },
  free: { facet: 'free', shows: 60 },
  searchEverywhere: { facet: 'all', shows: 1000, isOpen: true },
  ofCity: (slug: string): List => ({ facet: `city#${slug}`, shows: 24 }),
  ofCategory: (category: Category): List => ({ facet: `category#${category}`, shows: 60 }),
  ofOrganiser: (slug: string): List => ({ facet: `organiser#${slug}`, shows: 40 }),
  freeIn: (citySlug: string): List => ({ facet: `free#${citySlug}`, shows: 60 }),
  searchIn: (citySlug: string): List => ({ facet: `city#${citySlug}`, shows: 5000, isOpen: true }),
} as const satisfies Record<string, List | ((...args: never[]) => List)>

/** No weekend page shows more; a busier one is narrowed by city. */
export const weekendLength = 200

/** The lists in which an event stands. */
export function facetsOf(event: EventRecord): readonly Facet[] {
  const { citySlug, category, organiser, priceFrom } = cardOf(event)
  return [
    'all',
    `city#${citySlug}`,
    `category#${category}`,
    `organiser#${organiser.slug}`,
    ...(isFree({ priceFrom }) ? (['free', `free#${citySlug}`] as const) : []),
  ]
}

export const isFree = ({ priceFrom }: Pick<ListingCard, 'priceFrom'>): boolean => priceFrom?.amountMinor === 0

export function cardOf(event: EventRecord): ListingCard {
  return {
    eventId: event.id,
    slug: event.slug,
    name: event.name,
    summary: event.summary,
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
    version: event.version,
    publishedAt: event.publishedAt ?? event.createdAt,
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

/** A file whose bytes say something of an event. */
export interface Place {
  readonly path: string
  /** All that this file shows of the event, and nothing else: while it stays, the bytes do. Null: any change may alter them. */
  readonly says: string | null
  /** What the page shows, where that is only the soonest: an event behind them is not seen there. */
  readonly list?: List
}

/**
 * Every place of an event, as of the instant when its card was written: THE table by which the publisher knows what to render after a
 * change. A page, feed or other file that shows events has its row here; only the calendars, whose paths depend on how busy they
 * are, stand beside it. An event's own files must show no other event: an edit would touch those of all events that it is shown on.
 */
export function placesOf(card: ListingCard): readonly Place[] {
  const { slug, citySlug, category, organiser, startsAt, endsAt, updatedAt } = card
  const says = saidOnCard(card)
  const withSummary = says + card.summary
  const isAhead = startsAt >= updatedAt
  return [
    { path: `/events/${slug}/`, says: null },
    { path: `/events/${slug}/event.ics`, says: null },
    { path: `/sitemap/${weekOf(startsAt)}.xml`, says: null },
    { path: `/organiser/${organiser.slug}/`, says: `${isAhead} ${says}` },
    ...(isAhead ? comingPlaces() : []),
    ...(isInWeekend(card, updatedAt) && updatedAt < endsAt ? weekendPlaces() : []),
  ]

  function comingPlaces(): readonly Place[] {
    return [
      { path: '/', says: withSummary, list: lists.home },
      { path: '/search/everywhere.json', says: withSummary, list: lists.searchEverywhere },
      { path: `/search/city/${citySlug}.json`, says: withSummary },
      { path: `/city/${citySlug}/`, says, list: lists.ofCity(citySlug) },
      { path: `/category/${category}/`, says, list: lists.ofCategory(category) },
      ...(isFree(card)
        ? [
            { path: '/free/', says, list: lists.free },
            { path: `/city/${citySlug}/free/`, says, list: lists.freeIn(citySlug) },
          ]
        : []),
    ]
  }

  function weekendPlaces(): readonly Place[] {
    return ['/weekend/', `/city/${citySlug}/weekend/`].map((path) => ({ path, says }))
  }
}

/** The paths of its places; calendars not among them. */
export const pathsOf = (card: ListingCard): readonly string[] => placesOf(card).map(({ path }) => path)

/** A listing with a page for each stretch of the calendar that has events: see buckets.ts. */
export interface Calendar {
  /** Continued by the name of a bucket: `/city/seville/`. */
  readonly base: string
  readonly facet: Facet
}

/** The calendars in which an event stands. */
export const calendarsOf = ({ citySlug }: Pick<ListingCard, 'citySlug'>): readonly Calendar[] => [
  { base: '/month/', facet: 'all' },
  { base: `/city/${citySlug}/`, facet: `city#${citySlug}` },
]

/** What a page of a calendar says of an event; what has begun stands apart there. */
export const saidInCalendar = (card: ListingCard): string => `${card.startsAt >= card.updatedAt} ${saidOnCard(card)}`

function saidOnCard({ summary: _, version: __, publishedAt: ___, updatedAt: ____, ...shown }: ListingCard): string {
  return JSON.stringify(shown)
}

/** What a city has as soon as it is known, whether anything is on there or not: a page without events is better than a broken link. */
export const pathsOfCity = (citySlug: string): readonly string[] => [
  `/city/${citySlug}/`,
  `/city/${citySlug}/weekend/`,
  `/city/${citySlug}/free/`,
  `/search/city/${citySlug}.json`,
]

/** The places whose words a change alters, where it now stands before where it stood; none for changes between drafts. */
export function placesOfChange(before: EventRecord | null, after: EventRecord | null): readonly Place[] {
  const [old = [], current = []] = [before, after].map((event) =>
    event && isPublic(event) ? placesOf(cardOf(event)) : [],
  )
  const isNewIn = (others: readonly Place[]) => (one: Place) =>
    !others.some(({ path, says }) => path === one.path && says === one.says && says !== null)
  const changed = [...current.filter(isNewIn(old)), ...old.filter(isNewIn(current))]
  return [...new Map(changed.map((place) => [place.path, place])).values()]
}
