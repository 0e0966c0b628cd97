import type { RefundRequest } from '#contracts/organiser.ts'
import { isUnchanged } from '#domain/order-decisions.ts'
import type { Order, Refund } from '#domain/orders.ts'
import { type RefundRefusal as DomainRefusal, refundOrder as decideRefund, type RefundWish } from '#domain/refunds.ts'
import { ok, type Result, refuse } from '#domain/result.ts'
import { hashOf } from './order-ids.ts'
import { type OrderPorts, untilCommitted } from './order-ports.ts'
import { sendRefunds } from './send-refunds.ts'

export type RefundRefusal = DomainRefusal | { readonly code: 'not_found' | 'idempotency_key_reused' }

export type RefundPorts = Pick<OrderPorts, 'orders' | 'tickets' | 'payments' | 'now'>

export interface Refunded {
  readonly order: Order
  readonly refund: Refund
}

/**
 * Gives money back on an organiser's word. The refund is in the books before the provider is asked; while he is silent it stays
 * pending, counts as given, and the sweeper sends it. A repeat under the same key finds the first refund, whatever became of it.
 *
 * @param by the person and the key of his request: a key is one person's, and stands for one refund of one order.
 */
export async function refundOrder(
  ports: RefundPorts,
  orderId: string,
  body: RefundRequest,
  by: { readonly userId: string; readonly key: string },
): Promise<Result<Refunded, RefundRefusal>> {
  const request = { key: hashOf([by.userId, by.key]), hash: hashOf(body) }
  const recorded = await untilCommitted(() => tryToRecord(ports, orderId, body, request))
  if (!recorded.ok) return recorded
  await sendRefunds(ports, recorded.value)
  const order = (await ports.orders.getOrder(orderId)) ?? recorded.value
  const refund = made(order, request.key)
  if (!refund) throw new Error(`the refund of ${orderId} is not in its order`)
  return ok({ order, refund })
}

async function tryToRecord(
  ports: RefundPorts,
  orderId: string,
  body: RefundRequest,
  request: NonNullable<Refund['request']>,
): Promise<Result<Order, RefundRefusal> | 'changed'> {
  const order = await ports.orders.getOrder(orderId)
  if (!order) return refuse({ code: 'not_found' })
  const first = made(order, request.key)
  if (first) return first.request?.hash === request.hash ? ok(order) : refuse({ code: 'idempotency_key_reused' })
  const tickets = await ports.tickets.getTickets(order.ticketIds)
  const change = decideRefund(order, tickets, wishOf(body), { reason: body.reason, request }, ports.now())
  if (!change.ok) {
    // Tickets may be read after another request has ended them, and that may have been this one, sent twice.
    return isUnchanged(order, await ports.orders.getOrder(orderId)) ? change : 'changed'
  }
  return (await ports.orders.commitChange(change.value)) ? ok(change.value.after) : 'changed'
}

const made = (order: Order, key: string): Refund | undefined =>
  order.refunds.find(({ request }) => request?.key === key)

function wishOf({ ticketIds, amountMinor }: RefundRequest): RefundWish {
  if (ticketIds) return { kind: 'tickets', ticketIds }
  return amountMinor === undefined ? { kind: 'order' } : { kind: 'amount', amountMinor }
}
