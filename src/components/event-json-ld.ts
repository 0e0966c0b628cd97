import type { EventRecord, Instant, Picture, SaleState, TicketType } from '#domain/catalog.ts'
import { chargeLine } from '#domain/charges.ts'
import { type Language, pathIn } from '#domain/languages.ts'
import { minorDigits } from '#domain/money.ts'
import { publicPrice } from '#domain/price-phases.ts'
import { saleWindowOf } from '#domain/schedule.ts'
import { eventPath, languageOf, languagesOf } from '#domain/translations.ts'
import { withOffset } from './time-span.ts'

/** The three that Google reads of an event's offers. */
const availabilities: Readonly<Record<SaleState, string>> = {
  on_sale: 'InStock',
  low: 'InStock',
  sold_out: 'SoldOut',
  not_yet: 'PreOrder',
  ended: 'SoldOut',
  cancelled: 'SoldOut',
}

/** Google shows no smaller picture. */
const smallestImage = 720

/** schema.org/Event with every field that Google reads. */
export function eventJsonLd(
  event: EventRecord,
  siteUrl: string,
  now: Instant,
  language: Language = languageOf(event),
  /** Site path of the picture made for previews. */
  share: string | null = null,
): object {
  const url = siteUrl + eventPath({ slug: event.slug, languages: languagesOf(event) }, language)
  const { venue, timeZone, performers = [] } = event
  const images = imagesOf(event.picture, share)
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
    ...statusOf(event),
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
    ...(images.length > 0 ? { image: images.map((path) => siteUrl + path) } : {}),
    organizer: {
      '@type': 'Organization',
      name: event.organiser.name,
      url: siteUrl + pathIn(language, `/organiser/${event.organiser.slug}/`),
    },
    ...(performers.length > 0 ? { performer: performers.map((name) => ({ '@type': 'PerformingGroup', name })) } : {}),
    offers: event.ticketTypes.filter(({ hidden }) => !hidden).map((type) => offerOf(event, type, url, now)),
  }
}

/** A cancelled event keeps its dates, a rescheduled one names those that were announced before. */
function statusOf({ status, previousStarts = [], timeZone }: EventRecord): object {
  const isMoved = previousStarts.length > 0
  const known = { cancelled: 'EventCancelled', moved: 'EventRescheduled', planned: 'EventScheduled' }
  const eventStatus = `https://schema.org/${known[status === 'cancelled' ? 'cancelled' : isMoved ? 'moved' : 'planned']}`
  return {
    eventStatus,
    ...(isMoved ? { previousStartDate: previousStarts.map((start) => withOffset(start, timeZone)) } : {}),
  }
}

/** The largest as it is, and the wide one made for previews: result pages choose by their own proportions. */
function imagesOf(picture: Picture | null, share: string | null): readonly string[] {
  const largest = picture?.widths.filter((width) => width >= smallestImage).at(-1)
  return [...(picture && largest ? [`${picture.base}-${largest}.jpg`] : []), ...(share ? [share] : [])]
}

function offerOf(event: EventRecord, type: TicketType, url: string, now: Instant): object {
  const { priceMinor, phase } = publicPrice(event, type, now)
  const price = chargeLine(priceMinor, 0, 1, event).totalMinor
  const state = staticStateOf(event, type, now)
  const phaseEnds = type.phases?.find(({ name }) => name === phase)?.endsAt
  const { until } = saleWindowOf(type, event)
  return {
    '@type': 'Offer',
    name: type.name,
    price: (price / 10 ** minorDigits(event.currency)).toFixed(minorDigits(event.currency)),
    priceCurrency: event.currency,
    availability: `https://schema.org/${availabilities[state]}`,
    validFrom: type.salesStartAt ?? event.publishedAt ?? event.createdAt,
    validThrough: until,
    ...(phaseEnds ? { priceValidUntil: phaseEnds } : {}),
    url,
  }
}

/** What the page's own bytes say of a ticket type: by the clock, the event's state and the pools known to be empty. */
export function staticStateOf(event: EventRecord, type: TicketType, now: Instant): SaleState {
  if (event.status === 'cancelled') return 'cancelled'
  const { from, until } = saleWindowOf(type, event)
  if (now >= until) return 'ended'
  if (now < from) return 'not_yet'
  if (type.poolIds.some((id) => event.emptyPoolIds?.includes(id))) return 'sold_out'
  return event.saleState === 'sold_out' || event.saleState === 'ended' ? event.saleState : 'on_sale'
}
