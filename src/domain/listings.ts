import type { EventRecord, ListingCard } from './catalog.ts'
import { chargeLine } from './charges.ts'
import type { Money } from './money.ts'
import { monthOf, weekOf } from './schedule.ts'

/** Whether the event has a public page. A cancelled one keeps it, so that those who bought, and search engines, learn of it. */
export function isPublic(event: Pick<EventRecord, 'status' | 'publishedAt'>): boolean {
  return event.status === 'published' || (event.status === 'cancelled' && event.publishedAt !== undefined)
}

/** The lists in which an event stands, as `Facet` names them. */
export function facetsOf(event: EventRecord) {
  return [
    'all',
    `city#${event.venue.citySlug}`,
    `category#${event.category}`,
    `organiser#${event.organiser.slug}`,
  ] as const
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

/** What of an event decides in which pages it stands. */
export type Placed = Pick<EventRecord, 'slug' | 'category' | 'startsAt' | 'timeZone'> & {
  readonly organiser: { readonly slug: string }
  readonly venue: { readonly citySlug: string }
}

type Listed = Pick<ListingCard, 'slug' | 'startsAt' | 'timeZone' | 'category' | 'citySlug' | 'organiser'>

/** Every path whose bytes say something of an event. An edit in place renders these and no other. */
export function pathsOf(card: Listed): readonly string[] {
  return [
    `/events/${card.slug}/`,
    `/events/${card.slug}/event.ics`,
    '/',
    '/feed.xml',
    `/organiser/${card.organiser.slug}/`,
    `/city/${card.citySlug}/`,
    `/category/${card.category}/`,
    ...monthPathsOf(card),
    `/sitemap/${weekOf(card.startsAt)}.xml`,
  ]
}

export function monthPathsOf(card: Listed): readonly string[] {
  const month = monthOf(card.startsAt, card.timeZone)
  return [`/month/${month}/`, `/city/${card.citySlug}/${month}/`, `/category/${card.category}/${month}/`]
}

/** The paths that a change of one event touches; none for changes between drafts. */
export function pathsOfChange(before: EventRecord | null, after: EventRecord | null): readonly string[] {
  const seen = [before, after].filter((event) => event !== null).filter(isPublic)
  return [...new Set(seen.map(cardOf).flatMap(pathsOf))]
}
