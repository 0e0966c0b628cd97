import type { FoundEvent } from '../search/found-event.ts'

/** What an event is like, for finding its like. */
export interface Likeness {
  readonly slug: string
  readonly organiser: string
  readonly category: string
}

/** Other events of the same city that can still be gone to: of the same kind and organiser before others, then the soonest. */
export function relatedTo(
  one: Likeness,
  events: readonly FoundEvent[],
  now: string,
  count: number,
): readonly FoundEvent[] {
  const likeness = ({ organiser, category }: FoundEvent) =>
    (category === one.category ? 2 : 0) + (organiser === one.organiser ? 1 : 0)
  return events
    .filter(({ slug, startsAt, saleState }) => slug !== one.slug && startsAt > now && saleState !== 'sold_out')
    .toSorted((a, b) => likeness(b) - likeness(a) || (a.startsAt < b.startsAt ? -1 : 1))
    .slice(0, count)
}
