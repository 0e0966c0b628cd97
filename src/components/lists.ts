import type { Facet, SiteReader } from '#contracts/site.ts'
import type { Instant, ListingCard } from '#domain/catalog.ts'
import { isOpen, isRunning, runningBeside } from '#domain/listings.ts'
import { type List, weekendLength, weekendRuns } from '#domain/lists.ts'
import { isInWeekend, weekendWindow } from '#domain/schedule.ts'
import { readCards, takeFitting } from './read-cards.ts'

type Listing = Pick<SiteReader, 'listing'>

/** The events of a list that have not begun, the soonest first. Pages show them; the publisher asks whether an event is among them. */
export function soonestOf(
  reader: Listing,
  { facet, shows, ...list }: Pick<List, 'facet' | 'shows' | 'isOpen'>,
  now: Instant,
): Promise<readonly ListingCard[]> {
  return takeFitting(readCards(reader, facet, { from: now }, shows), shows, (card) => !list.isOpen || isOpen(card))
}

/** Of so many that have begun a list looks at the latest. */
const mostBegun = 1000

/** What of a list has begun and can still be gone to, what lasts longest first. */
export async function runningOf(reader: Listing, facet: Facet, now: Instant): Promise<readonly ListingCard[]> {
  const { running, isOf } = runningBeside(facet)
  const cards = await reader.listing(running, { before: now, limit: mostBegun, newestFirst: true })
  return cards
    .filter((card) => isRunning(card, now) && isOf(card))
    .sort((one, other) => compareText(other.endsAt, one.endsAt) || compareText(one.eventId, other.eventId))
}

const compareText = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

/** What a page shows of a list: `ahead` the soonest, `running` what is on already. */
export interface Shown {
  readonly running: readonly ListingCard[]
  readonly ahead: readonly ListingCard[]
}

export async function shownOf(reader: Listing, list: List, now: Instant): Promise<Shown> {
  const ahead = await soonestOf(reader, list, now)
  const places = Math.max(list.runs, list.shows - ahead.length)
  const running = places > 0 ? (await runningOf(reader, list.facet, now)).slice(0, places) : []
  return { running, ahead: ahead.slice(0, list.shows - running.length) }
}

/** The last that are over, or can be gone to no more. */
export async function pastOf(
  reader: Listing,
  facet: Facet,
  now: Instant,
  count: number,
): Promise<readonly ListingCard[]> {
  for (let limit = count * 2; ; limit *= 4) {
    const begun = await reader.listing(facet, { before: now, limit, newestFirst: true })
    const past = begun.filter((card) => !isRunning(card, now))
    if (past.length >= count || begun.length < limit) return past.slice(0, count)
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

/**
 * The events of this weekend that are not over: those that begin with it, the soonest first, what is on already, and where these leave
 * room what begins earlier in the week and goes on.
 */
export async function weekendOf(reader: Listing, facet: Facet, now: Instant): Promise<Shown> {
  const { friday, before } = weekendWindow(now)
  const fits = (card: ListingCard) => isInWeekend(card, now)
  const read = (from: Instant, before: Instant, count: number) =>
    takeFitting(readCards(reader, facet, { from, before }, count), count, fits)
  const withIt = await read(now > friday ? now : friday, before, weekendLength)
  const earlier = now < friday ? await read(now, friday, weekendLength - withIt.length) : []
  const ahead = [...earlier, ...withIt]
  const places = Math.max(weekendRuns, weekendLength - ahead.length)
  const running = (await runningOf(reader, facet, now)).filter(fits).slice(0, places)
  return { running, ahead: ahead.slice(0, weekendLength - running.length) }
}
