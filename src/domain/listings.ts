import type { EventRecord, ListingCard } from './catalog.ts'
import { chargeLine } from './charges.ts'
import type { Money } from './money.ts'
import { weekOf } from './schedule.ts'

/** Whether the event has a public page. A cancelled one keeps it, so that those who bought, and search engines, learn of it. */
export function isPublic(event: Pick<EventRecord, 'status' | 'publishedAt'>): boolean {
  return event.status === 'published' || (event.status === 'cancelled' && event.publishedAt !== undefined)
}

/** What an address is made of. */
export type Listed = Pick<ListingCard, 'slug' | 'startsAt' | 'timeZone' | 'category' | 'citySlug' | 'organiser'>

/**
 * Listings with a page each and one for every stretch of the calendar, by the first piece of their address: the slug that an event
 * has there. A new one is a row here and its pages in src/pages.
 */
const listingSlugs = {
  city: (card: Listed): string => card.citySlug,
  category: (card: Listed): string => card.category,
}
const listingKinds = ['city', 'category'] as const satisfies readonly (keyof typeof listingSlugs)[]

/** A list of events: everything, one organiser's, or one listing's. */
export type Facet = 'all' | `organiser#${string}` | `${(typeof listingKinds)[number]}#${string}`

/** The lists in which an event stands. */
export function facetsOf(event: EventRecord): readonly Facet[] {
  const card = cardOf(event)
  return ['all', ...listingsOf(card).map(({ facet }) => facet), `organiser#${card.organiser.slug}`]
}

interface Listing {
  /** `/city/seville/` */
  readonly path: string
  readonly facet: Facet
}

const listingsOf = (card: Listed): readonly Listing[] =>
  listingKinds.map((kind) => {
    const slug = listingSlugs[kind](card)
    return { path: `/${kind}/${slug}/`, facet: `${kind}#${slug}` }
  })

/** The listings whose calendar an event stands in; each path is continued by the name of a bucket: see buckets.ts. */
export const calendarsOf = (card: Listed): readonly Listing[] => [
  { path: '/month/', facet: 'all' },
  ...listingsOf(card),
]

/**
 * One kind of file of the public site that says something of an event: THE place where a page, a feed or any other file that is made
 * from events makes itself known. The publisher renders a file after a change when it has a row here and
 *
 * - the event has come, gone or moved (its address, date, place, kind or organiser, or it has begun), or
 * - `shows` is not what it was before, and, where the file has a `window`, the event is in it.
 *
 * Calendars are beside this table, since their paths depend on how busy they are. An event's own page must show no other event: an
 * edit would touch the pages of all that it is shown on.
 */
interface PageKind {
  readonly paths: (card: Listed) => readonly string[]
  /** Everything that these files say of an event. */
  readonly shows: (event: EventRecord) => unknown
  /** Present where a file shows only the next `count` events of a list from now on, but none that has begun. */
  readonly window?: (card: Listed) => { readonly facet: Facet; readonly count: number }
}

/** How many events these show: pages and feeds read as many from their list. */
export const shownNext = { home: 40, feed: 60, listing: 24 } as const

const shownOnCard = (event: EventRecord) => ({ ...cardOf(event), updatedAt: undefined })

export const pageKinds: readonly PageKind[] = [
  { paths: ({ slug }) => [`/events/${slug}/`, `/events/${slug}/event.ics`], shows: (event) => event },
  { paths: () => ['/'], shows: shownOnCard, window: () => ({ facet: 'all', count: shownNext.home }) },
  { paths: () => ['/feed.xml'], shows: shownOnCard, window: () => ({ facet: 'all', count: shownNext.feed }) },
  { paths: ({ organiser }) => [`/organiser/${organiser.slug}/`], shows: shownOnCard },
  ...listingKinds.map((_, at): PageKind => {
    const listing = (card: Listed) => listingsOf(card)[at] ?? { path: '/', facet: 'all' }
    return {
      paths: (card) => [listing(card).path],
      shows: shownOnCard,
      window: (card) => ({ facet: listing(card).facet, count: shownNext.listing }),
    }
  }),
  {
    paths: ({ startsAt }) => [`/sitemap/${weekOf(startsAt)}.xml`],
    shows: ({ slug, updatedAt }) => [slug, updatedAt],
  },
]

/** Files that the calendar alone changes, without any event (such as a list of this weekend): looked at each quarter of an hour. */
export const clockPaths: readonly string[] = []

/** Every path with a row in the table; calendars not among them. */
export const pathsOf = (card: Listed): readonly string[] => pageKinds.flatMap(({ paths }) => paths(card))

/** What a page of a calendar says of an event. */
export const shownInCalendar = shownOnCard

/** Where an event stands: when that changes, pages that did not show it may now, and the reverse. */
export function placeOf(event: EventRecord): string {
  const { slug, startsAt, timeZone, citySlug, category, organiser, updatedAt } = cardOf(event)
  return JSON.stringify([slug, startsAt, timeZone, citySlug, category, organiser.slug, updatedAt >= startsAt])
}

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
