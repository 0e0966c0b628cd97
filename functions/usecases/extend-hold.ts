import { extendHold, isHoldOver } from '#domain/order-changes.ts'
import type { Order } from '#domain/orders.ts'
import { ok, type Result, refuse } from '#domain/result.ts'
import { type OrderPorts, untilCommitted } from './order-ports.ts'

export type ExtendRefusal = {
  readonly code: 'not_found' | 'order_not_payable' | 'hold_expired' | 'hold_already_extended'
}

export async function extendOrderHold(
  ports: Pick<OrderPorts, 'orders' | 'getEvent' | 'now'>,
  orderId: string,
): Promise<Result<Order, ExtendRefusal>> {
  let isTried = false
  return untilCommitted(async () => {
    const order = await ports.orders.getOrder(orderId)
    if (!order) return refuse({ code: 'not_found' })
    if (order.status === 'expired') return refuse({ code: 'hold_expired' })
    const isPayable = order.status === 'held' && (await ports.getEvent(order.eventId))?.status === 'published'
    if (!isPayable) return refuse({ code: 'order_not_payable' })
    const now = ports.now()
    if (isHoldOver(order, now)) return refuse({ code: 'hold_expired' })
    // Whoever tried it a moment ago has done it and not heard so, or was joined by his other window.
    if (order.holdExtended) return isTried ? ok(order) : refuse({ code: 'hold_already_extended' })
    isTried = true
    const change = extendHold(order, now)
    return (await ports.orders.commitChange(change)) ? ok(change.after) : 'changed'
  })
}
