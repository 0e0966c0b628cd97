import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RefundRequest } from '#contracts/organiser.ts'
import type { EventRecord } from '#domain/catalog.ts'
import type { Order } from '#domain/orders.ts'
import { endCancelledOrder } from '#functions/usecases/end-cancelled-order.ts'
import { receiveDispute, receiveForeignRefunds } from '#functions/usecases/receive-money-back.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { refundOrder } from '#functions/usecases/refund-order.ts'
import { readBooks } from '#tests/support/event-books.ts'
import { payByCard, pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
}, 30_000)
afterAll(() => sales.close())

/** Three tickets, two of them early birds, at 15 % off, with a fee and a tax on top. */
async function discountedOrder() {
  const [floor, early] = [pool(50), pool(2)]
  const phases = [{ name: 'Early bird', priceMinor: 1250, poolId: early.id }]
  const event = await sales.addEvent({
    pools: [floor, early],
    ticketTypes: [ticketType([floor.id], { phases })],
    fee: { fixedMinor: 100, basisPoints: 333, mode: 'added' },
    tax: { name: 'VAT', basisPoints: 1900, mode: 'added' },
  })
  const limits = {
    unlocks: [],
    ticketTypeIds: null,
    maxUses: 3,
    budgetMinor: 10_000,
    validFrom: null,
    validUntil: null,
  }
  await sales.codes.putCode(event.id, 'LESS', { discount: { kind: 'percent', basisPoints: 1500 }, ...limits }, 0)
  const { order, url } = await sales.buy(request(event, 3, { code: 'less' }))
  expect(await payByCard(url)).toBe(303)
  const { payment } = await sales.orderOf(order)
  const checkout = await sales.ports.payments.readCheckout(payment?.sessionId ?? '')
  await receivePayment(sales.ports, checkout)
  const paid = await sales.orderOf(order)
  expect(paid).toMatchObject({ status: 'paid', lines: [{ quantity: 2, phase: 'Early bird' }, { quantity: 1 }] })
  const refund = async (wish: Omit<RefundRequest, 'reason'>): Promise<number> => {
    const by = { userId: 'usr', key: randomUUID() }
    const done = await refundOrder(sales.ports, paid.id, { ...wish, reason: 'r' }, by)
    if (!done.ok) throw new Error(done.refusal.code)
    return done.value.refund.amountMinor
  }
  return { event, paid, refund }
}

const usesOf = async (event: EventRecord) => {
  const code = await sales.codes.getCode(event.id, 'LESS')
  return code && { uses: code.uses, spentMinor: code.spentMinor }
}

const allOfIt = ({ discountCode }: Order) => ({ uses: 3, spentMinor: discountCode?.discountMinor })
const none = { uses: 0, spentMinor: 0 }

async function expectKept(event: EventRecord, keptMinor: number): Promise<void> {
  expect(await readBooks(sales, event)).toMatchObject({
    ...{ heldAtStripeMinor: keptMinor, heldByOrdersMinor: keptMinor, heldByStatisticsMinor: keptMinor },
  })
}

const chargesOf = async (event: EventRecord) => {
  const { discountMinor, feeMinor, taxMinor, revenueMinor } = await sales.statistics.readStatistics(event.id)
  return { discountMinor, feeMinor, taxMinor, revenueMinor }
}

test('tickets that go back one by one return what each was charged; the code is free when the last has', async () => {
  const { event, paid, refund } = await discountedOrder()
  const tickets = await sales.ports.tickets.getTickets(paid.ticketIds)
  const charged = await chargesOf(event)
  let kept = paid.total.amountMinor
  for (const [at, { id, price }] of tickets.entries()) {
    expect(await usesOf(event)).toEqual(allOfIt(paid))
    expect(await sales.poolOf(event, event.pools[1]?.id)).toMatchObject({ left: Math.min(at, 2) })
    expect(await refund({ ticketIds: [id] })).toBe(price.amountMinor)
    kept -= price.amountMinor
    await expectKept(event, kept)
  }
  expect(kept).toBe(0)
  expect(await sales.orderOf(paid)).toMatchObject({ status: 'refunded', stock: [] })
  expect(await usesOf(event)).toEqual(none)
  expect(await chargesOf(event)).toEqual(charged)
  expect(charged.feeMinor * charged.taxMinor * charged.discountMinor).toBeGreaterThan(0)
})

test('an amount gives no use back, even when it is everything', async () => {
  const { event, paid, refund } = await discountedOrder()
  await refund({ amountMinor: paid.total.amountMinor })
  expect(await usesOf(event)).toEqual(allOfIt(paid))
  await expectKept(event, 0)
})

const dispute = ({ payment, total }: Order, status: 'open' | 'lost') => ({
  ...{ providerId: 'du_1', paymentIntentId: payment?.paymentIntentId ?? '', amountMinor: total.amountMinor },
  ...{ status, reason: 'fraudulent' },
})

test('a dispute keeps the uses until it is lost', async () => {
  const { event, paid } = await discountedOrder()
  await receiveDispute(sales.ports, paid.id, dispute(paid, 'open'))
  expect(await usesOf(event)).toEqual(allOfIt(paid))
  for (let news = 0; news < 2; news++) await receiveDispute(sales.ports, paid.id, dispute(paid, 'lost'))
  expect(await sales.orderOf(paid)).toMatchObject({ status: 'refunded' })
  expect(await usesOf(event)).toEqual(none)
})

test.each(['whole', 'refunded in part'])(
  'an order, %s, of a cancelled event gives its uses back once',
  async (state) => {
    const { event, paid, refund } = await discountedOrder()
    if (state !== 'whole') await refund({ ticketIds: paid.ticketIds.slice(0, 1) })
    await sales.changeEvent(event, { status: 'cancelled' })
    for (let time = 0; time < 2; time++) await endCancelledOrder(sales.ports, paid.id)
    expect(await sales.orderOf(paid)).toMatchObject({ status: 'cancelled', stock: [] })
    expect(await usesOf(event)).toEqual(none)
    await expectKept(event, 0)
  },
)

test('a refund at the provider gives uses back when nothing is left of the price, and not before', async () => {
  const { event, paid } = await discountedOrder()
  const payment_intent = paid.payment?.paymentIntentId ?? ''
  const news = async (amount: number) => {
    const { id } = await sales.stripe.refunds.create({ payment_intent, amount })
    const refunds = [{ providerId: id, amountMinor: amount, status: 'succeeded' as const }]
    await receiveForeignRefunds(sales.ports, { orderId: paid.id, paymentIntentId: payment_intent, refunds })
  }
  await news(1000)
  expect(await usesOf(event)).toEqual(allOfIt(paid))
  await news(paid.total.amountMinor - 1000)
  expect(await usesOf(event)).toEqual(none)
  await expectKept(event, 0)
})
