import type { Order } from '#domain/orders.ts'
import type { OrderPorts } from './order-ports.ts'
import { PaymentUnavailable } from './payment-provider.ts'
import { receivePayment } from './receive-payment.ts'

/** How often one order's payment is asked after, however many windows show it. */
const askEverySeconds = 2

/**
 * The order as it is now. One that waits for its payment asks the provider itself: the buyer who comes back from the payment page may be
 * faster than the webhook, and need not wait for it.
 */
export async function refreshOrder(ports: OrderPorts, order: Order): Promise<Order> {
  if (order.status !== 'held' || !order.payment) return order
  if (!(await ports.orders.mayAskProvider(order.id, ports.now(), askEverySeconds))) return order
  try {
    const checkout = await ports.payments.readCheckout(order.payment.sessionId)
    if (checkout.state !== 'paid') return order
    await receivePayment(ports, checkout)
  } catch (error) {
    if (!(error instanceof PaymentUnavailable)) throw error
    return order
  }
  return (await ports.orders.getOrder(order.id)) ?? order
}
