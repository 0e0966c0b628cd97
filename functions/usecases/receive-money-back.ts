import { isPaid } from '#domain/order-decisions.ts'
import type { Dispute, Order } from '#domain/orders.ts'
import { recordDispute, recordProviderRefund } from '#domain/refunds.ts'
import { endCancelledOrder } from './end-cancelled-order.ts'
import { type OrderPorts, untilCommitted } from './order-ports.ts'
import type { ForeignRefund } from './payment-provider.ts'
import { receivePayment } from './receive-payment.ts'
import { recordRefund } from './send-refunds.ts'

export type MoneyBackOutcome = 'done' | 'unknown_payment'

/** Refunds that were made in the provider's dashboard, each written down once, by the provider's id. */
export async function receiveForeignRefunds(
  ports: OrderPorts,
  { orderId, paymentIntentId, refunds }: MoneyBack & { readonly refunds: readonly ForeignRefund[] },
): Promise<MoneyBackOutcome> {
  if (!(await orderOfPayment(ports, { orderId, paymentIntentId }))) return 'unknown_payment'
  for (const refund of refunds) {
    const known = await untilCommitted(async () => {
      const order = await ports.orders.getOrder(orderId)
      const first = order?.refunds.find(({ providerId }) => providerId === refund.providerId)
      if (!order || first) return first ?? null
      const tickets = await ports.tickets.getTickets(order.ticketIds)
      const change = recordProviderRefund(order, tickets, { paymentIntentId, ...refund }, ports.now())
      return (await ports.orders.commitChange(change)) ? null : 'changed'
    })
    if (known) await recordRefund(ports, orderId, known.id, refund)
  }
  return 'done'
}

/** A buyer's complaint at his bank. An order that was spared the end of its event while the bank decided ends when the bank has. */
export async function receiveDispute(
  ports: OrderPorts,
  orderId: string,
  dispute: Omit<Dispute, 'at'>,
): Promise<MoneyBackOutcome> {
  if (!(await orderOfPayment(ports, { orderId, paymentIntentId: dispute.paymentIntentId }))) return 'unknown_payment'
  await untilCommitted(async () => {
    const order = await ports.orders.getOrder(orderId)
    const tickets = order && (await ports.tickets.getTickets(order.ticketIds))
    const change = order && tickets && recordDispute(order, tickets, dispute, ports.now())
    return !change || (await ports.orders.commitChange(change)) ? null : 'changed'
  })
  const order = await ports.orders.getOrder(orderId)
  const event = order && isPaid(order) ? await ports.getEvent(order.eventId) : null
  if (event?.status === 'cancelled') await endCancelledOrder(ports, orderId)
  return 'done'
}

interface MoneyBack {
  readonly orderId: string
  readonly paymentIntentId: string
}

/** Money must have come in before it can go back: news of it may be faster than news of the payment. */
async function orderOfPayment(ports: OrderPorts, { orderId, paymentIntentId }: MoneyBack): Promise<Order | null> {
  const order = await ports.orders.getOrder(orderId)
  if (!order || knows(order, paymentIntentId)) return order
  if (!order.payment) return null
  const checkout = await ports.payments.readCheckout(order.payment.sessionId)
  if (checkout.state !== 'paid' || checkout.paymentIntentId !== paymentIntentId) return null
  const received = await receivePayment(ports, checkout)
  return received.kind === 'settled' ? received.order : null
}

const knows = (order: Order, paymentIntentId: string): boolean =>
  order.payment?.paymentIntentId === paymentIntentId ||
  order.refunds.some((refund) => refund.paymentIntentId === paymentIntentId)
