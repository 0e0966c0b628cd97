import type { OrderView } from '#contracts/orders.ts'

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

export interface Words {
  readonly title: string
  readonly text: string
}

export const words: Readonly<Record<Screen, Words>> = {
  loading: { title: 'One moment', text: 'We are looking up your order.' },
  no_link: {
    title: 'Which order?',
    text: 'This address is not complete. Open the link in your confirmation e-mail, or sign in to see your tickets.',
  },
  unknown: {
    title: 'We cannot find this order',
    text: 'The link may have been cut off on its way. Open it again from your confirmation e-mail.',
  },
  unreachable: { title: 'No connection', text: 'Your order is safe. We ask again as soon as you are connected.' },
  held: { title: 'Your tickets are waiting', text: 'They are kept for you. Pay to make them yours.' },
  unpaid: {
    title: 'Not paid yet',
    text: 'You came back before paying, or your card was declined. Nothing was charged, and your tickets are still kept.',
  },
  confirming: {
    title: 'Checking your payment',
    text: 'This takes a few seconds. You can leave this page: your tickets come by e-mail too.',
  },
  paid: { title: 'You’re going', text: 'Show a code at the door, on this screen or on paper.' },
  partly_refunded: { title: 'Partly refunded', text: 'The tickets that still stand here are valid.' },
  refunded: {
    title: 'Refunded',
    text: 'Your money is on its way back to your card. That takes up to ten days. These tickets no longer open the door.',
  },
  cancelled: { title: 'Cancelled', text: 'This order is cancelled. Nothing more will be charged.' },
  expired: {
    title: 'Your reservation has ended',
    text: 'The time to pay was over, so the tickets went back on sale. Nothing was charged.',
  },
}

/** `9:05`; never negative. */
export function countdown(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** What a screen reader is told of the countdown: at full minutes that matter, and nothing in between. */
export function spokenCountdown(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  if (seconds === 300 || seconds === 120) return `${seconds / 60} minutes left to pay.`
  return seconds === 60 ? 'One minute left to pay.' : ''
}

/** Quick at first, when a payment is about to arrive; then ever slower. */
export const pollDelayMs = (tries: number): number => Math.min(15_000, Math.round(1000 * 1.4 ** tries))
