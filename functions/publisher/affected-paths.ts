import type { SiteReader } from '#contracts/site.ts'
import { bucketsOf } from '#domain/buckets.ts'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import {
  type Calendar,
  calendarsOf,
  cardOf,
  isPublic,
  type Place,
  pathsOfCity,
  placesOfChange,
  saidInCalendar,
  sitemapOfPages,
} from '#domain/listings.ts'
import { weekOf } from '#domain/schedule.ts'
import { bucketShowing } from '#src/components/buckets.ts'
import { soonestOf } from '#src/components/lists.ts'

/** What one stream record says has changed; null for an image that does not exist. */
export type CatalogChange =
  | { readonly kind: 'event'; readonly before: EventRecord | null; readonly after: EventRecord | null }
  | { readonly kind: 'organisation'; readonly slug: string }
  /** A city or an organiser has become known, or is known by another name. */
  | { readonly kind: 'index'; readonly citySlug: string | null }

type Reader = Pick<SiteReader, 'listing'>

/**
 * Every path whose bytes a change may alter: the places and calendars in the domain's listings. What such a page names in its header
 * `publishedWith` comes beside it.
 */
export async function affectedPaths(change: CatalogChange, reader: Reader, now: Instant): Promise<readonly string[]> {
  if (change.kind === 'index') return pathsOfIndex(change.citySlug)
  if (change.kind === 'organisation') return ['/', sitemapOfPages, `/organiser/${change.slug}/`]
  const [before, after] = [change.before, change.after].map((event) => (event && isPublic(event) ? event : null))
  // The new address first: whoever follows the old one in between is led to a page that is there.
  const images = [after, before].flatMap((event) => event ?? [])
  const places = placesOfChange(before ?? null, after ?? null)
  const seen = await Promise.all(places.map((place) => isMoved(images) || isSeen(place, images, reader, now)))
  const buckets = await bucketPaths(images, reader)
  return [...new Set([...places.filter((_, at) => seen[at]).map(({ path }) => path), ...buckets])]
}

/** Pages that name all cities, and those that a city has although nothing is on there. */
const pathsOfIndex = (citySlug: string | null): readonly string[] => [
  '/',
  '/search/',
  sitemapOfPages,
  ...(citySlug === null ? [] : pathsOfCity(citySlug)),
]

/** Whether it comes, goes or stands in other stretches of a calendar: lists of the soonest also link to the months with events. */
function isMoved(images: readonly EventRecord[]): boolean {
  const stretches = images.map(({ startsAt, timeZone, venue }) =>
    [bucketsOf(startsAt, timeZone)[2].name, weekOf(startsAt), venue.citySlug].join(' '),
  )
  return new Set(stretches).size !== 1 || images.length !== 2
}

/** Whether an event that stays where it is stands among the soonest that a place shows. */
async function isSeen({ list }: Place, images: readonly EventRecord[], reader: Reader, now: Instant): Promise<boolean> {
  if (!list) return true
  const soonest = await soonestOf(reader, list, now)
  const last = soonest.length < list.shows ? undefined : soonest.at(-1)
  return !last || images.some(({ startsAt }) => startsAt <= last.startsAt)
}

/** The page of each calendar that shows the event; all above it too when it comes, goes or moves. */
async function bucketPaths(images: readonly EventRecord[], reader: Reader): Promise<readonly string[]> {
  const moved = isMoved(images)
  if (!moved && new Set(images.map((event) => saidInCalendar(cardOf(event)))).size === 1) return []
  const paths = images.flatMap((event) =>
    calendarsOf(cardOf(event)).map((calendar) => pathsIn(calendar, event, moved, reader)),
  )
  return (await Promise.all(paths)).flat()
}

async function pathsIn({ base, facet }: Calendar, event: EventRecord, withAbove: boolean, reader: Reader) {
  const shown = await bucketShowing(reader, facet, event)
  const chain = bucketsOf(event.startsAt, event.timeZone).map(({ name }) => name)
  const names = withAbove ? chain.slice(0, chain.indexOf(shown.name) + 1) : [shown.name]
  return names.map((name) => `${base}${name}/`)
}
