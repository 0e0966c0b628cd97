import { cancelPaidOrder, releaseHold } from '#domain/order-changes.ts'
import { isCancellable, isPaid } from '#domain/order-decisions.ts'
import type { Order } from '#domain/orders.ts'
import { ok, type Result, refuse } from '#domain/result.ts'
import { type OrderPorts, untilCommitted } from './order-ports.ts'
import { PaymentUnavailable } from './payment-provider.ts'
import { receivePayment } from './receive-payment.ts'
import { sendRefunds } from './send-refunds.ts'

export type CancelRefusal = { readonly code: 'not_found' | 'not_cancellable' | 'payment_unavailable' }

/** The buyer gives the order up; one that has been cancelled before is answered as it stands. */
export async function cancelOrder(ports: OrderPorts, orderId: string): Promise<Result<Order, CancelRefusal>> {
  try {
    return await untilCommitted(() => tryToCancel(ports, orderId))
  } catch (error) {
    if (error instanceof PaymentUnavailable) return refuse({ code: 'payment_unavailable' })
    throw error
  }
}

async function tryToCancel(ports: OrderPorts, orderId: string): Promise<Result<Order, CancelRefusal> | 'changed'> {
  const order = await ports.orders.getOrder(orderId)
  const event = order && (await ports.getEvent(order.eventId))
  if (!order || !event) return refuse({ code: 'not_found' })
  if (order.status === 'cancelled') return ok(order)
  if (!isCancellable(order, event, ports.now())) return refuse({ code: 'not_cancellable' })
  return isPaid(order) ? cancelPaid(ports, order) : cancelHeld(ports, order)
}

/** The payment page is closed first. A buyer who paid in another window a moment ago has bought: he may cancel that, too. */
async function cancelHeld(ports: OrderPorts, order: Order): Promise<Result<Order, CancelRefusal> | 'changed'> {
  if (order.payment) {
    const checkout = await ports.payments.closeCheckout(order.payment.sessionId)
    if (checkout.state === 'paid') {
      const outcome = await receivePayment(ports, checkout)
      return outcome.kind === 'settled' ? 'changed' : refuse({ code: 'not_cancellable' })
    }
    if (checkout.state !== 'closed') return refuse({ code: 'not_cancellable' })
  }
  const change = releaseHold(order, 'cancelled', ports.now())
  return (await ports.orders.commitChange(change)) ? ok(change.after) : 'changed'
}

async function cancelPaid(ports: OrderPorts, order: Order): Promise<Result<Order, CancelRefusal> | 'changed'> {
  const tickets = await ports.tickets.getTickets(order.ticketIds)
  if (tickets.some(({ admission }) => admission !== null)) return refuse({ code: 'not_cancellable' })
  const valid = tickets.filter(({ status }) => status === 'valid')
  const change = cancelPaidOrder(order, valid, byBuyer, ports.now())
  if (!(await ports.orders.commitChange(change))) return 'changed'
  await sendRefunds(ports, change.after)
  return ok((await ports.orders.getOrder(order.id)) ?? change.after)
}

const byBuyer = { cause: 'requested', reason: 'Cancelled by the buyer.' } as const
