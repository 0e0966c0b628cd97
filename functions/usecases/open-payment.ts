import { setTimeout as wait } from 'node:timers/promises'
import { checkoutMinutes } from '#domain/holds.ts'
import { addMinutes, isHoldOver, openPaymentPage } from '#domain/order-changes.ts'
import type { Order, Payment } from '#domain/orders.ts'
import { ok, type Result, refuse } from '#domain/result.ts'
import { checkoutLines } from './checkout-lines.ts'
import type { OrderPorts } from './order-ports.ts'
import { type Checkout, type CheckoutRequest, PaymentUnavailable } from './payment-provider.ts'
import { receivePayment } from './receive-payment.ts'

export type PaymentRefusal = { readonly code: 'order_not_payable' | 'hold_expired' | 'payment_unavailable' }

/** The hosted payment page of a held order: the stored one, or a new one. Nothing is open or locked while the provider works. */
export async function openPayment(ports: OrderPorts, order: Order): Promise<Result<{ url: string }, PaymentRefusal>> {
  if (order.payment && order.status === 'held') return ok({ url: order.payment.url })
  return openPage(ports, order, 1)
}

/** As `openPayment`, but asks the provider whether the stored page is still open, and replaces one that is not. */
export async function reopenPayment(ports: OrderPorts, order: Order): Promise<Result<{ url: string }, PaymentRefusal>> {
  const refusal = whyNotPayable(ports, order)
  if (refusal) return refuse(refusal)
  if ((await ports.getEvent(order.eventId))?.status !== 'published') return refuse({ code: 'order_not_payable' })
  if (!order.payment) return openPage(ports, order, 1)
  const checkout = await ask(() => ports.payments.readCheckout(order.payment?.sessionId ?? ''))
  if (!checkout) return refuse({ code: 'payment_unavailable' })
  if (checkout.state === 'open') return ok({ url: order.payment.url })
  if (checkout.state === 'closed') return openPage(ports, order, order.payment.attempt + 1)
  if (checkout.state === 'paid') await receivePayment(ports, checkout)
  return refuse({ code: 'order_not_payable' })
}

function whyNotPayable(ports: OrderPorts, order: Order): PaymentRefusal | null {
  if (order.status === 'expired') return { code: 'hold_expired' }
  if (order.status !== 'held') return { code: 'order_not_payable' }
  return isHoldOver(order, ports.now()) ? { code: 'hold_expired' } : null
}

async function openPage(
  ports: OrderPorts,
  order: Order,
  attempt: number,
): Promise<Result<{ url: string }, PaymentRefusal>> {
  const refusal = whyNotPayable(ports, order)
  if (refusal) return refuse(refusal)
  const checkout = await ask(() => ports.payments.openCheckout(checkoutRequest(ports, order, attempt)))
  if (!checkout) return openedByAnother(ports, order.id)
  return storePage(ports, order, checkout, attempt)
}

/** A page is shown to nobody before it is stored: one that cannot be stored is closed, and no payment can come from it. */
async function storePage(
  ports: OrderPorts,
  known: Order,
  checkout: Checkout,
  attempt: number,
): Promise<Result<{ url: string }, PaymentRefusal>> {
  for (let count = 0; count < 5; count++) {
    // As it was before the provider was asked: the write stands under its version.
    const order = count === 0 ? known : await ports.orders.getOrder(known.id)
    if (order?.payment?.sessionId === checkout.sessionId && order.status === 'held')
      return ok({ url: order.payment.url })
    const isTaken = order?.payment ? order.payment.attempt >= attempt : false
    if (!order || isTaken || whyNotPayable(ports, order) || checkout.url === null) {
      await ask(() => ports.payments.closeCheckout(checkout.sessionId))
      if (isTaken && order?.payment && order.status === 'held') return ok({ url: order.payment.url })
      return refuse((order && whyNotPayable(ports, order)) ?? { code: 'payment_unavailable' })
    }
    const payment: Payment = { attempt, sessionId: checkout.sessionId, url: checkout.url }
    if (await ports.orders.commitChange(openPaymentPage(order, payment, ports.now()))) return ok({ url: payment.url })
  }
  return refuse({ code: 'payment_unavailable' })
}

/** The provider did not answer, perhaps because it is busy with the same request from elsewhere: that one will store its page. */
async function openedByAnother(ports: OrderPorts, orderId: string): Promise<Result<{ url: string }, PaymentRefusal>> {
  for (const pauseMs of [0, 500, 1000]) {
    await wait(pauseMs)
    const order = await ports.orders.getOrder(orderId)
    if (order?.payment && order.status === 'held') return ok({ url: order.payment.url })
  }
  return refuse({ code: 'payment_unavailable' })
}

/** The same for every repeat of one attempt, so that the provider recognises it. */
function checkoutRequest(ports: OrderPorts, order: Order, attempt: number): CheckoutRequest {
  return {
    orderId: order.id,
    attempt,
    lines: checkoutLines(order),
    total: order.total,
    buyerEmail: order.buyer.email,
    ...(order.language ? { language: order.language } : {}),
    successUrl: ports.orderUrl(order.id, 'success', order.language),
    cancelUrl: ports.orderUrl(order.id, 'payment', order.language),
    expiresAt: addMinutes(order.createdAt, checkoutMinutes),
  }
}

/** Null when the provider is out of reach. */
async function ask<T>(question: () => Promise<T>): Promise<T | null> {
  try {
    return await question()
  } catch (error) {
    if (error instanceof PaymentUnavailable) return null
    throw error
  }
}
