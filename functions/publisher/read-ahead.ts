import type { CatalogReader } from '#contracts/site.ts'
import { splitPath } from '#domain/languages.ts'

/** A reader that already has the events whose own pages are among `paths`, with their share pictures; the rest it reads when asked. */
export async function readAhead(reader: CatalogReader, paths: readonly string[]): Promise<CatalogReader> {
  const slugs = new Set(paths.flatMap((path) => /^\/events\/([^/]+)\//.exec(splitPath(path).path)?.[1] ?? []))
  if (slugs.size === 0) return reader
  // What cannot be read fails alone, with its page.
  const found = await reader.eventsBySlug([...slugs]).catch(() => null)
  if (!found) return reader
  const events = new Map(found.map(({ event }) => [event.slug, event]))
  const shares = new Map(found.map(({ event, share }) => [event.id, share]))
  return {
    ...reader,
    sharePicture: async (eventId) => {
      const share = shares.get(eventId)
      return share === undefined ? reader.sharePicture(eventId) : share
    },
    eventBySlug: async (slug) => events.get(slug) ?? reader.eventBySlug(slug),
  }
}
