import type { Category, Instant, SaleState } from '#domain/catalog.ts'

/** Another event as the feed of a city tells it. */
export interface NearbyEvent {
  /** Where it is read. */
  readonly path: string
  readonly name: string
  readonly startsAt: Instant
  readonly timeZone: string
  readonly venueName: string
  readonly organiser: string
  readonly category: Category
  readonly saleState: SaleState
}

/** What an event is like, for finding its like. */
export interface Likeness {
  readonly path: string
  readonly organiser: string
  readonly category: string
}

/** Other events of the same city that can still be gone to: of the same kind and organiser before others, then the soonest. */
export function relatedTo(
  one: Likeness,
  events: readonly NearbyEvent[],
  now: string,
  count: number,
): readonly NearbyEvent[] {
  const likeness = ({ organiser, category }: NearbyEvent) =>
    (category === one.category ? 2 : 0) + (organiser === one.organiser ? 1 : 0)
  return events
    .filter(({ path, startsAt, saleState }) => path !== one.path && startsAt > now && saleState !== 'sold_out')
    .toSorted((a, b) => likeness(b) - likeness(a) || (a.startsAt < b.startsAt ? -1 : 1))
    .slice(0, count)
}
