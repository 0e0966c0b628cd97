import type { Instant } from './catalog.ts'
import { smallestStepMinor } from './charges.ts'
import { change, newRefund, noSaleAt, type OrderChange, refundableMinor, withoutTickets } from './order-changes.ts'
import { isDisputed, isPaid } from './order-decisions.ts'
import type { Dispute, Order, OrderStatus, Refund, Ticket } from './orders.ts'
import { withRefundOwedAgain } from './refused-refunds.ts'
import { ok, type Result, refuse } from './result.ts'

/** What an organiser wants to give back. An amount ends no ticket. */
export type RefundWish =
  | { readonly kind: 'order' }
  | { readonly kind: 'tickets'; readonly ticketIds: readonly string[] }
  | { readonly kind: 'amount'; readonly amountMinor: number }

export type RefundRefusal = {
  readonly code:
    | 'order_not_paid'
    | 'order_disputed'
    | 'nothing_to_refund'
    | 'refund_too_large'
    | 'refund_not_payable'
    | 'unknown_ticket'
    | 'ticket_revoked'
    | 'ticket_admitted'
}

/**
 * An organiser's refund. Tickets that go back are revoked and their stock is free again; a named ticket returns what was charged
 * for it, though never more than what is left of the order's total. Where that is nothing, as for free tickets, they end all the same.
 *
 * A ticket that was admitted has been used: only an amount can be given back for it.
 *
 * @param tickets all of the order.
 */
export function refundOrder(
  before: Order,
  tickets: readonly Ticket[],
  wish: RefundWish,
  why: Required<Pick<Refund, 'reason' | 'request'>>,
  now: Instant,
): Result<OrderChange, RefundRefusal> {
  if (before.ticketIds.length === 0 && before.payment?.paymentIntentId === undefined)
    return refuse({ code: 'order_not_paid' })
  if (isDisputed(before)) return refuse({ code: 'order_disputed' })
  const left = refundableMinor(before)
  const ending = ticketsToEnd(tickets, wish)
  if (!ending.ok) return ending
  const amountMinor = amountOf(ending.value, wish, left)
  if (amountMinor % smallestStepMinor(before.total.currency) !== 0) return refuse({ code: 'refund_not_payable' })
  if (left === 0 && wish.kind === 'amount') return refuse({ code: 'nothing_to_refund' })
  if (amountMinor > left) return refuse({ code: 'refund_too_large' })
  const ticketIds = ending.value.map(({ id }) => id)
  if (amountMinor === 0 && ticketIds.length === 0) return refuse({ code: 'nothing_to_refund' })

  const paymentIntentId = amountMinor === 0 ? null : (before.payment?.paymentIntentId ?? null)
  const asked = newRefund(before, { paymentIntentId, amountMinor, cause: 'by_organiser', ticketIds, ...why }, now)
  const refund: Refund = amountMinor === 0 ? { ...asked, status: 'succeeded' } : asked
  return ok(withMoneyBack(before, { refunds: [...before.refunds, refund] }, tickets, ending.value, amountMinor, now))
}

/**
 * A refund that was made in the provider's dashboard. One that leaves nothing of the order's payment ends its tickets, since nobody
 * returns the whole price and lets the buyer in; a part of it ends none, because the provider cannot say which.
 */
export function recordProviderRefund(
  before: Order,
  tickets: readonly Ticket[],
  refund: Pick<Refund, 'providerId' | 'amountMinor' | 'status'> & { readonly paymentIntentId: string },
  now: Instant,
): OrderChange {
  const why = { cause: 'at_provider', reason: 'Refunded at the payment provider.' } as const
  const recorded: Refund = { ...newRefund(before, { ...refund, ...why }, now), ...refund }
  const refunds = [...before.refunds, recorded]
  const isOwn = refund.paymentIntentId === before.payment?.paymentIntentId
  const { paymentIntentId } = refund
  if (!isOwn || refund.status === 'failed')
    return withRefundOwedAgain(change(before, { refunds }, now), paymentIntentId, now)
  const ending = refundableMinor({ ...before, refunds }) === 0 ? validOf(before, tickets) : []
  const withTickets = ending.length > 0 ? { ...recorded, ticketIds: ending.map(({ id }) => id) } : recorded
  const changes = { refunds: [...before.refunds, withTickets] }
  const recording = withMoneyBack(before, changes, tickets, ending, refund.amountMinor, now)
  return withRefundOwedAgain(recording, paymentIntentId, now)
}

const stages = { inquiry: 0, open: 1, won: 2, lost: 2 }

/**
 * What the bank says of a buyer's complaint; null for what is known already, since the news may come in any order.
 *
 * Tickets stay valid until the dispute is lost: many are errors, and a buyer who is in the right must get in. Lost, the money has gone back
 * as if it had been refunded, and the tickets end. Won, it goes to a buyer whose order has ended meanwhile.
 */
export function recordDispute(
  before: Order,
  tickets: readonly Ticket[],
  dispute: Omit<Dispute, 'at'>,
  now: Instant,
): OrderChange | null {
  const known = before.disputes.find(({ providerId }) => providerId === dispute.providerId)
  if (known && stages[dispute.status] <= stages[known.status]) return null
  const others = before.disputes.filter((one) => one !== known)
  const disputes = [...others, { ...dispute, at: known?.at ?? now }]
  const isOwn = dispute.paymentIntentId === before.payment?.paymentIntentId
  if (!isOwn || dispute.status !== 'lost')
    return withRefundOwedAgain(change(before, { disputes }, now), dispute.paymentIntentId, now)
  return withMoneyBack(before, { disputes }, tickets, validOf(before, tickets), dispute.amountMinor, now)
}

function ticketsToEnd(tickets: readonly Ticket[], wish: RefundWish): Result<readonly Ticket[], RefundRefusal> {
  if (wish.kind === 'amount') return ok([])
  const named = wish.kind === 'tickets' ? new Set(wish.ticketIds) : null
  const chosen = tickets.filter(({ id, status }) => (named ? named.has(id) : status === 'valid'))
  if (named && chosen.length < named.size) return refuse({ code: 'unknown_ticket' })
  if (chosen.some(({ status }) => status === 'revoked')) return refuse({ code: 'ticket_revoked' })
  if (chosen.some(({ admission }) => admission !== null)) return refuse({ code: 'ticket_admitted' })
  return ok(chosen)
}

function amountOf(ending: readonly Ticket[], wish: RefundWish, left: number): number {
  if (wish.kind === 'amount') return wish.amountMinor
  if (wish.kind === 'order') return left
  const charged = ending.reduce((total, { price }) => total + price.amountMinor, 0)
  return Math.min(charged, left)
}

const validOf = (order: Order, tickets: readonly Ticket[]): Ticket[] =>
  isPaid(order) ? tickets.filter(({ status }) => status === 'valid') : []

function withMoneyBack(
  before: Order,
  changes: Pick<Order, 'refunds'> | Pick<Order, 'disputes'>,
  tickets: readonly Ticket[],
  ending: readonly Ticket[],
  backMinor: number,
  now: Instant,
): OrderChange {
  const isOver = isPaid(before) && ending.length === validOf(before, tickets).length
  const isFree = before.total.amountMinor === 0
  const partly: OrderStatus = isPaid(before) && backMinor > 0 ? 'partly_refunded' : before.status
  const status = isOver ? (isFree ? 'cancelled' : 'refunded') : partly
  const cancelledBy = isOver && isFree ? ('organiser' as const) : before.cancelledBy
  const changed = change(before, { ...changes, status, cancelledBy }, now)
  return withoutTickets({ ...changed, sales: { ...noSaleAt(now), refundedMinor: backMinor } }, ending)
}
