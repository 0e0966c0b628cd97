import { checkoutMinutes } from '#domain/holds.ts'
import { addMinutes, isHoldOver, lookLater, releaseHold, resumeHold } from '#domain/order-changes.ts'
import type { Order } from '#domain/orders.ts'
import { type OrderPorts, untilCommitted } from './order-ports.ts'
import { type Checkout, CheckoutUnknown } from './payment-provider.ts'
import { receivePayment, receivePromise } from './receive-payment.ts'
import { sendRefunds } from './send-refunds.ts'

export type Look = 'expired' | 'paid' | 'waiting' | 'refunds' | 'nothing'

/**
 * Looks at an order that is due: ends a hold that is over, asks after a payment whose webhook may have been lost, carries out refunds.
 *
 * @throws PaymentUnavailable when the provider does not answer: the stock then stays held, because somebody may have paid for it.
 */
export async function lookAtOrder(ports: OrderPorts, orderId: string): Promise<Look> {
  const order = await ports.orders.getOrder(orderId)
  if (!order || order.dueAt === null) return 'nothing'
  if (order.status !== 'held') {
    await sendRefunds(ports, order)
    return 'refunds'
  }
  if (isHoldOver(order, ports.now())) return endHold(ports, order)
  if (!order.payment) return 'nothing'
  return follow(ports, order, await ports.payments.readCheckout(order.payment.sessionId))
}

/**
 * The payment page is closed first, and the stock given back only after the provider has agreed. An order without a stored page can be
 * released at once: a page is shown to nobody before it is stored.
 */
export async function endHold(ports: OrderPorts, order: Order): Promise<Look> {
  if (!order.payment) return release(ports, order)
  const checkout = await closePage(ports, order, order.payment.sessionId)
  return !checkout || checkout.state === 'closed' ? release(ports, order) : follow(ports, order, checkout)
}

/** Null for a page that the provider does not know any more, and whose time is over: nobody can pay there. */
async function closePage(ports: OrderPorts, order: Order, sessionId: string): Promise<Checkout | null> {
  try {
    return await ports.payments.closeCheckout(sessionId)
  } catch (error) {
    const isOver = ports.now() >= addMinutes(order.createdAt, checkoutMinutes)
    if (error instanceof CheckoutUnknown && isOver) return null
    throw error
  }
}

async function release(ports: OrderPorts, order: Order): Promise<Look> {
  const isReleased = await ports.orders.commitChange(releaseHold(order, 'expired', ports.now()))
  return isReleased ? 'expired' : 'nothing'
}

async function follow(ports: OrderPorts, order: Order, checkout: Checkout): Promise<Look> {
  if (checkout.state === 'paid') {
    const outcome = await receivePayment(ports, checkout)
    if (outcome.kind !== 'settled') throw new Error(`the payment ${checkout.sessionId} of ${order.id}: ${outcome.kind}`)
    return 'paid'
  }
  if (checkout.state === 'processing' && !order.payment?.isProcessing) await receivePromise(ports, checkout)
  else if (checkout.state === 'closed' && order.payment?.isProcessing) await endFailedPayment(ports, order.id)
  else await ports.orders.commitChange(lookLater(order, ports.now()))
  return 'waiting'
}

/** A slow payment method failed: the hold ends, unless the buyer still has time to pay in another way. */
export async function endFailedPayment(ports: OrderPorts, orderId: string): Promise<void> {
  await untilCommitted(async () => {
    const order = await ports.orders.getOrder(orderId)
    if (order?.status !== 'held' || !order.payment?.isProcessing) return null
    const checkout = await ports.payments.readCheckout(order.payment.sessionId)
    if (checkout.state !== 'closed') return null
    const now = ports.now()
    const change = isHoldOver(order, now) ? releaseHold(order, 'expired', now) : resumeHold(order, now)
    return (await ports.orders.commitChange(change)) ? null : 'changed'
  })
}
