import type { SiteReader } from '#contracts/site.ts'
import type { Category, Instant, ListingCard } from '#domain/catalog.ts'
import type { Facet } from '#domain/lists.ts'

/** So many of a city's soonest events are looked at. */
const mostSeen = 200
/** More than a page shows: the reader's browser leaves out the event that he looks at, and prefers its organiser. */
const mostTold = 12

/** What can still be gone to in a city, of a category before all others; one answer for every event of both. */
export async function nearbyCards(
  reader: Pick<SiteReader, 'listing'>,
  city: Facet,
  category: Category,
  now: Instant,
): Promise<readonly ListingCard[]> {
  const cards = await reader.listing(city, { from: now, limit: mostSeen })
  const isOther = (card: ListingCard) => Number(card.category !== category)
  return cards
    .filter(({ saleState }) => saleState === 'on_sale' || saleState === 'low' || saleState === 'not_yet')
    .toSorted((a, b) => isOther(a) - isOther(b))
    .slice(0, mostTold)
}
