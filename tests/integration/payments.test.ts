import { randomUUID } from 'node:crypto'
import type Stripe from 'stripe'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { releaseHold } from '#domain/order-changes.ts'
import type { Order } from '#domain/orders.ts'
import { openPayment, reopenPayment } from '#functions/usecases/open-payment.ts'
import { PaymentUnavailable } from '#functions/usecases/payment-provider.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { refreshOrder } from '#functions/usecases/read-order.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { handler } from '#functions/webhooks/index.ts'
import { app } from '#functions/webhooks/routes.ts'
import { logger } from '#functions/wiring.ts'
import {
  paidCheckout,
  payByCard,
  pool,
  request,
  type Sales,
  startSales,
  ticketType,
  webhookSecret,
} from '#tests/support/sales.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
}, 30_000)
afterAll(() => sales.close())

async function paidOrder(quantity = 2) {
  const event = await sales.addEvent()
  const { order, url } = await sales.buy(request(event, quantity))
  expect(await payByCard(url)).toBe(303)
  return { event, order: await sales.orderOf(order), completed: await completedEvent(order) }
}

/** What Stripe would send for this order. */
async function completedEvent(order: Order): Promise<Stripe.Event & { data: { object: Stripe.Checkout.Session } }> {
  for await (const event of sales.stripe.events.list({ type: 'checkout.session.completed' }))
    if (event.type === 'checkout.session.completed' && event.data.object.client_reference_id === order.id) return event
  throw new Error('Stripe knows of no such payment')
}

function intentOf({ completed }: Awaited<ReturnType<typeof paidOrder>>): string {
  const paid = completed.data.object.payment_intent
  return typeof paid === 'string' ? paid : (paid?.id ?? '')
}

const sign = (payload: string, { secret = webhookSecret, secondsAgo = 0 } = {}) =>
  sales.stripe.webhooks.generateTestHeaderString({
    payload,
    secret,
    timestamp: Math.floor(Date.now() / 1000) - secondsAgo,
  })

const post = (payload: string, signature: string | null = sign(payload)) =>
  app.request('/webhooks/stripe', {
    method: 'POST',
    body: payload,
    headers: signature === null ? {} : { 'stripe-signature': signature },
  })

const deliver = (event: object) => post(JSON.stringify(event))

const refundsAtStripe = async (paymentIntent: string) =>
  (await sales.stripe.refunds.list({ payment_intent: paymentIntent })).data.map(({ amount }) => amount)

test('a webhook delivered ten times at once, beside the return page and the sweeper, makes one set of tickets', async () => {
  const { event, order, completed } = await paidOrder(2)
  const answers = await Promise.all([
    ...Array.from({ length: 10 }, () => deliver(completed)),
    ...Array.from({ length: 3 }, () => refreshOrder(sales.ports, order)),
    sales.sweep(),
  ])
  for (const answer of answers) if (answer instanceof Response) expect(answer.status).toBe(200)
  const after = await sales.orderOf(order)
  expect(after).toMatchObject({ status: 'paid', refunds: [] })
  expect(after.ticketIds).toHaveLength(2)
  expect(await sales.ports.tickets.listEventTickets(event.id, 10)).toHaveLength(2)
  expect(await sales.poolOf(event)).toMatchObject({ left: 48, held: 0, sold: 2 })
  expect(await sales.statistics.readStatistics(event.id)).toMatchObject({ orders: 1, sold: 2, revenueMinor: 5000 })
})

test('a body that Stripe did not sign, or signed too long ago, changes nothing', async () => {
  const { order, completed } = await paidOrder()
  const payload = JSON.stringify(completed)
  const forgeries = [
    post(payload, sign(payload, { secret: 'whsec_another' })),
    post(payload, sign(payload, { secondsAgo: 301 })),
    post(payload, 't=1,v1=00'),
    post(payload, 'nonsense'),
    post(payload, null),
    post(
      payload.replace(
        order.id,
        order.id.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
      ),
      sign(payload),
    ),
    post('', sign('')),
  ]
  for (const answer of await Promise.all(forgeries)) {
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'bad_signature' })
  }
  expect(await sales.orderOf(order)).toEqual(order)
})

test('a payment of another amount, in another currency or for an unknown order is refused and changes nothing', async () => {
  const logged = vi.spyOn(logger(), 'error').mockImplementation(() => {})
  const { order, completed } = await paidOrder()
  const session = completed.data.object
  const wrong = [{ amount_total: 1 }, { currency: 'jpy' }, { client_reference_id: `${order.id.slice(0, -4)}zzzz` }]
  for (const changes of wrong) {
    const answer = await deliver({ ...completed, data: { object: { ...session, ...changes } } })
    expect(answer.status).toBe(400)
    expect(await answer.json()).toMatchObject({ code: 'amount_mismatch' })
  }
  expect(await sales.orderOf(order)).toEqual(order)
  expect(logged).toHaveBeenCalledTimes(3)
  logged.mockRestore()
})

test('news that come in the wrong order, of other kinds or of other shops do no harm', async () => {
  const { order, completed } = await paidOrder()
  const session = completed.data.object
  const expired = {
    ...completed,
    type: 'checkout.session.expired',
    data: { object: { ...session, status: 'expired' } },
  }
  const strangers = [
    expired,
    { ...completed, type: 'customer.created', data: { object: { id: 'cus_1' } } },
    { ...completed, data: { object: { ...session, client_reference_id: null } } },
    { ...completed, type: 'refund.updated', data: { object: { id: 're_1', metadata: {}, status: 'succeeded' } } },
  ]
  for (const stranger of strangers) expect((await deliver(stranger)).status).toBe(200)
  expect(await sales.orderOf(order)).toEqual(order)
  expect((await deliver(completed)).status).toBe(200)
  expect((await deliver(expired)).status).toBe(200)
  expect(await sales.orderOf(order)).toMatchObject({ status: 'paid' })
})

test('a body that the function URL hands over in base64 is verified as it was signed', async () => {
  const { order, completed } = await paidOrder()
  const payload = JSON.stringify({ ...completed, note: 'Zoë – ⛄' })
  const answer = await handler({
    version: '2.0',
    routeKey: '$default',
    rawPath: '/webhooks/stripe',
    rawQueryString: '',
    headers: { 'stripe-signature': sign(payload), 'content-type': 'application/json', host: 'x.lambda-url.aws' },
    body: Buffer.from(payload).toString('base64'),
    isBase64Encoded: true,
    // biome-ignore lint/suspicious/noExplicitAny: the rest of a function URL's event is not read
    requestContext: { http: { method: 'POST', path: '/webhooks/stripe' }, domainName: 'x.lambda-url.aws' } as any,
  })
  expect(answer).toMatchObject({ statusCode: 200 })
  expect(await sales.orderOf(order)).toMatchObject({ status: 'paid' })
})

test('the buyer who returns before the webhook has his tickets at once', async () => {
  const { order } = await paidOrder()
  expect(await refreshOrder(sales.ports, order)).toMatchObject({ status: 'paid' })
})

test('however often a waiting order is looked at, Stripe is asked once in two seconds', async () => {
  const event = await sales.addEvent()
  const { order } = await sales.buy(request(event, 1))
  const asked = vi.fn(sales.ports.payments.readCheckout)
  const ports = { ...sales.ports, payments: { ...sales.ports.payments, readCheckout: asked } }
  const held = await sales.orderOf(order)
  await Promise.all(Array.from({ length: 10 }, () => refreshOrder(ports, held)))
  expect(asked).toHaveBeenCalledTimes(1)
})

test('a late payment takes stock again when there is some', async () => {
  const { event, order, completed } = await paidOrder(2)
  await sales.ports.orders.commitChange(releaseHold(order, 'expired', sales.ports.now()))
  expect(await sales.poolOf(event)).toMatchObject({ left: 50 })
  await Promise.all(Array.from({ length: 5 }, () => deliver(completed)))
  const after = await sales.orderOf(order)
  expect(after).toMatchObject({ status: 'paid', refunds: [] })
  expect(after.ticketIds).toHaveLength(2)
  expect(await sales.poolOf(event)).toMatchObject({ left: 48, held: 0, sold: 2 })
})

test('a late payment without stock goes back whole and once, and the order says so', async () => {
  const floor = pool(2)
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id])] })
  const { order, url } = await sales.buy(request(event, 2))
  await payByCard(url)
  const completed = await completedEvent(order)
  await sales.ports.orders.commitChange(releaseHold(await sales.orderOf(order), 'expired', sales.ports.now()))
  await sales.buy(request(event, 1))

  const answers = await Promise.all(Array.from({ length: 5 }, () => deliver(completed)))
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200))
  const after = await sales.orderOf(order)
  expect(after).toMatchObject({ status: 'expired', ticketIds: [] })
  expect(after.refunds).toMatchObject([{ amountMinor: 5000, status: 'succeeded', cause: 'no_tickets' }])
  expect(await refundsAtStripe(after.refunds[0]?.paymentIntentId ?? '')).toEqual([5000])
  expect(await sales.poolOf(event)).toMatchObject({ left: 1, held: 1, sold: 0 })
})

test('a second payment of one order goes back, and the order keeps its tickets', async () => {
  const { event, order, completed } = await paidOrder(2)
  await deliver(completed)
  const other = await paidOrder(2)
  const paymentIntentId = intentOf(other)
  const outcome = await receivePayment(
    sales.ports,
    paidCheckout(order, { paymentIntentId, sessionId: 'cs_test_second' }),
  )
  expect(outcome).toMatchObject({ kind: 'settled' })
  const after = await sales.orderOf(order)
  expect(after).toMatchObject({ status: 'paid', refunds: [{ cause: 'duplicate', amountMinor: 5000, paymentIntentId }] })
  expect(after.ticketIds).toHaveLength(2)
  expect(await refundsAtStripe(paymentIntentId)).toEqual([5000])
  expect(await sales.poolOf(event)).toMatchObject({ sold: 2 })
  expect(await sales.statistics.readStatistics(event.id)).toMatchObject({ refundedMinor: 0 })
})

test('money from elsewhere comes while nobody knows yet that the order’s own page was paid: the page buys, the other goes back', async () => {
  const { event, order } = await paidOrder(1)
  const other = await paidOrder(1)
  const { id: sessionId } = other.completed.data.object
  const paymentIntentId = intentOf(other)
  const outcome = await receivePayment(sales.ports, paidCheckout(order, { paymentIntentId, sessionId }))
  expect(outcome).toMatchObject({ kind: 'settled' })
  const after = await sales.orderOf(order)
  expect(after).toMatchObject({ status: 'paid', refunds: [{ cause: 'duplicate', amountMinor: 2500, paymentIntentId }] })
  expect(after.payment?.sessionId).toBe(order.payment?.sessionId)
  expect(await refundsAtStripe(paymentIntentId)).toEqual([2500])
  expect(await sales.poolOf(event)).toMatchObject({ sold: 1 })
})

test('money from elsewhere closes the order’s own page, so that nobody pays twice', async () => {
  const { order, url } = await sales.buy(request(await sales.addEvent(), 1))
  const other = await paidOrder(1)
  const { id: sessionId } = other.completed.data.object
  const paymentIntentId = intentOf(other)
  await receivePayment(sales.ports, paidCheckout(order, { paymentIntentId, sessionId }))
  expect(await sales.orderOf(order)).toMatchObject({ status: 'paid', payment: { paymentIntentId }, refunds: [] })
  expect(await payByCard(url)).not.toBe(303)
})

test('a refund that Stripe made and whose answer was lost is found again, not repeated', async () => {
  const { order, completed } = await paidOrder(1)
  await sales.ports.orders.commitChange(releaseHold(order, 'expired', sales.ports.now()))
  await sales.changeEvent((await sales.ports.getEvent(order.eventId)) ?? (await sales.addEvent()), {
    status: 'cancelled',
  })
  const payments = {
    ...sales.ports.payments,
    refund: async (...args: Parameters<typeof sales.ports.payments.refund>) => {
      await sales.ports.payments.refund(...args)
      throw new Error('the process ended here')
    },
  }
  const session = completed.data.object
  const checkout = await sales.ports.payments.readCheckout(session.id)
  await expect(receivePayment({ ...sales.ports, payments }, checkout)).rejects.toThrow('ended here')
  expect(await sales.orderOf(order)).toMatchObject({ refunds: [{ status: 'pending', providerId: null }] })

  sales.clock.aheadMs = 2 * 60_000
  await sales.sweep()
  sales.clock.aheadMs = 0
  const after = await sales.orderOf(order)
  expect(after).toMatchObject({ dueAt: null, refunds: [{ status: 'succeeded' }] })
  expect(await refundsAtStripe(after.refunds[0]?.paymentIntentId ?? '')).toEqual([2500])
})

test('a payment page that died before the hold is replaced, one that is open stays', async () => {
  const event = await sales.addEvent()
  const { order, url } = await sales.buy(request(event, 1))
  const held = await sales.orderOf(order)
  expect(await reopenPayment(sales.ports, held)).toEqual({ ok: true, value: { url } })
  await sales.stripe.checkout.sessions.expire(held.payment?.sessionId ?? '')
  const reopened = await reopenPayment(sales.ports, held)
  expect(reopened.ok && reopened.value.url).not.toBe(url)
  expect(await payByCard(reopened.ok ? reopened.value.url : '')).toBe(303)
  expect(await refreshOrder(sales.ports, await sales.orderOf(order))).toMatchObject({ status: 'paid' })
})

test('a declined card leaves the order as it was, and the next card pays it', async () => {
  const event = await sales.addEvent()
  const { order, url } = await sales.buy(request(event, 1))
  expect(await payByCard(url, '4000000000000002')).toBe(402)
  expect(await refreshOrder(sales.ports, await sales.orderOf(order))).toMatchObject({ status: 'held' })
  expect(await payByCard(url)).toBe(303)
  expect((await deliver(await completedEvent(order))).status).toBe(200)
  expect(await sales.orderOf(order)).toMatchObject({ status: 'paid' })
})

test('a page that is asked for again under another key of ours, before it was stored, is opened all the same', async () => {
  const event = await sales.addEvent()
  const placed = await placeOrder(sales.ports, request(event, 1), randomUUID())
  if (!placed.ok) throw new Error(placed.refusal.code)
  const unanswered = { ...sales.ports.payments, openCheckout: openAndLose }
  expect(await openPayment({ ...sales.ports, payments: unanswered }, placed.value)).toMatchObject({ ok: false })
  const orderUrl = (orderId: string, from = '') => `https://shop.example/${from}#${orderId}.other-key`
  expect(await openPayment({ ...sales.ports, orderUrl }, placed.value)).toMatchObject({ ok: true })
})

async function openAndLose(...question: Parameters<typeof sales.ports.payments.openCheckout>): Promise<never> {
  await sales.ports.payments.openCheckout(...question)
  throw new PaymentUnavailable('the answer was lost')
}
