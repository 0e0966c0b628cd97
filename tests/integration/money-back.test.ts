import { randomUUID } from 'node:crypto'
import type Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import type { Order } from '#domain/orders.ts'
import { cancelOrder } from '#functions/usecases/cancel-order.ts'
import { PaymentUnavailable } from '#functions/usecases/payment-provider.ts'
import { refreshOrder } from '#functions/usecases/read-order.ts'
import { recordScans } from '#functions/usecases/record-scans.ts'
import { refundOrder } from '#functions/usecases/refund-order.ts'
import { recordRefund, sendRefunds } from '#functions/usecases/send-refunds.ts'
import { app } from '#functions/webhooks/routes.ts'
import { scanPorts } from '#functions/wiring.ts'
import { readBooks } from '#tests/support/event-books.ts'
import { payByCard, request, type Sales, startSales, webhookSecret } from '#tests/support/sales.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
}, 30_000)
afterAll(() => sales.close())

/** Refunds with this card are pending until the bank has answered. */
const slowRefundCard = '4000000000007726'

async function paidOrder(quantity = 2, card?: string) {
  const startsAt = new Date(Date.now() + 1_800_000).toISOString()
  const event = await sales.addEvent({ startsAt })
  const { order: held, url } = await sales.buy(request(event, quantity))
  expect(await payByCard(url, card)).toBe(303)
  const order = await refreshOrder(sales.ports, await sales.orderOf(held))
  return { event, order, intent: order.payment?.paymentIntentId ?? '' }
}

/** All that Stripe has told of a payment's refunds and disputes, in whatever order it is asked for, delivered to the webhook. */
async function deliverNews(intent: string, arrange: (events: Stripe.Event[]) => Stripe.Event[]): Promise<number[]> {
  const news: Stripe.Event[] = []
  for await (const event of sales.stripe.events.list({ limit: 100 }))
    if (/refund|dispute/.test(event.type) && JSON.stringify(event.data).includes(intent)) news.unshift(event)
  const statuses: number[] = []
  for (const event of arrange(news)) statuses.push(await deliver(event))
  return statuses
}

async function deliver(event: object): Promise<number> {
  const payload = JSON.stringify(event)
  const signature = sales.stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret })
  const headers = { 'stripe-signature': signature }
  return (await app.request('/webhooks/stripe', { method: 'POST', body: payload, headers })).status
}

const asTold = (events: Stripe.Event[]) => events
const backwardsTwice = (events: Stripe.Event[]) => [...events.toReversed(), ...events.toReversed()]

const dispute = async (intent: string) => {
  await sales.control('dispute', { payment_intent: intent })
  return (await sales.stripe.disputes.list({ payment_intent: intent })).data[0]?.id ?? ''
}

const ticketStates = async (order: Order) =>
  (await sales.ports.tickets.getTickets(order.ticketIds)).map(({ status }) => status)

async function expectBalance(event: EventRecord, keptMinor: number): Promise<void> {
  const { heldAtStripeMinor, heldByOrdersMinor, heldByStatisticsMinor } = await readBooks(sales, event)
  expect([heldAtStripeMinor, heldByOrdersMinor, heldByStatisticsMinor]).toEqual([keptMinor, keptMinor, keptMinor])
}

const refundAmount = (order: Order, amountMinor: number) =>
  refundOrder(sales.ports, order.id, { amountMinor, reason: 'r' }, { userId: 'usr', key: randomUUID() })

test.each([
  ['in turn', asTold],
  ['backwards and twice', backwardsTwice],
])('a whole refund in the dashboard, told %s, ends the tickets once', async (_, arrange) => {
  const { event, order, intent } = await paidOrder(2)
  await sales.stripe.refunds.create({ payment_intent: intent })
  for (const status of await deliverNews(intent, arrange)) expect(status).toBe(200)
  const after = await sales.orderOf(order)
  expect(after).toMatchObject({
    status: 'refunded',
    refunds: [{ amountMinor: 5000, status: 'succeeded', cause: 'at_provider' }],
  })
  expect(await ticketStates(order)).toEqual(['revoked', 'revoked'])
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, sold: 0 })
  await expectBalance(event, 0)
})

test('parts that are refunded in the dashboard count toward the price, and end tickets with the last of it', async () => {
  const { event, order, intent } = await paidOrder(2)
  await sales.stripe.refunds.create({ payment_intent: intent, amount: 1000 })
  await deliverNews(intent, backwardsTwice)
  expect(await sales.orderOf(order)).toMatchObject({ status: 'partly_refunded', refunds: [{ amountMinor: 1000 }] })
  expect(await ticketStates(order)).toEqual(['valid', 'valid'])
  expect(await refundAmount(order, 4001)).toMatchObject({ ok: false, refusal: { code: 'refund_too_large' } })
  expect(await refundAmount(order, 1500)).toMatchObject({ ok: true })
  await sales.stripe.refunds.create({ payment_intent: intent, amount: 2500 })
  await deliverNews(intent, backwardsTwice)
  const after = await sales.orderOf(order)
  expect(after.refunds.map(({ amountMinor }) => amountMinor)).toEqual([1000, 1500, 2500])
  expect(after.status).toBe('refunded')
  await expectBalance(event, 0)
})

test('who is inside when his order is refunded in the dashboard stays in; his other ticket ends', async () => {
  const { event, order, intent } = await paidOrder(2)
  const code = sales.signer.signTicket({ eventId: event.id, ticketId: order.ticketIds[0] ?? '' })
  const scan = { scanId: randomUUID(), code, at: sales.ports.now(), gate: 'g', direction: 'in' as const }
  expect(await recordScans(scanPorts(), event, 'usr', [scan])).toMatchObject([{ verdict: 'admitted' }])
  await sales.stripe.refunds.create({ payment_intent: intent })
  await deliverNews(intent, asTold)
  expect(await ticketStates(order)).toEqual(['valid', 'revoked'])
  await expectBalance(event, 0)
})

test('news of a refund that is faster than news of its payment waits for nobody: the payment is read first', async () => {
  const event = await sales.addEvent()
  const { order: held, url } = await sales.buy(request(event, 1))
  await payByCard(url)
  const session = await sales.stripe.checkout.sessions.retrieve((await sales.orderOf(held)).payment?.sessionId ?? '')
  const intent = String(session.payment_intent)
  await sales.stripe.refunds.create({ payment_intent: intent })
  for (const status of await deliverNews(intent, asTold)) expect(status).toBe(200)
  expect(await sales.orderOf(held)).toMatchObject({ status: 'refunded', refunds: [{ cause: 'at_provider' }] })
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, held: 0, sold: 0 })
  await expectBalance(event, 0)
})

test('a refund that the bank returns restores the amount, whoever made it and in whatever order that is told', async () => {
  const { event, order, intent } = await paidOrder(2, slowRefundCard)
  expect(await refundAmount(order, 2000)).toMatchObject({ ok: true, value: { refund: { status: 'pending' } } })
  await sales.stripe.refunds.create({ payment_intent: intent, amount: 500 })
  await deliverNews(intent, asTold)
  expect(await sales.orderOf(order)).toMatchObject({ refunds: [{ status: 'pending' }, { status: 'pending' }] })
  for (const { id } of (await sales.stripe.refunds.list({ payment_intent: intent })).data)
    await sales.control('settle-refund', { refund: id, outcome: 'failed' })
  await deliverNews(intent, backwardsTwice)
  expect(await sales.orderOf(order)).toMatchObject({
    status: 'paid',
    refunds: [{ status: 'failed' }, { status: 'failed' }],
  })
  await expectBalance(event, 5000)
  expect(await refundAmount(order, 5000)).toMatchObject({ ok: true })
})

test('a dashboard and an organiser who refund the whole at once return it once', async () => {
  const { event, order, intent } = await paidOrder(2)
  await sales.stripe.refunds.create({ payment_intent: intent })
  expect(await refundAmount(order, 5000)).toMatchObject({ ok: true, value: { refund: { status: 'failed' } } })
  await deliverNews(intent, backwardsTwice)
  expect(await sales.orderOf(order)).toMatchObject({
    status: 'refunded',
    dueAt: null,
    refunds: [{ status: 'failed' }, { status: 'succeeded', cause: 'at_provider' }],
  })
  await expectBalance(event, 0)
})

test.each(['before', 'after'])(
  'of two who send one refund, one is refused %s the other is granted it: it stands',
  async (when) => {
    const { event, order } = await paidOrder(2)
    const lost = { ...sales.ports.payments, refund: () => Promise.reject(new PaymentUnavailable('no answer')) }
    const ports = { ...sales.ports, payments: lost }
    await refundOrder(ports, order.id, { amountMinor: 2000, reason: 'r' }, { userId: 'usr', key: randomUUID() })
    const owing = await sales.orderOf(order)
    expect(owing.refunds).toMatchObject([{ status: 'pending', providerId: null }])
    const refused = () =>
      recordRefund(sales.ports, order.id, owing.refunds[0]?.id ?? '', { providerId: null, status: 'failed' })
    const granted = () => sendRefunds(sales.ports, owing)
    for (const act of when === 'before' ? [refused, granted] : [granted, refused]) await act()
    expect(await sales.orderOf(order)).toMatchObject({ status: 'partly_refunded', refunds: [{ status: 'succeeded' }] })
    await expectBalance(event, 3000)
  },
)

test('a dispute keeps the tickets valid and stops every refund; won, all is as before', async () => {
  const { event, order, intent } = await paidOrder(2)
  const id = await dispute(intent)
  await deliverNews(intent, backwardsTwice)
  expect(await sales.orderOf(order)).toMatchObject({ status: 'paid', disputes: [{ providerId: id, status: 'open' }] })
  expect(await ticketStates(order)).toEqual(['valid', 'valid'])
  expect(await refundAmount(order, 1)).toMatchObject({ ok: false, refusal: { code: 'order_disputed' } })
  expect(await cancelOrder(sales.ports, order.id)).toMatchObject({ ok: false, refusal: { code: 'not_cancellable' } })
  await sales.control('close-dispute', { dispute: id, outcome: 'won' })
  await deliverNews(intent, backwardsTwice)
  expect(await sales.orderOf(order)).toMatchObject({ status: 'paid', disputes: [{ status: 'won' }] })
  await expectBalance(event, 5000)
  expect(await refundAmount(order, 1)).toMatchObject({ ok: true, value: { refund: { status: 'succeeded' } } })
})

test('a dispute that is lost ends the tickets and leaves nothing to refund, in whatever order it is told', async () => {
  const { event, order, intent } = await paidOrder(2)
  await sales.control('close-dispute', { dispute: await dispute(intent), outcome: 'lost' })
  await deliverNews(intent, backwardsTwice)
  expect(await sales.orderOf(order)).toMatchObject({
    status: 'refunded',
    disputes: [{ status: 'lost', amountMinor: 5000 }],
    refunds: [],
  })
  expect(await ticketStates(order)).toEqual(['revoked', 'revoked'])
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, sold: 0 })
  expect(await refundAmount(order, 1)).toMatchObject({ ok: false, refusal: { code: 'nothing_to_refund' } })
  await expectBalance(event, 0)
})

test('an order of a cancelled event that was disputed meanwhile is refunded when the dispute is won', async () => {
  const { event, order, intent } = await paidOrder(2)
  const id = await dispute(intent)
  await deliverNews(intent, asTold)
  await sales.changeEvent(event, { status: 'cancelled', saleState: 'cancelled' })
  await sales.control('close-dispute', { dispute: id, outcome: 'won' })
  await deliverNews(intent, backwardsTwice)
  expect(await sales.orderOf(order)).toMatchObject({ status: 'cancelled', cancelledBy: 'event' })
  await expectBalance(event, 0)
})

test.each([
  ['before the refund is known to be refused', 'early'],
  ['after the refund was refused', 'late'],
])(
  'a buyer who cancels while news of a dispute is on its way gets his money when it is won, told %s',
  async (_, when) => {
    const { event, order, intent } = await paidOrder(2)
    await sales.changeEvent(event, { cancellation: { refundableUntilHours: 0 } })
    const id = await dispute(intent)
    const silent = () => Promise.reject(new PaymentUnavailable('no answer'))
    const payments = when === 'early' ? { ...sales.ports.payments, refund: silent } : sales.ports.payments
    expect(await cancelOrder({ ...sales.ports, payments }, order.id)).toMatchObject({ ok: true })
    if (when === 'early') {
      await deliverNews(intent, asTold)
      await sendRefunds(sales.ports, await sales.orderOf(order))
    }
    expect(await sales.orderOf(order)).toMatchObject({ status: 'cancelled', refunds: [{ status: 'failed' }] })
    await sales.control('close-dispute', { dispute: id, outcome: 'won' })
    await deliverNews(intent, backwardsTwice)
    await sendRefunds(sales.ports, await sales.orderOf(order))
    const after = await sales.orderOf(order)
    expect(after.refunds).toMatchObject([{ status: 'failed' }, { status: 'succeeded', amountMinor: 5000 }])
    await expectBalance(event, 0)
  },
)
