import { extendHold, isHoldOver } from '#domain/order-changes.ts'
import type { Order } from '#domain/orders.ts'
import { ok, type Result, refuse } from '#domain/result.ts'
import { type OrderPorts, untilCommitted } from './order-ports.ts'

export type ExtendRefusal = {
  readonly code: 'not_found' | 'order_not_payable' | 'hold_expired' | 'hold_already_extended'
}

export async function extendOrderHold(
  ports: Pick<OrderPorts, 'orders' | 'now'>,
  orderId: string,
): Promise<Result<Order, ExtendRefusal>> {
  return untilCommitted(async () => {
    const order = await ports.orders.getOrder(orderId)
    if (!order) return refuse({ code: 'not_found' })
    if (order.status === 'expired') return refuse({ code: 'hold_expired' })
    if (order.status !== 'held') return refuse({ code: 'order_not_payable' })
    const now = ports.now()
    if (isHoldOver(order, now)) return refuse({ code: 'hold_expired' })
    if (order.holdExtended) return refuse({ code: 'hold_already_extended' })
    const change = extendHold(order, now)
    return (await ports.orders.commitChange(change)) ? ok(change.after) : 'changed'
  })
}
