import type { Facet, SiteReader } from '#contracts/site.ts'
import type { Instant, ListingCard } from '#domain/catalog.ts'
import { localTimeOf, monthOf, monthWindow, nextMonth } from '#domain/schedule.ts'

type Listing = Pick<SiteReader, 'listing'>

const batch = 20
const hour = 3_600_000

const monthOfCard = (card: ListingCard): string => monthOf(card.startsAt, card.timeZone)
const shift = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString()

/** The next month after `month` in which the list has an event. */
export async function laterMonth(reader: Listing, facet: Facet, month: string): Promise<string | null> {
  let { from } = monthWindow(nextMonth(month))
  for (let limit = batch; ; ) {
    const cards = await reader.listing(facet, { from, limit })
    const found = cards.map(monthOfCard).find((other) => other > month)
    const last = cards.at(-1)
    if (found || !last || cards.length < limit) return found ?? null
    if (isOneInstant(cards)) limit *= 2
    from = last.startsAt
  }
}

/** The last month before `month` in which the list has an event. */
export async function earlierMonth(reader: Listing, facet: Facet, month: string): Promise<string | null> {
  let before = shift(`${month}-01T00:00:00.000Z`, 12 * hour)
  for (let limit = batch; ; ) {
    const cards = await reader.listing(facet, { before, limit, newestFirst: true })
    const found = cards.map(monthOfCard).find((other) => other < month)
    const last = cards.at(-1)
    if (found || !last || cards.length < limit) return found ?? null
    if (isOneInstant(cards)) limit *= 2
    before = shift(last.startsAt, 1)
  }
}

/** So many begin together that none behind them can be seen: the next look must be wider, since the instant alone leads no further. */
const isOneInstant = (cards: readonly ListingCard[]): boolean => cards[0]?.startsAt === cards.at(-1)?.startsAt

/** Months with events from an instant on, at most `limit`. */
export async function monthsAhead(
  reader: Listing,
  facet: Facet,
  from: Instant,
  limit: number,
): Promise<readonly string[]> {
  const [first] = await reader.listing(facet, { from, limit: 1 })
  const months: string[] = []
  let month: string | null = first ? monthOfCard(first) : null
  while (month && months.length < limit) {
    months.push(month)
    month = await laterMonth(reader, facet, month)
  }
  return months
}

export interface Day {
  /** `2027-03-14` where the events are. */
  readonly day: string
  readonly cards: readonly ListingCard[]
}

export function byDay(cards: readonly ListingCard[]): readonly Day[] {
  const days = Map.groupBy(cards, (card) => localTimeOf(card.startsAt, card.timeZone).slice(0, 10))
  return [...days].map(([day, list]) => ({ day, cards: list })).sort((a, b) => (a.day < b.day ? -1 : 1))
}
