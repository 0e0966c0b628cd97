import type { CatalogReader } from '#contracts/site.ts'
import { type Bucket, bucketNamed, dayOf, isWithin, limitOf, partsOf } from '#domain/buckets.ts'
import { categories } from '#domain/catalog.ts'
import { siteLanguage } from '#domain/languages.ts'
import { calendarsOf, listPathsOf, translatedListsOf } from '#domain/places.ts'
import { pathsOfCity } from '#domain/site-pages.ts'

/** Every path that exists because of what is in the catalog, events' own pages not among them. */
export async function listPaths(
  reader: Pick<CatalogReader, 'allCards' | 'cities' | 'organisers'>,
): Promise<ReadonlySet<string>> {
  const [cities, organisers] = await Promise.all([reader.cities(), reader.organisers()])
  const paths = new Set<string>()
  for (const category of categories) paths.add(`/category/${category}/`)
  for (const { slug } of cities) for (const path of pathsOfCity(slug)) paths.add(path)
  for (const { slug } of organisers) paths.add(`/organiser/${slug}/`)
  const calendars = new Map<string, EventsByDay>()
  for await (const card of reader.allCards(siteLanguage)) {
    for (const path of listPathsOf(card)) paths.add(path)
    for (const path of translatedListsOf(card)) paths.add(path)
    const day = dayOf(card.startsAt, card.timeZone)
    for (const { base } of calendarsOf(card)) {
      const days: EventsByDay = calendars.get(base) ?? new Map()
      calendars.set(base, days.set(day, (days.get(day) ?? 0) + 1))
    }
  }
  for (const [base, days] of calendars) for (const name of bucketNames(days)) paths.add(`${base}${name}/`)
  return paths
}

type EventsByDay = Map<string, number>

/** The buckets that have a page: what `readBucket` finds one by one. */
function bucketNames(days: ReadonlyMap<string, number>): readonly string[] {
  const months = new Set([...days.keys()].map((day) => day.slice(0, 7)))
  return [...months].flatMap((month) => namesWithin(bucketNamed(month), days))
}

function namesWithin(bucket: Bucket | null, days: ReadonlyMap<string, number>): readonly string[] {
  if (!bucket) return []
  const inside = [...days].filter(([day]) => isWithin(bucket, day))
  const count = inside.reduce((sum, [, events]) => sum + events, 0)
  if (count === 0) return []
  const parts = count > limitOf(bucket) ? partsOf(bucket) : []
  return [bucket.name, ...parts.flatMap((part) => namesWithin(part, new Map(inside)))]
}
