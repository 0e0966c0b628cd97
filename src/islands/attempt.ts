/** The part of `sessionStorage` that is needed. */
export interface Memory {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

const nameOf = (eventId: string): string => `attempt:${eventId}`

/**
 * The idempotency key of one attempt to buy.
 *
 * The same content keeps its key over a double click, a reload and a retry after a lost connection, so that none of
 * them can hold tickets twice. Other content is another attempt.
 */
export function attemptKey(memory: Memory, eventId: string, content: string, newKey: () => string): string {
  const known = memory.getItem(nameOf(eventId))
  if (known) {
    const at = known.indexOf(' ')
    if (known.slice(at + 1) === content) return known.slice(0, at)
  }
  const key = newKey()
  memory.setItem(nameOf(eventId), `${key} ${content}`)
  return key
}

/** The buyer has seen how the attempt ended: the next one, even with the same content, is new. */
export const endAttempt = (memory: Memory, eventId: string): void => memory.removeItem(nameOf(eventId))
