import { priceFromText } from '../../components/price.ts'
import { clock, dayPieces, zoneName } from '../../components/when.ts'
import { stateBadge } from '../../components/words.ts'
import type { FoundEvent } from './found-event.ts'

/** An event as the list of what was found says it. */
export interface Result {
  readonly href: string
  readonly name: string
  readonly day: string
  readonly weekday: string
  readonly date: string
  readonly month: string
  readonly time: string
  readonly place: string
  readonly category: string
  readonly price: string
  readonly badge: string
  readonly badgeClass: string
}

export function resultOf(event: FoundEvent, category: string): Result {
  const { slug, name, startsAt, timeZone, venueName, city, priceMinor, currency, saleState } = event
  const badge = stateBadge(saleState)
  return {
    href: `/events/${slug}/`,
    name,
    day: startsAt,
    ...dayPieces(startsAt, timeZone),
    time: `${clock(startsAt, timeZone)} ${zoneName(startsAt, timeZone)}`,
    place: `${venueName}, ${city}`,
    category,
    price: priceMinor === null ? '' : priceFromText({ amountMinor: priceMinor, currency }),
    badge: badge?.text ?? '',
    badgeClass: badge ? `badge badge-${badge.tone}` : '',
  }
}
