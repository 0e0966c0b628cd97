import type { SiteReader } from '#contracts/site.ts'
import type { EventRecord } from '#domain/catalog.ts'
import { pathIn, splitPath } from '#domain/languages.ts'
import {
  cardOf,
  facetOfList,
  isPublic,
  monthPathsOf,
  pathsOfChange,
  sitemapOfPages,
  translatedListPathsOf,
  translatedPages,
} from '#domain/listings.ts'
import { weekOf } from '#domain/schedule.ts'
import { earlierMonth, laterMonth } from '#src/components/months.ts'

/** What one stream record says has changed; null for an image that does not exist. */
export type CatalogChange =
  | { readonly kind: 'event'; readonly before: EventRecord | null; readonly after: EventRecord | null }
  | { readonly kind: 'organisation'; readonly slug: string }
  /** A city or an organiser has become known, or is known by another name. */
  | { readonly kind: 'index' }
  /** An event is offered in a language that none was offered in before. */
  | { readonly kind: 'language' }

type Reader = Pick<SiteReader, 'listing' | 'languages'>

/** Every path whose bytes a change may alter: `pathsOf` in the domain's listings, and more when an event moves. */
export async function affectedPaths(change: CatalogChange, reader: Reader): Promise<string[]> {
  if (change.kind === 'index') return ['/', sitemapOfPages]
  if (change.kind === 'language') return [...(await inEveryLanguage(translatedPages, reader)), sitemapOfPages]
  if (change.kind === 'organisation')
    return [...(await inEveryLanguage([`/organiser/${change.slug}/`], reader)), '/', sitemapOfPages]
  const { before, after } = change
  return [
    ...pathsOfChange(before, after),
    ...(await pathsOfMovedEvent(before, after, reader)),
    ...(await pathsOfSpokenEvent(before, after, reader)),
  ]
}

export async function inEveryLanguage(
  paths: readonly string[],
  reader: Pick<SiteReader, 'languages'>,
): Promise<string[]> {
  return (await reader.languages()).flatMap((language) => paths.map((path) => pathIn(language, path)))
}

/** A list that begins or ends to exist in a language is named by the same list in every other one. */
async function pathsOfSpokenEvent(
  before: EventRecord | null,
  after: EventRecord | null,
  reader: Reader,
): Promise<string[]> {
  const [old, current] = [before, after].map((event) =>
    event && isPublic(event) ? translatedListPathsOf(cardOf(event)) : [],
  )
  const moved = symmetricDifference(old ?? [], current ?? [])
  if (moved.length === 0) return []
  return [...(await inEveryLanguage([...new Set(moved.map((path) => splitPath(path).path))], reader)), sitemapOfPages]
}

/** An event that enters or leaves a month may be the first or last there: then the months beside it link elsewhere. */
async function pathsOfMovedEvent(
  before: EventRecord | null,
  after: EventRecord | null,
  reader: Reader,
): Promise<string[]> {
  const [old, current] = [before, after].map((event) => (event && isPublic(event) ? bucketsOf(event) : []))
  const moved = symmetricDifference(old ?? [], current ?? [])
  const neighbours = await Promise.all(moved.map((path) => neighboursOf(path, reader)))
  return [...(moved.length > 0 ? ['/sitemap.xml'] : []), ...neighbours.flat()]
}

const bucketsOf = (event: EventRecord): string[] => [
  ...monthPathsOf(cardOf(event)),
  `/sitemap/${weekOf(event.startsAt)}.xml`,
]

const symmetricDifference = (some: readonly string[], others: readonly string[]): string[] => [
  ...some.filter((one) => !others.includes(one)),
  ...others.filter((one) => !some.includes(one)),
]

/** `/city/seville/2027-03/` → the nearest months with events before and after it. */
async function neighboursOf(path: string, reader: Reader): Promise<string[]> {
  const [, list = '', month = ''] = /^(.*)\/(\d{4}-\d{2})\/$/.exec(path) ?? []
  const facet = facetOfList(list)
  if (!facet) return []
  const months = await Promise.all([earlierMonth(reader, facet, month), laterMonth(reader, facet, month)])
  return months.filter((one) => one !== null).map((one) => `${list}/${one}/`)
}
