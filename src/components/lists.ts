import type { Facet, SiteReader } from '#contracts/site.ts'
import type { Instant, ListingCard } from '#domain/catalog.ts'
import { type List, weekendLength } from '#domain/listings.ts'
import { isInWeekend, weekendWindow } from '#domain/schedule.ts'

type Listing = Pick<SiteReader, 'listing'>

/** The events of a list that have not begun, the soonest first. Pages show them; the publisher asks whether an event is among them. */
export async function soonestOf(
  reader: Listing,
  { facet, shows, isOpen }: List,
  now: Instant,
): Promise<readonly ListingCard[]> {
  const fits = (card: ListingCard) => !isOpen || isOpenCard(card)
  for (let limit = shows; ; limit *= 4) {
    const cards = await reader.listing(facet, { from: now, limit })
    const found = cards.filter(fits)
    if (found.length >= shows || cards.length < limit) return found.slice(0, shows)
  }
}

/** Where they are, by name. */
export function citiesOf(
  cards: readonly ListingCard[],
  locale: string,
): readonly { readonly slug: string; readonly name: string }[] {
  const cities = new Map(cards.map(({ citySlug, city }) => [citySlug, city]))
  return [...cities].map(([slug, name]) => ({ slug, name })).sort((a, b) => a.name.localeCompare(b.name, locale))
}

/** Neither cancelled nor past its sales. */
export const isOpenCard = ({ saleState }: Pick<ListingCard, 'saleState'>): boolean =>
  saleState !== 'cancelled' && saleState !== 'ended'

/** The events of this weekend that are not over, the soonest first. */
export async function weekendOf(reader: Listing, facet: Facet, now: Instant): Promise<readonly ListingCard[]> {
  const cards = await reader.listing(facet, { ...weekendWindow(now), limit: Number.POSITIVE_INFINITY })
  return cards.filter((card) => isInWeekend(card, now) && card.endsAt > now).slice(0, weekendLength)
}
