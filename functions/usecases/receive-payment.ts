import { hasRoomFor } from '#domain/discount-codes.ts'
import {
  newTicketsOf,
  quantityOf,
  refundPayment,
  refuseSale,
  sellAgain,
  sellHold,
  waitForBank,
} from '#domain/order-changes.ts'
import { isStillSellable, judgePayment, type ReceivedPayment } from '#domain/order-decisions.ts'
import type { Order, Payment, Refund } from '#domain/orders.ts'
import { demandOf } from '#domain/stock.ts'
import { ticketIdsOf } from './order-ids.ts'
import { type OrderPorts, untilCommitted } from './order-ports.ts'
import type { Checkout } from './payment-provider.ts'
import { sendRefunds } from './send-refunds.ts'

export type PaymentOutcome =
  | { readonly kind: 'settled'; readonly order: Order }
  /** The payment is not the one that was asked for: nothing was changed. */
  | { readonly kind: 'mismatch' }
  /** The order is not in our books: the page belongs to somebody else, or to no order that was ever stored. */
  | { readonly kind: 'unknown_order' }

/**
 * A payment that the provider has confirmed ends in tickets or in a refund, once, whoever brings the news: webhook, return page,
 * sweeper, or all of them together.
 */
export async function receivePayment(ports: OrderPorts, checkout: Checkout): Promise<PaymentOutcome> {
  const { orderId, paymentIntentId, sessionId, amount } = checkout
  if (orderId === null) return { kind: 'unknown_order' }
  if (checkout.state !== 'paid' || paymentIntentId === null) return { kind: 'mismatch' }
  const payment = { orderId, paymentIntentId, sessionId, amount }
  const outcome = await untilCommitted(async () => {
    const order = await ports.orders.getOrder(orderId)
    return order ? settle(ports, order, payment) : ({ kind: 'unknown_order' } as const)
  })
  if (outcome.kind === 'settled') await sendRefunds(ports, outcome.order)
  return outcome
}

/** The buyer has paid by a slow method: his stock stays held until his bank has answered. */
export async function receivePromise(ports: OrderPorts, checkout: Checkout): Promise<void> {
  const { orderId } = checkout
  if (orderId === null) return
  await untilCommitted(async () => {
    const order = await ports.orders.getOrder(orderId)
    if (order?.status !== 'held' || order.payment?.isProcessing) return null
    if (order.payment && order.payment.sessionId !== checkout.sessionId) return null
    const payment = paymentOf(order, checkout)
    return (await ports.orders.commitChange(waitForBank(order, payment, ports.now()))) ? null : 'changed'
  })
}

async function settle(ports: OrderPorts, order: Order, received: ReceivedPayment): Promise<PaymentOutcome | 'changed'> {
  const meaning = judgePayment(order, received)
  switch (meaning) {
    case 'mismatch':
      return { kind: 'mismatch' }
    case 'settled':
      return { kind: 'settled', order }
    case 'sale':
      return (await hasPaidOnItsPage(ports, order, received)) ? 'changed' : sell(ports, order, received)
    case 'late':
      return sellLate(ports, order, received)
    case 'duplicate':
      return giveBack(ports, order, received, paidTwice)
  }
}

/**
 * Money that came from elsewhere takes the place of the order's own page, which nobody asks about any more: so that page is closed
 * first, and what was paid there is what the order was paid with.
 */
async function hasPaidOnItsPage(ports: OrderPorts, { payment }: Order, received: ReceivedPayment): Promise<boolean> {
  if (payment === null || payment.sessionId === received.sessionId) return false
  const checkout = await ports.payments.closeCheckout(payment.sessionId)
  return checkout.state === 'paid' && (await receivePayment(ports, checkout)).kind === 'settled'
}

async function sell(ports: OrderPorts, order: Order, received: ReceivedPayment): Promise<PaymentOutcome | 'changed'> {
  const now = ports.now()
  const event = await ports.getEvent(order.eventId)
  const change =
    event?.status === 'cancelled'
      ? refuseSale(order, refundOf(received, eventCancelled), now)
      : sellHold(order, paidBy(order, received), ticketsFor(order, now), now)
  return (await ports.orders.commitChange(change)) ? { kind: 'settled', order: change.after } : 'changed'
}

/** An allotment of a price phase is stock like any other: the limit that the organiser set on a price holds for who comes late, too. */
async function sellLate(
  ports: OrderPorts,
  order: Order,
  received: ReceivedPayment,
): Promise<PaymentOutcome | 'changed'> {
  const now = ports.now()
  const event = await ports.getEvent(order.eventId)
  const use = order.discountCode
  const code = use ? await ports.orders.getCode(order.eventId, use.code) : null
  const hasRoom = !use || !code || hasRoomFor(code, use)
  if (event && isStillSellable(event, now) && hasRoom) {
    const taken = await ports.orders.takeForOrder({
      orderId: order.id,
      demand: demandOf(order.lines),
      pools: event.pools,
      maxPerBuyer: order.isBuyerLimited ? event.maxPerBuyer : null,
      code,
      change: (stock) => sellAgain(order, paidBy(order, received), ticketsFor(order, now), stock, now),
    })
    if (taken.kind === 'taken') return { kind: 'settled', order: taken.order }
    if (taken.kind === 'busy') throw new Error(`the stock for the late payment of ${order.id} is contended`)
    // A code that was edited since it was read says nothing of its room.
    if (taken.kind === 'changed' || taken.kind === 'exists' || taken.kind === 'code_refused') return 'changed'
  }
  return giveBack(ports, order, received, event?.status === 'cancelled' ? eventCancelled : tooLate)
}

async function giveBack(
  ports: OrderPorts,
  order: Order,
  received: ReceivedPayment,
  why: Pick<Refund, 'cause' | 'reason'>,
): Promise<PaymentOutcome | 'changed'> {
  const change = refundPayment(order, refundOf(received, why), ports.now())
  return (await ports.orders.commitChange(change)) ? { kind: 'settled', order: change.after } : 'changed'
}

const refundOf = ({ paymentIntentId, amount }: ReceivedPayment, why: Pick<Refund, 'cause' | 'reason'>) => ({
  ...{ paymentIntentId, amountMinor: amount.amountMinor },
  ...why,
})

const ticketsFor = (order: Order, now: string) => newTicketsOf(order, ticketIdsOf(order.id, quantityOf(order)), now)

const paidBy = (order: Order, { sessionId, paymentIntentId }: ReceivedPayment): Payment => ({
  attempt: order.payment?.attempt ?? 1,
  url: order.payment?.url ?? '',
  sessionId,
  paymentIntentId,
})

const paymentOf = (order: Order, { sessionId, url }: Checkout): Payment => ({
  attempt: order.payment?.attempt ?? 1,
  url: order.payment?.url ?? url ?? '',
  sessionId,
})

const paidTwice = { cause: 'duplicate', reason: 'The order had been paid before.' } as const
const eventCancelled = { cause: 'event_cancelled', reason: 'The event has been cancelled.' } as const
const tooLate = { cause: 'no_tickets', reason: 'The payment came after the reservation had ended.' } as const
