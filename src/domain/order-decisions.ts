import type { EventRecord, Instant } from './catalog.ts'
import type { Money } from './money.ts'
import type { Order } from './orders.ts'

/** A payment that the provider says has been made. */
export interface ReceivedPayment {
  readonly orderId: string
  readonly sessionId: string
  readonly paymentIntentId: string
  readonly amount: Money
}

/**
 * What a payment means for its order. `settled`: it has been counted or refunded before. `late`: the hold had been given up.
 * `duplicate`: the order was paid by another payment, which stays; this one goes back.
 */
export type PaymentMeaning = 'mismatch' | 'settled' | 'sale' | 'late' | 'duplicate'

export function judgePayment(order: Order, payment: ReceivedPayment): PaymentMeaning {
  const { amountMinor, currency } = payment.amount
  if (payment.orderId !== order.id || currency !== order.total.currency || amountMinor !== order.total.amountMinor)
    return 'mismatch'
  if (order.payment?.paymentIntentId === payment.paymentIntentId) return 'settled'
  if (order.refunds.some((refund) => refund.paymentIntentId === payment.paymentIntentId)) return 'settled'
  if (order.status === 'held') return 'sale'
  return order.payment?.paymentIntentId === undefined ? 'late' : 'duplicate'
}

/** A late payment buys only what could still be sold. */
export const isStillSellable = (event: EventRecord, now: Instant): boolean =>
  event.status === 'published' && now < event.endsAt

/** The bank holds the money of the order's payment until it has decided: nothing can be refunded meanwhile. */
export const isDisputed = (order: Order): boolean =>
  order.disputes.some(
    ({ status, paymentIntentId }) => status === 'open' && paymentIntentId === order.payment?.paymentIntentId,
  )

/** What was decided on is what is stored. */
export const isUnchanged = (seen: Order, stored: Order | null): boolean => stored?.version === seen.version

export const isPaid = (order: Order): boolean => order.status === 'paid' || order.status === 'partly_refunded'

/** A held order may always be given up; a paid one by the event's policy, or when the event itself is cancelled. */
export function isCancellable(order: Order, event: EventRecord, now: Instant): boolean {
  if (order.status === 'held') return !order.payment?.isProcessing
  if (!isPaid(order) || isDisputed(order)) return false
  if (event.status === 'cancelled') return true
  const hours = event.cancellation.refundableUntilHours
  return hours !== null && Date.parse(now) <= Date.parse(event.startsAt) - hours * 3_600_000
}
