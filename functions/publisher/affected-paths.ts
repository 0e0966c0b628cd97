import type { SiteReader } from '#contracts/site.ts'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import { pathIn, splitPath } from '#domain/languages.ts'
import {
  cardOf,
  facetOfMonths,
  isPublic,
  monthPathsOf,
  type Place,
  pathsOfCity,
  placesOfChange,
  sitemapOfPages,
  translatedListsOf,
  translatedPages,
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
  /** An event is offered in a language that none was offered in before. */
  | { readonly kind: 'language' }

type Reader = Pick<SiteReader, 'listing' | 'languages'>

/** Every path whose bytes a change may alter: the places in the domain's listings, and more when an event moves. */
export async function affectedPaths(change: CatalogChange, reader: Reader, now: Instant): Promise<string[]> {
  if (change.kind === 'index') return pathsOfIndex(change.citySlug)
  if (change.kind === 'language') return [sitemapOfPages, ...(await inEveryLanguage(translatedPages, reader))]
  if (change.kind === 'organisation')
    return ['/', sitemapOfPages, ...(await inEveryLanguage([`/organiser/${change.slug}/`], reader))]
  const { before, after } = change
  const moved = movedBuckets(before, after)
  const places = placesOfChange(before, after)
  const spoken = await pathsOfLanguages(before, after, reader)
  // Pages that show the soonest also link to the months with events: these matter wherever the event stands.
  if (moved.length > 0) return [...places.map(({ path }) => path), ...(await pathsBeside(moved, reader)), ...spoken]
  const seen = await Promise.all(places.map((place) => isSeen(place, [before, after], reader, now)))
  return [...places.filter((_, at) => seen[at]).map(({ path }) => path), ...spoken]
}

/** Each page in every language that an event was ever offered in. */
export async function inEveryLanguage(
  paths: readonly string[],
  reader: Pick<SiteReader, 'languages'>,
): Promise<string[]> {
  return (await reader.languages()).flatMap((language) => paths.map((path) => pathIn(language, path)))
}

const translatedOf = (event: EventRecord | null): readonly string[] =>
  event && isPublic(event) ? translatedListsOf(cardOf(event)) : []

/** A list that begins or ends to exist in one language is named by the same list in every other one. */
async function pathsOfLanguages(
  before: EventRecord | null,
  after: EventRecord | null,
  reader: Reader,
): Promise<string[]> {
  const moved = difference(translatedOf(before), translatedOf(after))
  if (moved.length === 0) return []
  return [sitemapOfPages, ...(await inEveryLanguage([...new Set(moved.map((path) => splitPath(path).path))], reader))]
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
const movedBuckets = (before: EventRecord | null, after: EventRecord | null): string[] =>
  difference(bucketsOf(before), bucketsOf(after))

const difference = (some: readonly string[], others: readonly string[]): string[] => [
  ...some.filter((one) => !others.includes(one)),
  ...others.filter((one) => !some.includes(one)),
]

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
