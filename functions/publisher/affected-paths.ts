import type { SiteReader } from '#contracts/site.ts'
import { bucketsOf } from '#domain/buckets.ts'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import {
  calendarsOf,
  cardOf,
  isPublic,
  pageKinds,
  pathsOf,
  placeOf,
  shownInCalendar,
  sitemapOfPages,
} from '#domain/listings.ts'
import { bucketShowing } from '#src/components/buckets.ts'

/** What one stream record says has changed; null for an image that does not exist. */
export type CatalogChange =
  | { readonly kind: 'event'; readonly before: EventRecord | null; readonly after: EventRecord | null }
  | { readonly kind: 'organisation'; readonly slug: string }
  /** A city or an organiser has become known, or is known by another name. */
  | { readonly kind: 'index' }

type Listing = Pick<SiteReader, 'listing'>

/**
 * Every path whose bytes a change may alter, by the table `pageKinds` and the calendars in the domain's listings; those that such a
 * page names in its header `publishedWith` come beside them.
 */
export async function affectedPaths(change: CatalogChange, reader: Listing, now: Instant): Promise<readonly string[]> {
  if (change.kind === 'index') return ['/', sitemapOfPages]
  if (change.kind === 'organisation') return ['/', sitemapOfPages, `/organiser/${change.slug}/`]
  const [before, after] = [change.before, change.after].map((event) => (event && isPublic(event) ? event : null))
  if (before && after && placeOf(before) === placeOf(after)) return pathsOfEdit(before, after, reader, now)
  // The new address first: whoever follows the old one in between is led to a page that is there.
  const paths = [after, before].map((event) => (event ? pathsOfPlace(event, reader) : []))
  return [...new Set((await Promise.all(paths)).flat())]
}

/** All that shows an event or may have to, now that it stands where it stands. */
async function pathsOfPlace(event: EventRecord, reader: Listing): Promise<readonly string[]> {
  const card = cardOf(event)
  const calendars = await Promise.all(
    calendarsOf(card).map(async ({ path, facet }) => {
      const chain = bucketsOf(card.startsAt, card.timeZone)
      const shown = await bucketShowing(reader, facet, card)
      return chain.slice(0, chain.findIndex(({ name }) => name === shown.name) + 1).map(({ name }) => `${path}${name}/`)
    }),
  )
  return [...pathsOf(card), ...calendars.flat()]
}

/** Only what says something of the event that has changed. */
async function pathsOfEdit(
  before: EventRecord,
  after: EventRecord,
  reader: Listing,
  now: Instant,
): Promise<readonly string[]> {
  const card = cardOf(after)
  const differs = (shows: (event: EventRecord) => unknown) =>
    JSON.stringify(shows(before)) !== JSON.stringify(shows(after))
  const kinds = await Promise.all(
    pageKinds.map(async ({ paths, shows, window }) => {
      const isShown = differs(shows) && (!window || (await isInWindow(window(card))))
      return isShown ? paths(card) : []
    }),
  )
  const calendars = differs(shownInCalendar) ? calendarsOf(card) : []
  const buckets = await Promise.all(
    calendars.map(async ({ path, facet }) => `${path}${(await bucketShowing(reader, facet, card)).name}/`),
  )
  return [...kinds.flat(), ...buckets]

  async function isInWindow({ facet, count }: { facet: Parameters<Listing['listing']>[0]; count: number }) {
    if (after.updatedAt >= after.startsAt) return false
    const next = await reader.listing(facet, { from: now, limit: count })
    return next.length < count || after.startsAt <= (next.at(-1)?.startsAt ?? '')
  }
}
