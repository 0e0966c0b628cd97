import { cancelPaidOrder } from '#domain/order-changes.ts'
import { isDisputed, isPaid } from '#domain/order-decisions.ts'
import type { Order } from '#domain/orders.ts'
import { endHold } from './expire-hold.ts'
import { type OrderPorts, untilCommitted } from './order-ports.ts'
import { sendRefunds } from './send-refunds.ts'

/** `later`: somebody else has to act first, and what he does ends the order: a bank, or whoever settles a dispute. */
export type Ended = 'ended' | 'later' | 'nothing'

/**
 * Ends an order of an event that has been cancelled: a hold and its payment page are closed, a paid order is refunded in full. May be
 * repeated, also after a crash at any point: what has ended stays as it is.
 *
 * @throws PaymentUnavailable when a payment page cannot be closed now.
 */
export async function endCancelledOrder(ports: OrderPorts, orderId: string): Promise<Ended> {
  const ended = await untilCommitted(() => tryToEnd(ports, orderId))
  if (typeof ended === 'string') return ended
  await sendRefunds(ports, ended)
  return 'ended'
}

async function tryToEnd(ports: OrderPorts, orderId: string): Promise<Order | Ended | 'changed'> {
  const order = await ports.orders.getOrder(orderId)
  if (!order) return 'nothing'
  if (order.status === 'held') return endHeld(ports, order)
  if (!isPaid(order)) return 'nothing'
  if (isDisputed(order)) return 'later'
  const tickets = await ports.tickets.getTickets(order.ticketIds)
  const valid = tickets.filter(({ status }) => status === 'valid')
  const change = cancelPaidOrder(order, valid, cancelled, ports.now())
  return (await ports.orders.commitChange(change)) ? change.after : 'changed'
}

async function endHeld(ports: OrderPorts, order: Order): Promise<Ended | 'changed'> {
  const look = await endHold(ports, order)
  if (look === 'expired') return 'ended'
  return look === 'waiting' ? 'later' : 'changed'
}

const cancelled = { cause: 'event_cancelled', reason: 'The event has been cancelled.' } as const
