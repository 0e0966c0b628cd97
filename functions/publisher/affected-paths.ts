import type { SiteReader } from '#contracts/site.ts'
import { bucketsOf } from '#domain/buckets.ts'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import { pathIn, splitPath } from '#domain/languages.ts'
import { cardOf, isPublic } from '#domain/listings.ts'
import {
  type Calendar,
  calendarsOf,
  type Place,
  placesOfChange,
  saidInCalendar,
  translatedListsOf,
} from '#domain/places.ts'
import { utcDayOf } from '#domain/schedule.ts'
import { pagesOfLists, pathsOfCity, sitemapOfPages, translatedPages } from '#domain/site-pages.ts'
import { languagesOf } from '#domain/translations.ts'
import { bucketShowing } from '#src/components/buckets.ts'
import { soonestOf } from '#src/components/lists.ts'

/** What one stream record says has changed; null for an image that does not exist. */
export type CatalogChange =
  | { readonly kind: 'event'; readonly before: EventRecord | null; readonly after: EventRecord | null }
  | { readonly kind: 'organisation'; readonly slug: string }
  /** The picture for link previews that these pages of an event name. */
  | { readonly kind: 'share'; readonly pages: readonly string[] }
  /** A city or an organiser has become known, or is known by another name: pages name it, and a city has some although nothing is on there. */
  | { readonly kind: 'index'; readonly citySlug: string | null }
  /** An event is offered in a language that none was offered in before. */
  | { readonly kind: 'language' }

type Reader = Pick<SiteReader, 'listing' | 'languages'>

/**
 * Every path whose bytes a change may alter: the places and calendars in the domain's listings. What such a page names in its header
 * `publishedWith` comes beside it.
 */
export async function affectedPaths(change: CatalogChange, reader: Reader, now: Instant): Promise<readonly string[]> {
  if (change.kind === 'index')
    return [
      sitemapOfPages,
      ...(await inEveryLanguage(['/', ...pagesOfLists], reader)),
      ...(change.citySlug === null ? [] : pathsOfCity(change.citySlug)),
    ]
  if (change.kind === 'share') return change.pages
  if (change.kind === 'language') return [sitemapOfPages, ...(await inEveryLanguage(translatedPages, reader))]
  if (change.kind === 'organisation')
    return ['/', sitemapOfPages, ...(await inEveryLanguage([`/organiser/${change.slug}/`], reader))]
  const [before, after] = [change.before, change.after].map((event) => (event && isPublic(event) ? event : null))
  // The new address first: whoever follows the old one in between is led to a page that is there.
  const images = [after, before].flatMap((event) => event ?? [])
  const places = placesOfChange(before ?? null, after ?? null)
  const seen = await Promise.all(places.map((place) => isMoved(images) || isSeen(place, images, reader, now)))
  const buckets = await bucketPaths(images, reader)
  const spoken = await pathsOfLanguages(before ?? null, after ?? null, reader)
  const shown = places.filter((_, at) => seen[at]).map(({ path }) => path)
  return [...new Set([...shown, ...buckets, ...spoken, ...(entersOrLeavesCity(images) ? [sitemapOfPages] : [])])]
}

/** The sitemap names cities in which something is on. It may have been rendered between two such changes: whether a list now is as it was says nothing. */
const entersOrLeavesCity = (images: readonly EventRecord[]): boolean =>
  images.length === 1 || new Set(images.map(({ venue }) => venue.citySlug)).size > 1

/** Each page in every language that an event was ever offered in. */
export async function inEveryLanguage(
  paths: readonly string[],
  reader: Pick<SiteReader, 'languages'>,
): Promise<readonly string[]> {
  return (await reader.languages()).flatMap((language) => paths.map((path) => pathIn(language, path)))
}

/** A list that begins or ends to exist in one language is named by the same list in every other one. */
async function pathsOfLanguages(
  before: EventRecord | null,
  after: EventRecord | null,
  reader: Reader,
): Promise<readonly string[]> {
  const [old = [], current = []] = [before, after].map((event) => (event ? translatedListsOf(cardOf(event)) : []))
  const moved = [...old.filter((one) => !current.includes(one)), ...current.filter((one) => !old.includes(one))]
  if (moved.length === 0) return []
  const pages = [...pagesOfLists, ...moved.map((path) => splitPath(path).path)]
  return [sitemapOfPages, ...(await inEveryLanguage([...new Set(pages)], reader))]
}

/** Whether it comes, goes or stands in other stretches of a calendar, or in other languages: lists of the soonest also link to the months with events. */
function isMoved(images: readonly EventRecord[]): boolean {
  const stretches = images.map((event) => {
    const { startsAt, timeZone, venue } = event
    return [bucketsOf(startsAt, timeZone)[2].name, utcDayOf(startsAt), venue.citySlug, ...languagesOf(event)].join(' ')
  })
  return new Set(stretches).size !== 1 || images.length !== 2
}

/** Whether an event that stays where it is stands among the soonest that a place shows. */
async function isSeen({ list }: Place, images: readonly EventRecord[], reader: Reader, now: Instant): Promise<boolean> {
  // Whether an event is among the best ranked takes as much reading as rendering them.
  if (!list || list.bringsForward) return true
  const soonest = await soonestOf(reader, list, now)
  const last = soonest.length < list.shows ? undefined : soonest.at(-1)
  return !last || images.some(({ startsAt }) => startsAt <= last.startsAt)
}

/** The page of each calendar that shows the event, in the languages in which it says something else; all above it too when it comes, goes or moves. */
async function bucketPaths(images: readonly EventRecord[], reader: Reader): Promise<readonly string[]> {
  const moved = isMoved(images)
  const isChanged = ({ language }: Calendar) =>
    moved || new Set(images.map((event) => saidInCalendar(cardOf(event, language)))).size > 1
  const paths = images.flatMap((event) =>
    calendarsOf(cardOf(event))
      .filter(isChanged)
      .map((calendar) => pathsIn(calendar, event, moved, reader)),
  )
  return (await Promise.all(paths)).flat()
}

async function pathsIn({ base, facet }: Calendar, event: EventRecord, withAbove: boolean, reader: Reader) {
  const shown = await bucketShowing(reader, facet, event)
  const chain = bucketsOf(event.startsAt, event.timeZone).map(({ name }) => name)
  const names = withAbove ? chain.slice(0, chain.indexOf(shown.name) + 1) : [shown.name]
  return names.map((name) => `${base}${name}/`)
}
