import type { SiteReader } from '#contracts/site.ts'
import type { Instant, ListingCard } from '#domain/catalog.ts'
import type { List } from '#domain/listings.ts'
import { rankOf } from '#domain/search-rank.ts'
import { isOpenCard } from './lists.ts'

/** An event with its rank, as of when the list was read. */
export interface Ranked {
  readonly card: ListingCard
  readonly rank: number
}

/** So many are brought forward, the soonest, a tenth of the search's file: a box that every organiser ticked would bring forward nobody. */
export const mostBroughtForward = 250

/**
 * The events of a list that have not begun, the best ranked first. Exact in however large a catalogue, without reading it: the soonest
 * are read until whatever begins later cannot rank before the last one.
 */
export async function bestOf(
  reader: Pick<SiteReader, 'listing'>,
  { facet, shows, bringsForward }: List,
  now: Instant,
): Promise<readonly Ranked[]> {
  const range = { from: now, limit: mostBroughtForward }
  const broughtForward = bringsForward ? await reader.listing(bringsForward, range) : []
  const inDemand = new Set(broughtForward.map(({ eventId }) => eventId))
  // A quarter more than it shows: of the soonest some are sold out.
  for (let limit = Math.ceil(shows * 1.25); ; limit *= 2) {
    const soonest = await reader.listing(facet, { from: now, limit })
    const known = new Map([...soonest, ...broughtForward].map((card) => [card.eventId, card]))
    const best = [...known.values()]
      .filter(isOpenCard)
      .map((card) => ({ card, rank: rankOf(card, inDemand.has(card.eventId)) }))
      .sort(byRank)
      .slice(0, shows)
    const [last, end] = [best.at(-1), soonest.at(-1)]
    const isExact = last && end && best.length === shows && last.rank < Date.parse(end.startsAt)
    if (isExact || soonest.length < limit) return best
  }
}

function byRank(one: Ranked, other: Ranked): number {
  if (one.rank !== other.rank) return one.rank - other.rank
  return one.card.eventId < other.card.eventId ? -1 : 1
}
