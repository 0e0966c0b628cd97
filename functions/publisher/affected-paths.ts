import type { SiteReader } from '#contracts/site.ts'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import {
  cardOf,
  facetOfMonths,
  isPublic,
  monthPathsOf,
  type Place,
  pathsOfCity,
  placesOfChange,
  sitemapOfPages,
} from '#domain/listings.ts'
import { weekOf } from '#domain/schedule.ts'
import { soonestOf } from '#src/components/lists.ts'
import { earlierMonth, laterMonth } from '#src/components/months.ts'

/** What one stream record says has changed; null for an image that does not exist. */
export type CatalogChange =
  | { readonly kind: 'event'; readonly before: EventRecord | null; readonly after: EventRecord | null }
  | { readonly kind: 'organisation'; readonly slug: string }
  /** A city or an organiser has become known, or is known by another name. */
  | { readonly kind: 'index'; readonly citySlug: string | null }

type Reader = Pick<SiteReader, 'listing'>

/** Every path whose bytes a change may alter: the places in the domain's listings, and more when an event moves. */
export async function affectedPaths(change: CatalogChange, reader: Reader, now: Instant): Promise<string[]> {
  if (change.kind === 'index') return pathsOfIndex(change.citySlug)
  if (change.kind === 'organisation') return ['/', sitemapOfPages, `/organiser/${change.slug}/`]
  const { before, after } = change
  const moved = movedBuckets(before, after)
  const places = placesOfChange(before, after)
  // Pages that show the soonest also link to the months with events: these matter wherever the event stands.
  if (moved.length > 0) return [...places.map(({ path }) => path), ...(await pathsBeside(moved, reader))]
  const seen = await Promise.all(places.map((place) => isSeen(place, [before, after], reader, now)))
  return places.filter((_, at) => seen[at]).map(({ path }) => path)
}

/** Pages that name all cities, and those that a city has although nothing is on there. */
const pathsOfIndex = (citySlug: string | null): string[] => [
  '/',
  sitemapOfPages,
  ...(citySlug === null ? [] : pathsOfCity(citySlug)),
]

/** Whether an event that stays in its months is among the soonest that a place shows. */
async function isSeen(
  { list }: Place,
  images: readonly (EventRecord | null)[],
  reader: Reader,
  now: Instant,
): Promise<boolean> {
  if (!list) return true
  const soonest = await soonestOf(reader, list, now)
  const last = soonest.length < list.shows ? undefined : soonest.at(-1)
  return !last || images.some((image) => image && image.startsAt <= last.startsAt)
}

const bucketsOf = (event: EventRecord | null): string[] =>
  event && isPublic(event) ? [...monthPathsOf(cardOf(event)), `/sitemap/${weekOf(event.startsAt)}.xml`] : []

/** Months and weeks that an event enters or leaves. */
function movedBuckets(before: EventRecord | null, after: EventRecord | null): string[] {
  const [old, current] = [bucketsOf(before), bucketsOf(after)]
  return [...old.filter((one) => !current.includes(one)), ...current.filter((one) => !old.includes(one))]
}

/** An event that enters or leaves a month may be the first or last there: then the months beside it link elsewhere. */
async function pathsBeside(moved: readonly string[], reader: Reader): Promise<string[]> {
  const neighbours = await Promise.all(moved.map((path) => neighboursOf(path, reader)))
  return ['/sitemap.xml', ...neighbours.flat()]
}

/** `/city/seville/2027-03/` → the nearest months with events before and after it. */
async function neighboursOf(path: string, reader: Reader): Promise<string[]> {
  const [, list = '', month = ''] = /^(.*)\/(\d{4}-\d{2})\/$/.exec(path) ?? []
  const facet = facetOfMonths(list)
  if (!facet) return []
  const months = await Promise.all([earlierMonth(reader, facet, month), laterMonth(reader, facet, month)])
  return months.filter((one) => one !== null).map((one) => `${list}/${one}/`)
}
