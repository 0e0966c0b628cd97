import type { EventRecord, Instant } from './catalog.ts'
import type { Admission, Ticket } from './orders.ts'

export const verdicts = ['admitted', 'already_admitted', 'revoked', 'wrong_event', 'not_valid_now', 'unknown'] as const
export type Verdict = (typeof verdicts)[number]

/** Doors may scan from this long before the start until this long after the end. */
export const scanWindowHours = { before: 24, after: 12 }

/** A device's clock may run this far ahead of ours before we stop believing it. */
export const clockToleranceMinutes = 5

export type Direction = 'in' | 'out'

export interface ScanRequest {
  readonly scanId: string
  readonly code: string
  readonly at: Instant
  readonly gate: string
  readonly direction: Direction
}

export type ScanJudgement =
  | { readonly verdict: Exclude<Verdict, 'already_admitted'> }
  | { readonly verdict: 'already_admitted'; readonly firstScan: Admission }

export type ScannedEvent = Pick<EventRecord, 'status' | 'startsAt' | 'endsAt'>

/**
 * Decides what a door is told of a genuine code of this event; the store repeats the decision as a condition.
 *
 * A scan on the way out never admits: of a ticket that nobody came in with it answers `not_valid_now`.
 */
export function judgeScan(
  ticket: Pick<Ticket, 'status' | 'admission'> | null,
  event: ScannedEvent,
  at: Instant,
  direction: Direction,
): ScanJudgement {
  if (!ticket) return { verdict: 'unknown' }
  if (ticket.status === 'revoked') return { verdict: 'revoked' }
  if (ticket.admission) return { verdict: 'already_admitted', firstScan: ticket.admission }
  return { verdict: direction === 'in' && isScannable(event, at) ? 'admitted' : 'not_valid_now' }
}

/** Whether doors may be open at that instant. */
export function isScannable(event: ScannedEvent, at: Instant): boolean {
  const hour = 3_600_000
  const opens = Date.parse(event.startsAt) - scanWindowHours.before * hour
  const closes = Date.parse(event.endsAt) + scanWindowHours.after * hour
  const time = Date.parse(at)
  return event.status === 'published' && time >= opens && time <= closes
}

/** The instant a scan counts for: its device's, or ours when the device claims to come from the future. */
export function scanInstant(deviceAt: Instant, now: Instant): Instant {
  return Date.parse(deviceAt) > Date.parse(now) + clockToleranceMinutes * 60_000 ? now : deviceAt
}
