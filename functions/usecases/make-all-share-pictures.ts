import type { Instant, ListingCard } from '#domain/catalog.ts'
import { makeSharePicture, type SharePorts } from './make-share-picture.ts'

export interface AllSharePorts extends SharePorts {
  /** Public events by their start, from this instant on. */
  cards(from: Instant, limit: number): Promise<readonly Pick<ListingCard, 'eventId' | 'startsAt'>[]>
  nowMs(): number
}

const atOnce = 200

/**
 * Brings the share pictures of all events that start at `from` or later up to date, the earliest first, until `deadlineMs`. `next` is
 * where to go on from; null when all are done.
 */
export async function makeAllSharePictures(
  ports: AllSharePorts,
  from: Instant,
  deadlineMs: number,
): Promise<{ made: number; next: Instant | null }> {
  let made = 0
  for (let at = from; ; ) {
    const cards = await ports.cards(at, atOnce)
    for (const { eventId, startsAt } of cards) {
      if (ports.nowMs() >= deadlineMs) return { made, next: startsAt }
      if (await makeSharePicture(ports, eventId)) made++
    }
    const last = cards.at(-1)
    if (!last || cards.length < atOnce) return { made, next: null }
    // Those that start with the last one are looked at again, unless they fill a whole page.
    at = last.startsAt > at ? last.startsAt : new Date(Date.parse(at) + 1).toISOString()
  }
}
