import type { EventRecord } from '#domain/catalog.ts'

/** For so long at most an order may be decided on an event that has been edited since. */
const freshMs = 1000
const mostEvents = 200

/**
 * Reads an event once a second and process, however many ask: one item bears 3,000 reads a second, and an on-sale has more clicks.
 *
 * What has come on sale is seen at once: an event that is none yet is read each time. See docs/decisions/0013.
 */
export function createRecentEvents<E extends Pick<EventRecord, 'status'>>(
  read: (eventId: string) => Promise<E | null>,
  nowMs: () => number,
): (eventId: string) => Promise<E | null> {
  const asked = new Map<string, { readonly atMs: number; readonly answer: Promise<E | null> }>()

  async function ask(eventId: string, atMs: number): Promise<E | null> {
    const forget = () => {
      if (asked.get(eventId)?.atMs === atMs) asked.delete(eventId)
    }
    try {
      const event = await read(eventId)
      if (event === null || event.status === 'draft') forget()
      return event
    } catch (error) {
      forget()
      throw error
    }
  }

  return (eventId) => {
    const atMs = nowMs()
    const known = asked.get(eventId)
    // The age is that of the question: the answer was true at some moment after it.
    if (known && atMs < known.atMs + freshMs) return known.answer
    const answer = ask(eventId, atMs)
    asked.delete(eventId)
    asked.set(eventId, { atMs, answer })
    const [oldest] = asked.keys()
    if (asked.size > mostEvents && oldest !== undefined) asked.delete(oldest)
    return answer
  }
}
