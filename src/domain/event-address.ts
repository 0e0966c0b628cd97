import type { EventRecord, Instant } from './catalog.ts'
import { type EventRefusal, next } from './event-rules.ts'
import { ok, type Result, refuse } from './result.ts'
import { searchFor } from './site-pages.ts'
import { slugOf } from './slugs.ts'
import { eventPath, languageOf, languagesOf } from './translations.ts'

/** So many addresses that an event once had lead to it; the oldest is free for others when one more comes. */
export const keptAddresses = 20

/**
 * Gives an event another address. The last `keptAddresses` that it had stay its own and lead to the current one, whatever that is:
 * none leads to another that leads on, none back to itself, and none to another event.
 */
export function changeAddress(
  event: EventRecord,
  slug: string,
  version: number,
  now: Instant,
): Result<EventRecord, EventRefusal> {
  if (event.version !== version) return refuse({ code: 'stale_version' })
  if (slugOf(slug, '') !== slug) {
    const message = 'may have small letters, digits and single hyphens between them, 60 in all'
    return refuse({ code: 'invalid_request', errors: [{ field: 'slug', message }] })
  }
  if (slug === event.slug) return ok(event)
  const former = [event.slug, ...(event.formerSlugs ?? [])].filter((one) => one !== slug)
  const formerSlugs = former.slice(0, keptAddresses)
  return ok({ ...next(event, now), slug, formerSlugs })
}

/** Every address that belongs to the event. */
export const addressesOf = ({
  slug,
  formerSlugs = [],
}: Pick<EventRecord, 'slug' | 'formerSlugs'>): readonly string[] => [slug, ...formerSlugs]

/**
 * Where a path of the site has moved, when the event that it named has another slug now, or is no longer offered in the language that
 * it named; null where it has not.
 */
export function movedPath(path: string, event: Pick<EventRecord, 'slug' | 'language' | 'translations'>): string | null {
  const asked = path.replace(/index\.html$/, '')
  const [, inFront, file] = /^\/(?:([a-z]{2})\/)?events\/[^/]+\/(.*)$/.exec(asked) ?? []
  if (file === undefined) return null
  const offered = languagesOf(event)
  const language = offered.find((one) => one === inFront) ?? languageOf(event)
  const current = eventPath({ slug: event.slug, languages: offered }, language) + file
  return current === asked ? null : current
}

/** Where lists that once were pages are found: what of a city is on this weekend, or costs nothing. Null for other paths. */
export function movedList(path: string): string | null {
  const [, language = '', city, list] =
    /^(\/[a-z]{2})?\/city\/([a-z0-9-]{1,80})\/(weekend|free)\/(?:index\.html)?$/.exec(path) ?? []
  if (city === undefined) return null
  return language + searchFor(list === 'free' ? { city, price: 'free' } : { city, when: 'weekend' })
}
