import type { Instant } from './catalog.ts'

/**
 * How far the end of a cancelled event's orders has come. Its orders are gone through bucket by bucket; what is written here only saves
 * work after a crash, since the end of an order may be repeated.
 */
export interface Cancellation {
  readonly eventId: string
  /** Grows by one with each page. */
  readonly version: number
  readonly startedAt: Instant
  /** This pass over all orders begins no sooner. */
  readonly passFrom: Instant
  readonly bucket: number
  /** The last order of the bucket that has been seen in this pass; null: none yet. */
  readonly after: string | null
  /** Nothing in this pass had to be left for another try. */
  readonly isClean: boolean
  readonly finishedAt: Instant | null
}

/** A request that had read the event before it was cancelled may still write its order; none lives longer than this. */
const stragglerMs = 120_000
const anotherTryMs = 30_000

const later = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString()

export const startCancellation = (eventId: string, now: Instant): Cancellation => ({
  ...{ eventId, version: 1, startedAt: now, passFrom: now },
  ...{ bucket: 0, after: null, isClean: true, finishedAt: null },
})

/**
 * The next page, bucket or pass. It is finished when a pass that began after the last straggler has left nothing over.
 *
 * @param page.next where the bucket goes on; null when this page was its last.
 */
export function afterPage(
  before: Cancellation,
  page: { readonly next: string | null; readonly isClean: boolean },
  buckets: number,
  now: Instant,
): Cancellation {
  const step = { ...before, version: before.version + 1, isClean: before.isClean && page.isClean }
  if (page.next !== null) return { ...step, after: page.next }
  if (before.bucket + 1 < buckets) return { ...step, bucket: before.bucket + 1, after: null }
  const settledAt = later(before.startedAt, stragglerMs)
  if (before.passFrom >= settledAt && step.isClean) return { ...step, finishedAt: now }
  const tryAt = step.isClean ? now : later(now, anotherTryMs)
  const passFrom = [tryAt, settledAt].toSorted().at(-1) ?? settledAt
  return { ...step, passFrom, bucket: 0, after: null, isClean: true }
}

export const isWaiting = ({ passFrom, finishedAt }: Cancellation, now: Instant): boolean =>
  finishedAt === null && now < passFrom
