import type { OrderView } from '#contracts/orders.ts'
import type { Texts } from '../i18n/texts.ts'

/** Which of its faces the order page shows. */
export type Screen =
  | 'loading'
  | 'no_link'
  | 'unknown'
  | 'unreachable'
  | 'held'
  | 'unpaid'
  | 'confirming'
  | 'paid'
  | 'partly_refunded'
  | 'refunded'
  | 'cancelled'
  | 'expired'

/** Where the buyer comes from: `payment` left the payment page without paying, `success` has paid. */
export type From = 'payment' | 'success' | ''

export interface OrderLink {
  readonly id: string
  readonly key: string
  readonly from: From
}

/** The order's id and key stand behind the hash, so that no server's log sees them; a query is accepted too. */
export function readOrderLink(search: string, hash: string): OrderLink | null {
  const fields = new URLSearchParams(`${search.replace(/^\?/, '')}&${hash.replace(/^#/, '')}`)
  const id = fields.get('id') ?? ''
  const key = fields.get('key') ?? ''
  const from = fields.get('from')
  if (!/^ord_[0-9a-z]+$/.test(id) || !key) return null
  return { id, key, from: from === 'payment' || from === 'success' ? from : '' }
}

/** @param nowMs the browser's clock */
export function screenOf(order: Pick<OrderView, 'status' | 'holdExpiresAt'>, from: From, nowMs: number): Screen {
  if (order.status !== 'held') return order.status
  if (from === 'success') return 'confirming'
  // The server asks the payment provider before it gives tickets back: until it says so, nothing has ended.
  if (nowMs >= Date.parse(order.holdExpiresAt)) return 'confirming'
  return from === 'payment' ? 'unpaid' : 'held'
}

/** `9:05`; never negative. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** What a screen reader is told of the countdown: at full minutes that matter, and nothing in between. */
export function spokenCountdown(ms: number, words: Texts['order']): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds === 300) return words.minutesLeft5
  if (seconds === 120) return words.minutesLeft2
  return seconds === 60 ? words.minuteLeft : ''
}

/** Quick at first, when a payment is about to arrive; then ever slower. */
export const pollDelayMs = (tries: number): number => Math.min(15_000, Math.round(1000 * 1.4 ** tries))
