import type { CatalogReader, SiteReader } from '#contracts/site.ts'
import { splitPath } from '#domain/languages.ts'

/** A reader that already has the events whose own pages are among `paths`; the rest it reads when asked. */
export async function readAhead(reader: CatalogReader, paths: readonly string[]): Promise<SiteReader> {
  const slugs = new Set(paths.flatMap((path) => /^\/events\/([^/]+)\//.exec(splitPath(path).path)?.[1] ?? []))
  if (slugs.size === 0) return reader
  const events = new Map((await reader.eventsBySlug([...slugs])).map((event) => [event.slug, event]))
  return {
    ...reader,
    eventBySlug: async (slug) => (slugs.has(slug) ? (events.get(slug) ?? null) : reader.eventBySlug(slug)),
  }
}
