import type { Instant } from './catalog.ts'
import { splitAmount, sumCharges } from './charges.ts'
import { endTickets } from './end-tickets.ts'
import { extensionMinutes, holdMinutes } from './holds.ts'
import type { CodeUse, LineCharges, Order, Payment, Refund, StockTaken, Ticket } from './orders.ts'
import { giveBack, type StockMove, sellHeld, takeInto } from './stock.ts'

/** What one commit does to an order and to everything that must agree with it. The store writes all of it or nothing. */
export interface OrderChange {
  /** The order as it was decided on: another version in the database refuses the change. */
  readonly before: Order
  readonly after: Order
  readonly stock: readonly StockMove[]
  readonly newTickets: readonly Ticket[]
  readonly revokedTicketIds: readonly string[]
  readonly sales: SalesDelta | null
  /** Added to what this buyer has of the event's limit. */
  readonly buyerLimit: number
}

/** Added to the event's statistics of one day. */
export interface SalesDelta {
  readonly at: Instant
  readonly orders: number
  readonly sold: number
  readonly revenueMinor: number
  readonly refundedMinor: number
  /** Orders that ended because the event was cancelled. */
  readonly cancelledByEvent?: number
  /** As charged when it was sold, like revenue; refunds are counted apart. */
  readonly charges?: LineCharges | undefined
  readonly ticketTypes: readonly { readonly id: string; readonly sold: number; readonly revenueMinor: number }[]
}

const minute = 60_000
export const addMinutes = (at: Instant, minutes: number): Instant =>
  new Date(Date.parse(at) + minutes * minute).toISOString()

/** How often an order that waits for somebody is looked at before its hold ends, in case a webhook was lost. */
const lookAgainMinutes = { openPayment: 5, processingPayment: 10, unansweredRefund: 1, pendingRefund: 360 }

export const quantityOf = (order: Pick<Order, 'lines'>): number =>
  order.lines.reduce((total, line) => total + line.quantity, 0)

export const isHoldOver = (order: Order, now: Instant): boolean => now >= order.holdExpiresAt

/** Of the order's own payment; a pending refund counts, a failed one and that of a duplicate payment do not. */
export const refundedMinor = (order: Order): number =>
  order.refunds
    .filter((refund) => refund.status !== 'failed' && refund.paymentIntentId === order.payment?.paymentIntentId)
    .reduce((total, refund) => total + refund.amountMinor, 0)

/** Taken back by the buyer's bank for good. */
export const lostMinor = (order: Order): number =>
  order.disputes
    .filter(({ status, paymentIntentId }) => status === 'lost' && paymentIntentId === order.payment?.paymentIntentId)
    .reduce((total, dispute) => total + dispute.amountMinor, 0)

/** What can still go back of the order's own payment. */
export const refundableMinor = (order: Order): number =>
  order.payment?.paymentIntentId === undefined
    ? 0
    : Math.max(0, order.total.amountMinor - refundedMinor(order) - lostMinor(order))

/** Added to the counter of the order's discount code: its uses are the order's while it is held or paid. Null: nothing changes. */
export function codeUseOf({ before, after }: Pick<OrderChange, 'before' | 'after'>): CodeUse | null {
  const use = after.discountCode
  const had = after.version > 1 && keepsCode(before)
  if (!use || had === keepsCode(after)) return null
  return had ? { code: use.code, uses: -use.uses, discountMinor: -use.discountMinor } : use
}

const keepsCode = ({ status }: Order): boolean => status === 'held' || status === 'paid' || status === 'partly_refunded'

export type NewOrder = Omit<
  Order,
  | 'version'
  | 'status'
  | 'stock'
  | 'ticketIds'
  | 'holdExpiresAt'
  | 'holdExtended'
  | 'payment'
  | 'refunds'
  | 'disputes'
  | 'cancelledBy'
  | 'dueAt'
  | 'updatedAt'
>

/** A new order: held while the buyer pays, or paid at once when there is nothing to pay. */
export function startOrder(order: NewOrder, stock: readonly StockTaken[], tickets: readonly Ticket[]): OrderChange {
  const holdExpiresAt = addMinutes(order.createdAt, holdMinutes)
  const held: Order = {
    ...order,
    version: 1,
    status: 'held',
    stock,
    ticketIds: [],
    holdExpiresAt,
    holdExtended: false,
    payment: null,
    refunds: [],
    disputes: [],
    dueAt: holdExpiresAt,
    updatedAt: order.createdAt,
  }
  const buyerLimit = order.isBuyerLimited ? quantityOf(order) : 0
  const start = { before: held, revokedTicketIds: [], buyerLimit }
  if (order.total.amountMinor > 0)
    return { ...start, after: held, stock: takeInto('held', stock), newTickets: [], sales: null }
  const paid: Order = { ...held, status: 'paid', ticketIds: tickets.map(({ id }) => id), dueAt: null }
  return { ...start, after: paid, stock: takeInto('sold', stock), newTickets: tickets, sales: saleOf(paid) }
}

/** The hosted payment page that the buyer is sent to. */
export const openPaymentPage = (before: Order, payment: Payment, now: Instant): OrderChange =>
  change(before, { payment }, now)

export const extendHold = (before: Order, now: Instant): OrderChange =>
  change(before, { holdExtended: true, holdExpiresAt: addMinutes(before.holdExpiresAt, extensionMinutes) }, now)

/** Looks later: nothing about the order has changed but that somebody has asked. */
export const lookLater = (before: Order, now: Instant): OrderChange => change(before, {}, now)

export const waitForBank = (before: Order, payment: Payment, now: Instant): OrderChange =>
  change(before, { payment: { ...payment, isProcessing: true } }, now)

/** His bank has refused, and he has time to pay in another way. */
export function resumeHold(before: Order, now: Instant): OrderChange {
  if (!before.payment) throw new RangeError('a hold without a payment page waits for no bank')
  const { isProcessing: _, ...payment } = before.payment
  return change(before, { payment }, now)
}

/** Gives up a hold whose payment page is closed for good. */
export function releaseHold(before: Order, status: 'expired' | 'cancelled', now: Instant): OrderChange {
  const released = change(before, { status, stock: [] }, now)
  return {
    ...released,
    stock: giveBack('held', before.stock),
    buyerLimit: before.isBuyerLimited ? -quantityOf(before) : 0,
  }
}

/** The hold becomes tickets. */
export function sellHold(before: Order, payment: Payment, tickets: readonly Ticket[], now: Instant): OrderChange {
  return { ...sale(before, payment, tickets, now), stock: sellHeld(before.stock) }
}

/** A payment came after the hold had been given up, and there is still stock: it is taken again. */
export function sellAgain(
  before: Order,
  payment: Payment,
  tickets: readonly Ticket[],
  stock: readonly StockTaken[],
  now: Instant,
): OrderChange {
  const sold = sale(before, payment, tickets, now)
  const buyerLimit = before.isBuyerLimited ? quantityOf(before) : 0
  return { ...sold, after: { ...sold.after, stock }, stock: takeInto('sold', stock), buyerLimit }
}

/**
 * The whole order comes to an end after it was paid; what is left of its price goes back to the buyer.
 *
 * @param tickets those that are still valid; one that was admitted ends in the books, but an admission is never taken back.
 */
export function cancelPaidOrder(
  before: Order,
  tickets: readonly Pick<Ticket, 'id' | 'admission'>[],
  why: { readonly cause: 'requested' | 'event_cancelled'; readonly reason: string },
  now: Instant,
): OrderChange {
  const amountMinor = refundableMinor(before)
  const paymentIntentId = before.payment?.paymentIntentId
  const refunds =
    amountMinor > 0 && paymentIntentId !== undefined
      ? [...before.refunds, newRefund(before, { paymentIntentId, amountMinor, ...why }, now)]
      : before.refunds
  const cancelledBy = why.cause === 'requested' ? 'buyer' : 'event'
  const cancelled = change(before, { status: 'cancelled', stock: [], refunds, cancelledBy }, now)
  const ended = withoutTickets(cancelled, tickets)
  const cancelledByEvent = cancelledBy === 'event' ? 1 : 0
  return { ...ended, sales: { ...(ended.sales ?? noSaleAt(now)), refundedMinor: amountMinor, cancelledByEvent } }
}

/** Adds to a change of an order that these of its valid tickets end with it: they are revoked, and their stock is free again. */
export function withoutTickets(change: OrderChange, tickets: readonly Pick<Ticket, 'id' | 'admission'>[]): OrderChange {
  if (tickets.length === 0) return change
  const { before, after } = change
  const end = endTickets(
    before,
    tickets.map(({ id }) => id),
  )
  const sold = { sold: -tickets.length, ticketTypes: end.ticketTypes }
  return {
    ...change,
    after: { ...after, stock: end.stockKept },
    stock: giveBack('sold', end.stockFreed),
    revokedTicketIds: tickets.filter(({ admission }) => admission === null).map(({ id }) => id),
    sales: { ...(change.sales ?? noSaleAt(after.updatedAt)), ...sold },
    buyerLimit: before.isBuyerLimited ? -tickets.length : 0,
  }
}

/** Money that buys nothing here goes back whole: a late payment without stock, or a second payment of a paid order. */
export function refundPayment(
  before: Order,
  payment: Pick<Refund, 'paymentIntentId' | 'amountMinor' | 'cause' | 'reason'>,
  now: Instant,
): OrderChange {
  return change(before, { refunds: [...before.refunds, newRefund(before, payment, now)] }, now)
}

/** A payment for an event that has been cancelled in the meantime: the hold ends, and the money goes back whole. */
export function refuseSale(
  before: Order,
  payment: Pick<Refund, 'paymentIntentId' | 'amountMinor' | 'cause' | 'reason'>,
  now: Instant,
): OrderChange {
  const refunds = [...before.refunds, newRefund(before, payment, now)]
  const { after } = change(before, { status: 'expired', stock: [], refunds }, now)
  return { ...releaseHold(before, 'expired', now), after }
}

/** What the payment provider says of a refund. */
export function settleRefund(
  before: Order,
  refundId: string,
  answer: Pick<Refund, 'providerId' | 'status'>,
  now: Instant,
): OrderChange {
  const refunds = before.refunds.map((refund) => (refund.id === refundId ? { ...refund, ...answer } : refund))
  const settled = change(before, { refunds, status: statusWith(before, refunds) }, now)
  const delta = refundedMinor(settled.after) - refundedMinor(before)
  const sales = delta === 0 ? null : { ...noSaleAt(now), refundedMinor: delta }
  return { ...settled, sales }
}

/** Amounts end no ticket: when all of them have failed, the order is as it was before them. */
function statusWith(order: Order, refunds: readonly Refund[]): Order['status'] {
  if (order.status !== 'paid' && order.status !== 'partly_refunded') return order.status
  const counts = ({ paymentIntentId, status, ticketIds = [] }: Refund) =>
    paymentIntentId === order.payment?.paymentIntentId && (status !== 'failed' || ticketIds.length > 0)
  return refunds.some(counts) ? 'partly_refunded' : 'paid'
}

export function newTicketsOf(order: NewOrder | Order, ticketIds: readonly string[], now: Instant): Ticket[] {
  const { currency } = order.total
  // What was charged for each ticket: the tickets of a line sum to its total, fees and taxes included.
  const lineOfTicket = order.lines.flatMap((line) =>
    splitAmount(line.totalMinor, line.quantity, currency).map((amountMinor) => ({ ...line, amountMinor })),
  )
  if (lineOfTicket.length !== ticketIds.length) throw new RangeError('an order has one id for each ticket')
  return ticketIds.map((id, at) => {
    const line = lineOfTicket[at]
    if (!line) throw new RangeError('a ticket without a line')
    const attendee = order.attendees[at]
    return {
      id,
      orderId: order.id,
      eventId: order.eventId,
      ticketTypeId: line.ticketTypeId,
      ticketTypeName: line.ticketTypeName,
      attendeeName: attendee?.name ?? order.buyer.name,
      attendeeEmail: attendee?.email ?? order.buyer.email,
      price: { amountMinor: line.amountMinor, currency },
      status: 'valid',
      admission: null,
      createdAt: now,
    }
  })
}

function sale(before: Order, payment: Payment, tickets: readonly Ticket[], now: Instant): OrderChange {
  const { isProcessing: _, ...settled } = payment
  const ticketIds = tickets.map(({ id }) => id)
  const sold = change(before, { status: 'paid', payment: { ...settled, paidAt: now }, ticketIds }, now)
  return { ...sold, newTickets: tickets, sales: saleOf(sold.after) }
}

export const noSaleAt = (at: Instant): SalesDelta => ({
  ...{ at, orders: 0, sold: 0, revenueMinor: 0, refundedMinor: 0 },
  ticketTypes: [],
})

const saleOf = (order: Order): SalesDelta => ({
  at: order.updatedAt,
  orders: 1,
  sold: quantityOf(order),
  revenueMinor: order.total.amountMinor,
  refundedMinor: 0,
  charges: sumCharges(order.lines),
  ticketTypes: order.lines.map((line) => ({
    id: line.ticketTypeId,
    sold: line.quantity,
    revenueMinor: line.totalMinor,
  })),
})

export const newRefund = (
  order: Order,
  refund: Omit<Refund, 'id' | 'providerId' | 'status' | 'at'>,
  now: Instant,
): Refund => ({
  ...refund,
  id: `${order.id}-refund-${order.refunds.length + 1}`,
  providerId: null,
  status: 'pending',
  at: now,
})

export function change(before: Order, changes: Partial<Order>, now: Instant): OrderChange {
  const changed: Order = { ...before, ...changes, version: before.version + 1, updatedAt: now }
  const after: Order = { ...changed, dueAt: nextLookAt(changed, now) }
  return { before, after, stock: [], newTickets: [], revokedTicketIds: [], sales: null, buyerLimit: 0 }
}

function nextLookAt(order: Order, now: Instant): Instant | null {
  if (order.status === 'held') {
    if (order.payment?.isProcessing) return addMinutes(now, lookAgainMinutes.processingPayment)
    const next = addMinutes(now, lookAgainMinutes.openPayment)
    return order.payment && next < order.holdExpiresAt ? next : order.holdExpiresAt
  }
  const pending = order.refunds.filter(({ status }) => status === 'pending')
  if (pending.some(({ providerId }) => providerId === null)) return addMinutes(now, lookAgainMinutes.unansweredRefund)
  return pending.length > 0 ? addMinutes(now, lookAgainMinutes.pendingRefund) : null
}
