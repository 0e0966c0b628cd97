import type { Facet, SiteReader } from '#contracts/site.ts'
import type { Instant, ListingCard } from '#domain/catalog.ts'

/** No page of a database holds much more. */
const mostAtOnce = 500

/**
 * The cards of a stretch of a list by start, read piece by piece and none twice, as far as somebody looks.
 *
 * @param first how many are read at first; later pieces are larger.
 */
export async function* readCards(
  reader: Pick<SiteReader, 'listing'>,
  facet: Facet,
  { from, before }: { readonly from?: Instant; readonly before?: Instant },
  first: number,
): AsyncGenerator<ListingCard> {
  let [start, limit] = [from, first]
  let known = new Set<string>()
  for (;;) {
    const range = { ...(start ? { from: start } : {}), ...(before ? { before } : {}), limit: limit + known.size }
    const cards = await reader.listing(facet, range)
    for (const card of cards) if (!known.has(card.eventId)) yield card
    const last = cards.at(-1)
    if (!last || cards.length < range.limit) return
    start = last.startsAt
    known = new Set(cards.filter(({ startsAt }) => startsAt === start).map(({ eventId }) => eventId))
    limit = Math.min(limit * 2, mostAtOnce)
  }
}

/** The first `count` that fit. */
export async function takeFitting(
  cards: AsyncIterable<ListingCard>,
  count: number,
  fits: (card: ListingCard) => boolean = () => true,
): Promise<readonly ListingCard[]> {
  const found: ListingCard[] = []
  if (count <= 0) return found
  for await (const card of cards) {
    if (fits(card)) found.push(card)
    if (found.length === count) break
  }
  return found
}
