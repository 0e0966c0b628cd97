import type { EventRecord, Instant } from '#domain/catalog.ts'
import { instantOf, monthOf } from '#domain/schedule.ts'
import type { Random } from '#infra/local/seed/art/random.ts'

type Placed = Pick<EventRecord, 'venue' | 'timeZone'>

/**
 * A month far ahead in which nothing is on but in one city, and there in its first week: it crowds the city's calendar and the whole
 * site's, its week as well as itself.
 */
export function crowdedMonth({ venue, timeZone }: Placed) {
  const name = '2027-06'
  const isInside = (event: EventRecord): boolean =>
    event.venue.citySlug === venue.citySlug && monthOf(event.startsAt, event.timeZone) === name
  return {
    /** What the site's and the city's calendar have only while the month, and the week, have too many events. */
    partNames: ['-01-07', '-03'].map((part) => name + part),
    citySlug: venue.citySlug,
    /** Those inside and those outside. */
    part: (events: readonly EventRecord[]): readonly [readonly EventRecord[], readonly EventRecord[]] => [
      events.filter(isInside),
      events.filter((event) => !isInside(event)),
    ],
    /** The event somewhere in that week. */
    with: (event: EventRecord, random: Random): EventRecord => {
      const local = `${name}-0${Math.floor(random.between(1, 8))}T${random.pick(['11:00', '18:30', '20:00'])}`
      return startingAt({ ...event, venue, timeZone }, instantOf(local, timeZone))
    },
  }
}

/** Whatever its sale waited for before its old start is over. */
export const startingAt = (event: EventRecord, startsAt: Instant): EventRecord => ({
  ...event,
  startsAt,
  endsAt: new Date(Date.parse(startsAt) + 120 * 60_000).toISOString(),
  ticketTypes: event.ticketTypes.map(({ salesStartAt: _, ...type }) => type),
})
