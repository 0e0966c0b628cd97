import type { Clock } from '../clock.ts'
import type { Checkout } from '../ledger/records.ts'

export function isDueToExpire({ session, agedSecondsAtStart }: Checkout, clock: Clock): boolean {
  if (session.status !== 'open') return false
  return clock.now() + clock.agedSeconds() - agedSecondsAtStart >= session.expires_at
}
