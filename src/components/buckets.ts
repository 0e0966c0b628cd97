import { type Facet, type PageLocals, publishedWith, type SiteReader } from '#contracts/site.ts'
import {
  type Bucket,
  bucketNamed,
  bucketsOf,
  dayOf,
  isDay,
  isMonth,
  isWithin,
  limitOf,
  parentOf,
  partsOf,
  windowOf,
} from '#domain/buckets.ts'
import type { ListingCard } from '#domain/catalog.ts'
import { type Language, pathIn, siteLanguage } from '#domain/languages.ts'
import { facetIn, type Topic } from '#domain/lists.ts'
import { sitemapOfPages } from '#domain/site-pages.ts'
import type { Alternate } from './alternates.ts'
import { earlierMonth, laterMonth } from './months.ts'
import { readCards, takeFitting } from './read-cards.ts'

type Listing = Pick<SiteReader, 'listing'>

/** What stands on a bucket's page: its events, or where it has too many the parts that have any. */
export interface BucketContent {
  readonly cards: readonly ListingCard[]
  readonly parts: readonly Bucket[]
  /** There are more events on that day than the page shows. */
  readonly isCut: boolean
}

/** Null where there is no such page: nothing happens then, or the bucket above it is not too busy to show it all. */
export async function readBucket(reader: Listing, facet: Facet, bucket: Bucket): Promise<BucketContent | null> {
  const parent = parentOf(bucket)
  if (parent && !(await isBusy(reader, facet, parent))) return null
  const limit = limitOf(bucket)
  const cards = await firstCards(reader, facet, bucket, limit + 1)
  if (cards.length === 0) return null
  if (cards.length <= limit) return { cards, parts: [], isCut: false }
  if (isDay(bucket)) return { cards: cards.slice(0, limit), parts: [], isCut: true }
  const firsts = await Promise.all(
    partsOf(bucket).map(async (part) => ({ part, has: await hasEvent(reader, facet, part) })),
  )
  return { cards: [], parts: firsts.filter(({ has }) => has).map(({ part }) => part), isCut: false }
}

/** The one bucket on whose page an event's card stands. */
export async function bucketShowing(
  reader: Listing,
  facet: Facet,
  { startsAt, timeZone }: Pick<ListingCard, 'startsAt' | 'timeZone'>,
): Promise<Bucket> {
  const [month, week, day] = bucketsOf(startsAt, timeZone)
  if (!(await isBusy(reader, facet, month))) return month
  return (await isBusy(reader, facet, week)) ? day : week
}

/** The buckets before and after this one that have events: months beside months, parts beside parts of the same whole. */
export async function bucketsBeside(
  reader: Listing,
  facet: Facet,
  bucket: Bucket,
): Promise<{ readonly earlier: string | null; readonly later: string | null }> {
  const parent = parentOf(bucket)
  if (!parent || isMonth(bucket)) {
    const [earlier, later] = await Promise.all([
      earlierMonth(reader, facet, bucket.name),
      laterMonth(reader, facet, bucket.name),
    ])
    return { earlier, later }
  }
  const parts = partsOf(parent)
  const at = parts.findIndex(({ name }) => name === bucket.name)
  const nearest = async (candidates: readonly Bucket[]) => {
    for (const part of candidates) if (await hasEvent(reader, facet, part)) return part.name
    return null
  }
  const [earlier, later] = await Promise.all([nearest(parts.slice(0, at).reverse()), nearest(parts.slice(at + 1))])
  return { earlier, later }
}

const isBusy = async (reader: Listing, facet: Facet, bucket: Bucket): Promise<boolean> =>
  !isDay(bucket) && (await holds(reader, facet, bucket, limitOf(bucket) + 1))

const hasEvent = (reader: Listing, facet: Facet, bucket: Bucket): Promise<boolean> => holds(reader, facet, bucket, 1)

/** Whether there are so many events in a bucket. */
async function holds(reader: Listing, facet: Facet, bucket: Bucket, count: number): Promise<boolean> {
  // From its first noon on hardly an event is of another day: in a busy list that is all there is to read.
  const inside = { ...windowOf(bucket), from: `${bucket.first}T12:00:00.000Z` }
  const some = await reader.listing(facet, { ...inside, limit: count + 4 })
  if (some.filter(isIn(bucket)).length >= count) return true
  return (await firstCards(reader, facet, bucket, count)).length >= count
}

/** The first `count` events of a bucket, in the order of their start. */
const firstCards = (reader: Listing, facet: Facet, bucket: Bucket, count: number): Promise<readonly ListingCard[]> =>
  // Beside the bucket's own events the window holds some of the days around it.
  takeFitting(readCards(reader, facet, windowOf(bucket), count + 20), count, isIn(bucket))

const isIn =
  (bucket: Bucket) =>
  ({ startsAt, timeZone }: ListingCard): boolean =>
    isWithin(bucket, dayOf(startsAt, timeZone))

/** All that a bucket's page shows; null where there is no such page. */
export interface OpenBucket extends BucketContent {
  readonly bucket: Bucket
  /** Path of the listing in the page's language, with a slash at its end: `/city/seville/`. */
  readonly base: string
  readonly earlier: string | null
  readonly later: string | null
  readonly alternates: readonly Alternate[]
}

/**
 * Reads what the address names, and tells the publisher which pages come, go and change with this one: those beside it, and the same
 * stretch in other languages.
 *
 * @param at.base without a language
 */
export async function openBucket(
  { reader, catalog, language }: Pick<PageLocals, 'reader' | 'catalog' | 'language'>,
  response: { readonly headers: Headers },
  at: { topic: Topic; base: string; name?: string | undefined },
): Promise<OpenBucket | null> {
  const bucket = bucketNamed(at.name ?? '')
  if (!bucket) return null
  const content = await readBucket(reader, at.topic, bucket)
  const { earlier, later } = await bucketsBeside(reader, at.topic, bucket)
  const base = pathIn(language, at.base)
  const parts = content?.parts ?? []
  const beside = [earlier, later, ...parts.map((part) => part.name)].filter((one) => one !== null)
  const path = `${at.base}${bucket.name}/`
  const languages = await catalog.languages()
  const translated = languages.filter((one) => one !== language).map((one) => pathIn(one, path))
  const isInSitemap = language === siteLanguage && at.topic === 'all' && isMonth(bucket)
  response.headers.set(
    publishedWith,
    [...beside.map((one) => `${base}${one}/`), ...translated, ...(isInSitemap ? [sitemapOfPages] : [])].join(' '),
  )
  if (!content) return null
  const isThere = async (one: Language) =>
    one === language || (await readBucket(catalog, facetIn(one, at.topic), bucket)) !== null
  const there = await Promise.all(languages.map(isThere))
  const alternates = languages
    .filter((_, index) => there[index])
    .map((one) => ({ language: one, path: pathIn(one, path) }))
  return { ...content, bucket, base, earlier, later, alternates }
}
