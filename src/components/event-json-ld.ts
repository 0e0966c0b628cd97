import type { EventRecord, Instant, SaleState, TicketType } from '#domain/catalog.ts'
import { chargeLine } from '#domain/charges.ts'
import { type Language, pathIn } from '#domain/languages.ts'
import { minorDigits } from '#domain/money.ts'
import { allotmentsOf, currentPrice } from '#domain/price-phases.ts'
import { saleWindowOf } from '#domain/schedule.ts'
import { eventPath, languageOf, languagesOf } from '#domain/translations.ts'
import { withOffset } from './time-span.ts'

const availabilities: Readonly<Record<SaleState, string>> = {
  on_sale: 'InStock',
  low: 'LimitedAvailability',
  sold_out: 'SoldOut',
  not_yet: 'PreOrder',
  ended: 'SoldOut',
  cancelled: 'Discontinued',
}

/** schema.org/Event with every field that Google reads. */
export function eventJsonLd(
  event: EventRecord,
  siteUrl: string,
  now: Instant,
  language: Language = languageOf(event),
): object {
  const url = siteUrl + eventPath({ slug: event.slug, languages: languagesOf(event) }, language)
  const { venue, picture, timeZone } = event
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: event.name,
    description: event.summary,
    inLanguage: language,
    url,
    startDate: withOffset(event.startsAt, timeZone),
    endDate: withOffset(event.endsAt, timeZone),
    ...(event.doorsAt ? { doorTime: withOffset(event.doorsAt, timeZone) } : {}),
    eventStatus: `https://schema.org/${event.status === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    location: {
      '@type': 'Place',
      name: venue.name,
      address: {
        '@type': 'PostalAddress',
        streetAddress: venue.street,
        postalCode: venue.postalCode,
        addressLocality: venue.city,
        addressCountry: venue.country,
      },
      ...(venue.latitude === undefined || venue.longitude === undefined
        ? {}
        : { geo: { '@type': 'GeoCoordinates', latitude: venue.latitude, longitude: venue.longitude } }),
    },
    ...(picture ? { image: [`${siteUrl}${picture.base}-${picture.widths.at(-1)}.jpg`] } : {}),
    organizer: {
      '@type': 'Organization',
      name: event.organiser.name,
      url: siteUrl + pathIn(language, `/organiser/${event.organiser.slug}/`),
    },
    offers: event.ticketTypes.filter(({ hidden }) => !hidden).map((type) => offerOf(event, type, url, now)),
  }
}

function offerOf(event: EventRecord, type: TicketType, url: string, now: Instant): object {
  const price = chargeLine(staticPriceOf(type, now).priceMinor, 0, 1, event).totalMinor
  const state = staticStateOf(event, type, now)
  return {
    '@type': 'Offer',
    name: type.name,
    price: (price / 10 ** minorDigits(event.currency)).toFixed(minorDigits(event.currency)),
    priceCurrency: event.currency,
    availability: `https://schema.org/${availabilities[state]}`,
    validFrom: type.salesStartAt ?? event.publishedAt ?? event.createdAt,
    url,
  }
}

/** The price by the clock alone: allotments are taken to have room, and the island knows better. */
export const staticPriceOf = (type: TicketType, now: Instant) =>
  currentPrice(type, new Map(allotmentsOf([type], now).map((id) => [id, 1])), now)

/** What the page's own bytes can say of a ticket type: by the clock and the event's state; the island knows the stock. */
export function staticStateOf(event: EventRecord, type: TicketType, now: Instant): SaleState {
  if (event.status === 'cancelled') return 'cancelled'
  const { from, until } = saleWindowOf(type, event)
  if (now >= until) return 'ended'
  if (now < from) return 'not_yet'
  return event.saleState === 'sold_out' || event.saleState === 'ended' ? event.saleState : 'on_sale'
}
