import type { EventRecord } from '#domain/catalog.ts'
import type { Verdict } from '#domain/checkin.ts'

export type Told = ReturnType<typeof createTold>

/** What the outside world has been told: it must stay true. */
export function createTold() {
  /** Each answer to one scan of one ticket. */
  const scans = new Map<string, Verdict[]>()
  /** The refunds that one request was answered with, however often it was sent. */
  const refunds = new Map<string, string[]>()
  /** What came of each wish to extend an order's hold; a fault leaves it open. */
  const extensions = new Map<string, ('made' | 'refused' | 'unknown')[]>()
  /** Tickets that a request for a refund was told to have ended before. */
  const endedBefore: { readonly orderId: string; readonly key: number; readonly ticketId: string }[] = []
  /** Edits by their own words; each was refused. */
  const refusedEdits = new Set<string>()
  /** The sessions of payments that were said not to fit. */
  const mismatches = new Set<string>()
  /** Every state of the event, the first one first. */
  const events: EventRecord[] = []
  /** For each order the visits that are placing it: which state of the event each of them found. */
  const placing = new Map<string, Set<{ readonly from: number }>>()

  const add = <T>(lists: Map<string, T[]>, key: string, one: T) => {
    const list = lists.get(key)
    if (list) list.push(one)
    else lists.set(key, [one])
  }

  return {
    ...{ scans, refunds, extensions, endedBefore, refusedEdits, mismatches, events },
    scan: (scanId: string, verdict: Verdict) => add(scans, scanId, verdict),
    refund: (request: string, refundId: string) => add(refunds, request, refundId),
    /** The states of the event that whoever places this order at this moment may have seen. */
    eventsSeenBy(orderId: string): readonly EventRecord[] {
      const starts = [...(placing.get(orderId) ?? [])].map(({ from }) => from)
      return events.slice(Math.min(...starts, events.length))
    },
    async whilePlacing(orderId: string, visit: () => Promise<unknown>): Promise<void> {
      const own = { from: events.length - 1 }
      const visits = placing.get(orderId) ?? new Set()
      placing.set(orderId, visits.add(own))
      await visit()
      visits.delete(own)
    },
    extension: (orderId: string, answer: 'made' | 'refused' | 'unknown') => add(extensions, orderId, answer),
  }
}
