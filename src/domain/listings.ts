import type { EventRecord, ListingCard } from './catalog.ts'
import { chargeLine } from './charges.ts'
import type { Money } from './money.ts'
import { monthOf, weekOf } from './schedule.ts'

/** Whether the event has a public page. A cancelled one keeps it, so that those who bought, and search engines, learn of it. */
export function isPublic(event: Pick<EventRecord, 'status' | 'publishedAt'>): boolean {
  return event.status === 'published' || (event.status === 'cancelled' && event.publishedAt !== undefined)
}

type Listed = Pick<ListingCard, 'slug' | 'startsAt' | 'timeZone' | 'category' | 'citySlug' | 'organiser'>

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
export type Facet = 'all' | `organiser#${string}` | `${(typeof listingKinds)[number]}#${string}`

/** The lists in which an event stands. */
export function facetsOf(event: EventRecord): readonly Facet[] {
  const card = cardOf(event)
  return [
    'all',
    ...listingKinds.map((kind) => `${kind}#${listingSlugs[kind](card)}` as const),
    `organiser#${card.organiser.slug}`,
  ]
}

/** What the pages below `/city/seville` or `/month` list; null for an address that lists nothing. */
export function facetOfList(list: string): Facet | null {
  const [, first = '', slug = ''] = list.split('/')
  if (first === 'month') return 'all'
  const kind = listingKinds.find((one) => one === first)
  return kind ? `${kind}#${slug}` : null
}

const listPathsOf = (card: Listed): readonly string[] =>
  listingKinds.map((kind) => `/${kind}/${listingSlugs[kind](card)}/`)

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

/** Every path whose bytes say something of an event. An edit in place renders these and no other. */
export function pathsOf(card: Listed): readonly string[] {
  return [
    `/events/${card.slug}/`,
    `/events/${card.slug}/event.ics`,
    '/',
    '/feed.xml',
    `/organiser/${card.organiser.slug}/`,
    ...listPathsOf(card),
    ...monthPathsOf(card),
    `/sitemap/${weekOf(card.startsAt)}.xml`,
  ]
}

export function monthPathsOf(card: Listed): readonly string[] {
  const month = monthOf(card.startsAt, card.timeZone)
  return [`/month/${month}/`, ...listPathsOf(card).map((path) => `${path}${month}/`)]
}

/** The paths that a change of one event touches; none for changes between drafts. */
export function pathsOfChange(before: EventRecord | null, after: EventRecord | null): readonly string[] {
  const seen = [before, after].filter((event) => event !== null).filter(isPublic)
  return [...new Set(seen.map(cardOf).flatMap(pathsOf))]
}
