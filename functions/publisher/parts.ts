import { bucketOf, pageBuckets } from '#domain/spread.ts'
import { slugOfPage } from '#domain/translations.ts'

/**
 * A full publish is done in parts, side by side, each with its own progress and its own notes: the events' own pages by bucket, and in
 * the last one all other pages, which alone need the lists. See docs/decisions/0025-full-publish.md.
 */
export const parts: readonly number[] = Array.from({ length: pageBuckets + 1 }, (_, part) => part)

export const partOfLists = pageBuckets

export function partOf(path: string): number {
  const slug = slugOfPage(path)
  return slug === null ? partOfLists : bucketOf(slug, pageBuckets)
}
