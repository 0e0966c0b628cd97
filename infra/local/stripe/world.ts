import type { Clock } from './clock.ts'
import type { Ledger } from './ledger/ledger.ts'

export type World = {
  ledger: Ledger
  clock: Clock
  /** Where a browser finds the hosted pages, without a slash at the end. */
  publicUrl: string
  hasWebhook: boolean
}

/** The API request that made something happen; both are null when a buyer or the clock did. */
export type Cause = { id: string | null; idempotency_key: string | null }

export const BUYER_OR_CLOCK: Cause = { id: null, idempotency_key: null }
