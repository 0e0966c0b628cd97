import { Hono } from 'hono'
import { id } from '#contracts/common.ts'
import {
  type OrganiserOrderResponse,
  type OrganiserOrdersResponse,
  ordersQuery,
  type RefundResponse,
  refundRequest,
} from '#contracts/organiser.ts'
import type { Role } from '#domain/catalog.ts'
import type { Order } from '#domain/orders.ts'
import { type AppContext, type AppEnv, Refused, readBody, readId, readIdempotencyKey, readQuery } from '../http/app.ts'
import { decodeCursor, encodeCursor } from '../http/cursors.ts'
import { type Member, requireEventMember, requireMember, requireUser } from '../http/session.ts'
import { listEventOrders } from '../usecases/list-event-orders.ts'
import { refundOrder } from '../usecases/refund-order.ts'
import { eventOrderPorts, orderPorts, orderStore, ticketStore } from '../wiring.ts'
import { orderRowView, organiserOrderView, refundView } from './order-views.ts'

export const orders = new Hono<AppEnv>()

const bookkeepers: readonly Role[] = ['owner', 'manager', 'finance']

orders.get('/api/organiser/events/:eventId/orders', async (c) => {
  const { event } = await requireEventMember(c, readId(c, 'eventId', id('evt')), bookkeepers)
  const { limit, cursor, search } = readQuery(c, ordersQuery)
  const page = await listEventOrders(eventOrderPorts(), event.id, {
    limit,
    search,
    cursor: decodeCursor(cursor, 'place'),
  })
  const body: OrganiserOrdersResponse = { orders: page.found.map(orderRowView), cursor: encodeCursor(page.cursor) }
  return c.json(body)
})

orders.get('/api/organiser/orders/:orderId', async (c) => {
  const { order } = await requireOrderMember(c)
  return c.json({ order: await viewOf(order) } satisfies OrganiserOrderResponse)
})

orders.post('/api/organiser/orders/:orderId/refunds', async (c) => {
  const { order, user } = await requireOrderMember(c)
  const wish = await readBody(c, refundRequest)
  const refunded = await refundOrder(orderPorts(), order.id, wish, { userId: user.id, key: readIdempotencyKey(c) })
  if (!refunded.ok) throw new Refused(refunded.refusal.code)
  const { refund, order: after } = refunded.value
  const body: RefundResponse = { refund: refundView(after, refund), order: await viewOf(after) }
  return c.json(body, 201)
})

/** An order of another organisation is answered like one that does not exist. */
async function requireOrderMember(c: AppContext): Promise<Member & { readonly order: Order }> {
  await requireUser(c)
  const order = await orderStore().getOrder(readId(c, 'orderId', id('ord')))
  if (!order) throw new Refused('not_found')
  return { ...(await requireMember(c, order.organisationId, bookkeepers)), order }
}

const viewOf = async (order: Order) => organiserOrderView(order, await ticketStore().getTickets(order.ticketIds))
