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
  /** Edits by their own words; each was refused. */
  const refusedEdits = new Set<string>()
  /** The sessions of payments that were said not to fit. */
  const mismatches = new Set<string>()

  const add = <T>(lists: Map<string, T[]>, key: string, one: T) => {
    const list = lists.get(key)
    if (list) list.push(one)
    else lists.set(key, [one])
  }

  return {
    ...{ scans, refunds, extensions, refusedEdits, mismatches },
    scan: (scanId: string, verdict: Verdict) => add(scans, scanId, verdict),
    refund: (request: string, refundId: string) => add(refunds, request, refundId),
    extension: (orderId: string, answer: 'made' | 'refused' | 'unknown') => add(extensions, orderId, answer),
  }
}
