import type { SiteReader } from '#contracts/site.ts'
import type { Instant, ListingCard } from '#domain/catalog.ts'
import { isOpen } from '#domain/listings.ts'
import type { List } from '#domain/lists.ts'
import { rankOf } from '#domain/search-rank.ts'
import { runningOf } from './lists.ts'
import { readCards } from './read-cards.ts'

/** An event with its rank, as of when the list was read. */
export interface Ranked {
  readonly card: ListingCard
  readonly rank: number
}

/** So many are brought forward, the soonest, a tenth of the search's file: a box that every organiser ticked would bring forward nobody. */
export const mostBroughtForward = 250

const moreAtOnce = 500

/**
 * The events of a list that have not begun, and some that have, the best ranked first. Exact in however large a catalogue, without reading it: the soonest
 * are read until whatever begins later cannot rank before the last one.
 */
export async function bestOf(
  reader: Pick<SiteReader, 'listing'>,
  { facet, shows, runs, bringsForward }: List,
  now: Instant,
): Promise<readonly Ranked[]> {
  const range = { from: now, limit: mostBroughtForward }
  const broughtForward = bringsForward ? await reader.listing(bringsForward, range) : []
  const running = (await runningOf(reader, facet, now)).slice(0, runs)
  const inDemand = new Set(broughtForward.map(({ eventId }) => eventId))
  const soonest: ListingCard[] = []
  // A tenth more than it shows: of the soonest some are sold out.
  const cards = readCards(reader, facet, { from: now }, Math.ceil(shows * 1.1))
  for (let enough = Math.ceil(shows * 1.1); ; enough += moreAtOnce) {
    const isAll = await readUntil(cards, soonest, enough)
    const known = new Map([...soonest, ...broughtForward, ...running].map((card) => [card.eventId, card]))
    const best = [...known.values()]
      .filter(isOpen)
      .map((card) => ({ card, rank: rankOf(card, inDemand.has(card.eventId)) }))
      .sort(byRank)
      .slice(0, shows)
    const [last, end] = [best.at(-1), soonest.at(-1)]
    const isExact = last && end && best.length === shows && last.rank < Date.parse(end.startsAt)
    if (isExact || isAll) return best
  }
}

/** @returns whether there are no more. */
async function readUntil(from: AsyncGenerator<ListingCard>, into: ListingCard[], count: number): Promise<boolean> {
  while (into.length < count) {
    const { done, value } = await from.next()
    if (done) return true
    into.push(value)
  }
  return false
}

function byRank(one: Ranked, other: Ranked): number {
  if (one.rank !== other.rank) return one.rank - other.rank
  return one.card.eventId < other.card.eventId ? -1 : 1
}
