import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { checkoutMinutes, extensionMinutes, holdMinutes } from '#domain/holds.ts'
import { extendHold, type OrderChange, openPaymentPage } from '#domain/order-changes.ts'
import type { Order } from '#domain/orders.ts'
import { extendOrderHold } from '#functions/usecases/extend-hold.ts'
import { reopenPayment } from '#functions/usecases/open-payment.ts'
import { PaymentBusy } from '#functions/usecases/payment-provider.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { refreshOrder } from '#functions/usecases/read-order.ts'
import { receiveEvent } from '#functions/usecases/receive-event.ts'
import { goesWrong } from '#tests/support/race.ts'
import { payByCard, request, type Sales, startSales } from '#tests/support/sales.ts'
import { guards, unguarded } from '#tests/support/unguarded-client.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
}, 30_000)
afterAll(() => sales.close())
beforeEach(() => sales.forget())
afterEach(() => sales.control('outage', { mode: 'none' }))

const minutes = (count: number) => {
  sales.clock.aheadMs = count * 60_000
}

async function heldOrder(quantity = 2) {
  const event = await sales.addEvent()
  const { order, url } = await sales.buy(request(event, quantity))
  return { event, order, url }
}

const sessionStatus = async (order: Order) =>
  (await sales.stripe.checkout.sessions.retrieve((await sales.orderOf(order)).payment?.sessionId ?? '')).status

test('a hold that is over ends: the payment page first, then the stock goes back', async () => {
  const { event, order } = await heldOrder()
  minutes(holdMinutes - 0.1)
  expect(await sales.sweep()).toMatchObject({ expired: 0 })
  expect(await sales.orderOf(order)).toMatchObject({ status: 'held' })
  minutes(holdMinutes)
  expect(await sales.sweep()).toMatchObject({ expired: 1 })
  expect(await sales.orderOf(order)).toMatchObject({ status: 'expired', dueAt: null, stock: [] })
  expect(await sessionStatus(order)).toBe('expired')
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, held: 0 })
  expect(await sales.sweep()).toMatchObject({ expired: 0, nothing: 0 })
})

/** Somebody else holds places for longer: what is given back twice would be his. */
async function sweepFiveTimes() {
  minutes(0)
  const { event, order } = await heldOrder()
  const { order: longer } = await sales.buy(request(event, 8))
  await extendOrderHold(sales.ports, longer.id)
  minutes(holdMinutes)
  await Promise.all(Array.from({ length: 5 }, () => sales.sweep()))
  return { order, stock: await sales.poolOf(event) }
}

test('sweepers that meet give the stock back once', async () => {
  const { order, stock } = await sweepFiveTimes()
  expect(await sales.orderOf(order)).toMatchObject({ status: 'expired' })
  expect(stock).toMatchObject({ left: 42, held: 8, sold: 0 })
})

test('negative control: where an order may end from what it no longer is, they give others’ places back', async () => {
  const isTwice = async () => (await sweepFiveTimes()).stock.held < 8
  expect(await unguarded(sales.client, [guards.orderIsUnchanged], () => goesWrong(isTwice))).toBe(true)
})

test('a hold whose payment nobody told us of becomes tickets, not free stock', async () => {
  const { event, order, url } = await heldOrder()
  expect(await payByCard(url)).toBe(303)
  minutes(holdMinutes)
  expect(await sales.sweep()).toMatchObject({ paid: 1, expired: 0 })
  expect(await sales.orderOf(order)).toMatchObject({ status: 'paid' })
  expect(await sales.poolOf(event)).toMatchObject({ left: 48, held: 0, sold: 2 })
})

test('a lost webhook is made good minutes after the payment, long before the hold ends', async () => {
  const { order, url } = await heldOrder()
  expect(await payByCard(url)).toBe(303)
  minutes(6)
  expect(await sales.sweep()).toMatchObject({ paid: 1 })
  expect(await sales.orderOf(order)).toMatchObject({ status: 'paid' })
})

test.each(['down', 'unreachable'])(
  'while Stripe is %s the stock stays held; when it is back the hold ends',
  async (mode) => {
    const { event, order } = await heldOrder()
    await sales.control('outage', { mode })
    minutes(holdMinutes + 1)
    expect(await sales.sweep()).toMatchObject({ expired: 0, unanswered: 1 })
    expect(await sales.orderOf(order)).toMatchObject({ status: 'held' })
    expect(await sales.poolOf(event)).toMatchObject({ left: 48, held: 2 })
    expect(sales.problems).toHaveLength(1)
    await sales.control('outage', { mode: 'none' })
    expect(await sales.sweep()).toMatchObject({ expired: 1 })
    expect(await sales.poolOf(event)).toMatchObject({ left: 50, held: 0 })
  },
)

test('an hour without Stripe costs a few questions a minute, loses no payment and strands no hold without a page', async () => {
  const event = await sales.addEvent()
  const bought = await Promise.all(Array.from({ length: 30 }, () => sales.buy(request(event, 1))))
  await Promise.all(bought.slice(0, 6).map(({ url }) => payByCard(url)))
  await placeOrder(sales.ports, request(event, 5), randomUUID())
  await sales.control('outage', { mode: 'down' })
  minutes(holdMinutes + 60)
  const closeCheckout = vi.fn(sales.ports.payments.closeCheckout)
  const summary = await sales.sweep({ payments: { ...sales.ports.payments, closeCheckout } })
  expect(summary).toMatchObject({ unanswered: 30, expired: 1 })
  expect(closeCheckout.mock.calls.length).toBeLessThan(5 + 16)
  expect(await sales.poolOf(event)).toMatchObject({ left: 20, held: 30 })
  await sales.control('outage', { mode: 'none' })
  await sales.sweep()
  expect(await sales.poolOf(event)).toMatchObject({ left: 44, held: 0, sold: 6 })
})

test('Stripe does what it is asked and its answers are lost: the stock comes back once, when it is sure', async () => {
  const { event } = await heldOrder()
  await sales.control('outage', { mode: 'lost_answers', rate: 1 })
  minutes(holdMinutes)
  expect(await sales.sweep()).toMatchObject({ unanswered: 1, expired: 0 })
  expect(await sales.poolOf(event)).toMatchObject({ held: 2 })
  await sales.control('outage', { mode: 'none' })
  expect(await sales.sweep()).toMatchObject({ expired: 1 })
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, held: 0 })
})

test('an order whose page was never stored ends with its hold, and nobody can pay for it', async () => {
  const event = await sales.addEvent()
  const placed = await placeOrder(sales.ports, request(event, 1), randomUUID())
  minutes(holdMinutes)
  expect(await sales.sweep()).toMatchObject({ expired: 1 })
  expect(placed.ok && (await sales.orderOf(placed.value))).toMatchObject({ status: 'expired', payment: null })
  expect(await sales.poolOf(event)).toMatchObject({ left: 50 })
})

test('one extension moves the end of the hold; a second one, or one that comes too late, is refused', async () => {
  const { order } = await heldOrder()
  const extended = await extendOrderHold(sales.ports, order.id)
  expect(extended).toMatchObject({ ok: true, value: { holdExtended: true } })
  expect(await extendOrderHold(sales.ports, order.id)).toMatchObject({ refusal: { code: 'hold_already_extended' } })
  minutes(holdMinutes + extensionMinutes - 0.1)
  expect(await sales.sweep()).toMatchObject({ expired: 0 })
  minutes(holdMinutes + extensionMinutes)
  expect(await extendOrderHold(sales.ports, order.id)).toMatchObject({ refusal: { code: 'hold_expired' } })
  expect(await sales.sweep()).toMatchObject({ expired: 1 })
  expect(await extendOrderHold(sales.ports, order.id)).toMatchObject({ refusal: { code: 'hold_expired' } })
})

test('an extension is answered as made though the first answer was lost; a hold of a cancelled event has none', async () => {
  const { event, order } = await heldOrder()
  const commitChange = async (change: OrderChange) => {
    await sales.ports.orders.commitChange(change)
    return false
  }
  const deaf = { ...sales.ports, orders: { ...sales.ports.orders, commitChange } }
  expect(await extendOrderHold(deaf, order.id)).toMatchObject({ ok: true, value: { holdExtended: true, version: 3 } })

  const { order: other } = await sales.buy(request(event, 1))
  await sales.changeEvent(event, { status: 'cancelled' })
  expect(await extendOrderHold(sales.ports, other.id)).toMatchObject({ refusal: { code: 'order_not_payable' } })
})

test('an extension that comes while the page is being closed saves the hold', async () => {
  const { event, order } = await heldOrder()
  minutes(holdMinutes)
  const closeCheckout: typeof sales.ports.payments.closeCheckout = async (sessionId) => {
    const closed = await sales.ports.payments.closeCheckout(sessionId)
    await sales.ports.orders.commitChange(extendHold(await sales.orderOf(order), sales.ports.now()))
    return closed
  }
  await sales.sweep({ payments: { ...sales.ports.payments, closeCheckout } })
  expect(await sales.orderOf(order)).toMatchObject({ status: 'held', holdExtended: true })
  expect(await sales.poolOf(event)).toMatchObject({ held: 2 })
})

test('a buyer who pays by bank keeps his stock until his bank has answered', async () => {
  const { event, order, url } = await heldOrder()
  await payByDebit(url)
  minutes(holdMinutes)
  expect(await sales.sweep()).toMatchObject({ waiting: 1 })
  expect(await sales.orderOf(order)).toMatchObject({ status: 'held', payment: { isProcessing: true } })
  minutes(24 * 60)
  expect(await sales.sweep()).toMatchObject({ waiting: 1, expired: 0 })
  await sales.control('settle-debit', {
    session: (await sales.orderOf(order)).payment?.sessionId,
    outcome: 'succeeded',
  })
  minutes(25 * 60)
  expect(await sales.sweep()).toMatchObject({ paid: 1 })
  expect(await sales.poolOf(event)).toMatchObject({ held: 0, sold: 2 })
})

test('a bank that refuses ends the hold', async () => {
  const { event, order, url } = await heldOrder()
  await payByDebit(url)
  minutes(holdMinutes)
  await sales.sweep()
  await sales.control('settle-debit', { session: (await sales.orderOf(order)).payment?.sessionId, outcome: 'failed' })
  minutes(60)
  expect(await sales.sweep()).toMatchObject({ expired: 1 })
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, held: 0 })
})

test.each(['the webhook', 'the sweeper'])(
  'a bank that refuses while the hold lasts leaves it to the buyer, told by %s: he pays in another way',
  async (by) => {
    const { event, order, url } = await heldOrder()
    await payByDebit(url)
    const { payment } = await sales.orderOf(order)
    const completed = await sales.ports.payments.readCheckout(payment?.sessionId ?? '')
    await receiveEvent(sales.ports, { kind: 'checkout', checkout: completed })
    await sales.control('settle-debit', { session: payment?.sessionId, outcome: 'failed' })
    minutes(11)
    if (by === 'the sweeper') expect(await sales.sweep()).toMatchObject({ waiting: 1, expired: 0 })
    else await receiveEvent(sales.ports, { kind: 'checkout', checkout: { ...completed, state: 'closed' } })
    const held = await sales.orderOf(order)
    expect(held).toMatchObject({ status: 'held', payment: { sessionId: payment?.sessionId } })
    expect(held.payment?.isProcessing).toBeUndefined()
    expect(await sales.poolOf(event)).toMatchObject({ left: 48, held: 2 })
    const again = await reopenPayment(sales.ports, held)
    expect(await payByCard(again.ok ? again.value.url : '')).toBe(303)
    expect(await refreshOrder(sales.ports, await sales.orderOf(order))).toMatchObject({ status: 'paid' })
  },
)

test('a page that Stripe does not know any more keeps its stock until its time is over, and then no longer', async () => {
  const { event, order } = await heldOrder()
  const known = await sales.orderOf(order)
  const payment = { attempt: 1, url: known.payment?.url ?? '', sessionId: 'cs_test_of_another_account' }
  await sales.ports.orders.commitChange(openPaymentPage(known, payment, sales.ports.now()))
  minutes(holdMinutes)
  expect(await sales.sweep()).toMatchObject({ failed: 1, expired: 0 })
  expect(await sales.poolOf(event)).toMatchObject({ held: 2 })
  minutes(checkoutMinutes + 1)
  expect(await sales.sweep()).toMatchObject({ failed: 0, expired: 1 })
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, held: 0 })
})

test('Stripe that has too much to do says so, and is not taken to be silent', async () => {
  const { order } = await heldOrder()
  await sales.control('outage', { mode: 'rate_limited', rate: 1 })
  const { payment } = await sales.orderOf(order)
  await expect(sales.ports.payments.readCheckout(payment?.sessionId ?? '')).rejects.toThrow(PaymentBusy)
})

async function payByDebit(url: string): Promise<void> {
  const fields = { payment_method: 'bank_debit', email: 'ada@example.org', billingName: 'Ada' }
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  expect(answer.status).toBe(303)
}
