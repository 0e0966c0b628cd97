import { type TryCodeResponse, tryCodeRequest } from '#contracts/codes.ts'
import { id, page } from '#contracts/common.ts'
import {
  type Availability,
  type MyOrdersResponse,
  type OrderResponse,
  type PaymentResponse,
  type PlaceOrderResponse,
  placeOrderRequest,
} from '#contracts/orders.ts'
import { createApp, Refused, readBody, readId, readIdempotencyKey, readQuery } from '../http/app.ts'
import { countGuess, requireGuess } from '../http/code-guesses.ts'
import { decodeCursor, encodeCursor } from '../http/cursors.ts'
import { requireBuyersOrder, requireReadableOrder } from '../http/order-access.ts'
import { requireRoom } from '../http/room.ts'
import { requireUser } from '../http/session.ts'
import { cancelOrder } from '../usecases/cancel-order.ts'
import { extendOrderHold } from '../usecases/extend-hold.ts'
import { listMyOrders } from '../usecases/list-my-orders.ts'
import { openPayment, reopenPayment } from '../usecases/open-payment.ts'
import { type PlaceRefusal, placeOrder } from '../usecases/place-order.ts'
import { readAvailability } from '../usecases/read-availability.ts'
import { refreshOrder } from '../usecases/read-order.ts'
import { tryCode } from '../usecases/try-code.ts'
import { viewOrder } from '../usecases/view-order.ts'
import {
  availabilityPorts,
  myOrdersPorts,
  orderPorts,
  placedViewPorts,
  placePorts,
  ticketSigner,
  tryCodePorts,
  viewPorts,
} from '../wiring.ts'

export const app = createApp()

app.get('/api/events/:id/availability', async (c) => {
  const availability = await readAvailability(availabilityPorts(), readId(c, 'id', id('evt')))
  if (!availability) throw new Refused('not_found')
  c.header('cache-control', 'public, max-age=0, s-maxage=2, stale-while-revalidate=30')
  // The widget asks from the organisers' own sites; what it learns is public and bears no cookie.
  c.header('access-control-allow-origin', '*')
  return c.json<Availability>(availability)
})

app.post('/api/events/:id/code', async (c) => {
  const eventId = readId(c, 'id', id('evt'))
  const { code } = await readBody(c, tryCodeRequest)
  await requireGuess(c)
  const tried = await tryCode(tryCodePorts(), eventId, code)
  if (!tried.ok) {
    await countGuess(c, tried.refusal)
    throw new Refused(tried.refusal.code)
  }
  return c.json<TryCodeResponse>(tried.value)
})

app.post('/api/orders', async (c) => {
  const idempotencyKey = readIdempotencyKey(c)
  const request = await readBody(c, placeOrderRequest)
  await requireRoom(c, request.buyer.email)
  if (request.code !== undefined) await requireGuess(c)
  const placed = await placeOrder(placePorts(), request, idempotencyKey)
  if (!placed.ok) {
    await countGuess(c, placed.refusal)
    throw refusalOf(placed.refusal)
  }
  const order = placed.value
  const payment = order.status === 'held' ? await openPayment(orderPorts(), order) : null
  if (payment?.ok === false && payment.refusal.code === 'payment_unavailable') throw new Refused('payment_unavailable')
  return c.json<PlaceOrderResponse>(
    {
      order: await viewOrder(placedViewPorts(), order),
      key: ticketSigner().orderKey(order.id),
      payment: payment?.ok ? payment.value : null,
    },
    201,
  )
})

app.get('/api/orders/:id', async (c) => {
  const order = await refreshOrder(orderPorts(), await requireReadableOrder(c))
  return c.json<OrderResponse>({ order: await viewOrder(viewPorts(), order) })
})

app.post('/api/orders/:id/payment', async (c) => {
  const payment = await reopenPayment(orderPorts(), await requireBuyersOrder(c))
  if (!payment.ok) throw new Refused(payment.refusal.code)
  return c.json<PaymentResponse>(payment.value)
})

app.post('/api/orders/:id/extend', async (c) => {
  const extended = await extendOrderHold(orderPorts(), (await requireBuyersOrder(c)).id)
  if (!extended.ok) throw new Refused(extended.refusal.code)
  return c.json<OrderResponse>({ order: await viewOrder(viewPorts(), extended.value) })
})

app.post('/api/orders/:id/cancel', async (c) => {
  const cancelled = await cancelOrder(orderPorts(), (await requireBuyersOrder(c)).id)
  if (!cancelled.ok) throw new Refused(cancelled.refusal.code)
  return c.json<OrderResponse>({ order: await viewOrder(viewPorts(), cancelled.value) })
})

app.get('/api/me/orders', async (c) => {
  const { email } = await requireUser(c)
  const { limit, cursor } = readQuery(c, page)
  const { orders, next } = await listMyOrders(myOrdersPorts(), email, { limit, after: decodeCursor(cursor, 'place') })
  return c.json<MyOrdersResponse>({ orders, cursor: encodeCursor(next) })
})

function refusalOf(refusal: PlaceRefusal): Refused {
  if (refusal.code === 'too_busy') return new Refused(refusal.code, undefined, refusal.retryAfterSeconds)
  if (refusal.code !== 'price_changed') return new Refused(refusal.code)
  // What the buyer may agree to now.
  return new Refused(refusal.code, [{ field: 'expectedTotalMinor', message: String(refusal.totalMinor) }])
}
