import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { releaseHold } from '#domain/order-changes.ts'
import { openPayment } from '#functions/usecases/open-payment.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { readAvailability } from '#functions/usecases/read-availability.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { goesWrong } from '#tests/support/race.ts'
import { paidCheckout, payByCard, pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'
import { guards, unguarded } from '#tests/support/unguarded-client.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
}, 30_000)
afterAll(() => sales.close())

async function earlyBirds(allotment: number, changes: Partial<EventRecord> = {}, shards = 1) {
  const [floor, early] = [pool(100), pool(allotment, shards)]
  const phases = [{ name: 'Early bird', priceMinor: 1500, poolId: early.id }]
  const type = ticketType([floor.id], { phases })
  return sales.addEvent({ pools: [floor, early], ticketTypes: [type], ...changes })
}

const place = (event: EventRecord, quantity: number, changes = {}) =>
  placeOrder(sales.ports, request(event, quantity, changes), randomUUID())

async function fortyAtOnce(shards: number) {
  const event = await earlyBirds(10, {}, shards)
  const outcomes = await Promise.all(Array.from({ length: 40 }, () => place(event, 1)))
  return { event, totals: outcomes.map((outcome) => (outcome.ok ? outcome.value.total.amountMinor : 0)) }
}

test.each([1, 4])(
  'forty at once on ten early birds in %d shards: ten pay the early price, thirty the next',
  async (shards) => {
    const { event, totals } = await fortyAtOnce(shards)
    expect(totals.filter((total) => total === 1500)).toHaveLength(10)
    expect(totals.filter((total) => total === 2500)).toHaveLength(30)
    expect(await sales.poolOf(event, event.pools[1]?.id)).toMatchObject({ left: 0, held: 10 })
    expect(await sales.poolOf(event)).toMatchObject({ left: 60, held: 40 })
  },
  30_000,
)

test('negative control: without the condition on stock more than ten of the forty pay the early price', async () => {
  const hasTooMany = async () => (await fortyAtOnce(1)).totals.filter((total) => total === 1500).length > 10
  expect(await unguarded(sales.client, [guards.stock], () => goesWrong(hasTooMany))).toBe(true)
})

test('a late payment of an early price whose allotment is gone goes back whole, though the floor has places', async () => {
  const event = await earlyBirds(2)
  const { order, url } = await sales.buy(request(event, 2))
  await payByCard(url)
  const held = await sales.orderOf(order)
  await sales.ports.orders.commitChange(releaseHold(held, 'expired', sales.ports.now()))
  expect(await place(event, 1)).toMatchObject({ ok: true, value: { total: { amountMinor: 1500 } } })
  await receivePayment(sales.ports, await sales.ports.payments.readCheckout(held.payment?.sessionId ?? ''))
  expect(await sales.orderOf(order)).toMatchObject({
    status: 'expired',
    refunds: [{ cause: 'no_tickets', amountMinor: 3000, status: 'succeeded' }],
  })
  expect(await sales.poolOf(event)).toMatchObject({ left: 99, held: 1, sold: 0 })
})

test('an order over the edge of an allotment pays both prices, and its tickets sum to what was charged', async () => {
  const tax = { name: 'VAT', basisPoints: 700, mode: 'added' } as const
  const fee = { fixedMinor: 99, basisPoints: 0, mode: 'added' } as const
  const event = await earlyBirds(2, { tax, fee })
  const { order, url } = await sales.buy(request(event, 5))
  expect(order.lines.map(({ phase, quantity, unitPriceMinor }) => [phase, quantity, unitPriceMinor])).toEqual([
    ['Early bird', 2, 1500],
    [undefined, 3, 2500],
  ])
  await payByCard(url)
  const held = await sales.orderOf(order)
  const session = await sales.stripe.checkout.sessions.retrieve(held.payment?.sessionId ?? '')
  expect(session.amount_total).toBe(order.total.amountMinor)
  await receivePayment(sales.ports, await sales.ports.payments.readCheckout(held.payment?.sessionId ?? ''))
  const paid = await sales.orderOf(order)
  expect(paid.status).toBe('paid')
  const tickets = await sales.ports.tickets.getTickets(paid.ticketIds)
  expect(tickets.reduce((sum, { price }) => sum + price.amountMinor, 0)).toBe(order.total.amountMinor)
  const statistics = await sales.statistics.readStatistics(event.id)
  expect(statistics).toMatchObject({ sold: 5, revenueMinor: order.total.amountMinor, feeMinor: 495 })
  expect(statistics.taxMinor).toBe(order.lines.reduce((sum, { charges }) => sum + (charges?.taxMinor ?? 0), 0))
  expect(statistics.ticketTypes.get(event.ticketTypes[0]?.id ?? '')).toEqual({
    sold: 5,
    revenueMinor: order.total.amountMinor,
  })
})

test('availability tells the price of the next ticket; a buyer who was shown a lower one is asked first', async () => {
  const event = await earlyBirds(1)
  const ports = { ...sales.ports, readShards: sales.stock.readShards }
  const next = async () => (await readAvailability(ports, event.id))?.ticketTypes[0]
  expect(await next()).toMatchObject({ priceMinor: 1500, phase: 'Early bird' })
  expect(await place(event, 1, { expectedTotalMinor: 1500 })).toMatchObject({ ok: true })
  expect(await next()).toMatchObject({ priceMinor: 2500 })
  expect(await place(event, 1, { expectedTotalMinor: 1500 })).toEqual({
    ok: false,
    refusal: { code: 'price_changed', totalMinor: 2500 },
  })
  expect(await place(event, 1, { expectedTotalMinor: 2500 })).toMatchObject({ ok: true })
})

test('an early bird whose hold ends is an early bird again', async () => {
  const event = await earlyBirds(1)
  const placed = await place(event, 1)
  if (!placed.ok) throw new Error('not placed')
  sales.clock.aheadMs = 16 * 60_000
  await sales.sweep()
  sales.clock.aheadMs = 0
  expect(await place(event, 1)).toMatchObject({ value: { total: { amountMinor: 1500 } } })
})

test('yen are charged whole: percentages are rounded before they reach the payment page', async () => {
  const tax = { name: '消費税', basisPoints: 1000, mode: 'added' } as const
  const floor = pool(10)
  const type = ticketType([floor.id], { priceMinor: 3333 })
  const event = await sales.addEvent({ currency: 'JPY', tax, pools: [floor], ticketTypes: [type] })
  const { order } = await sales.buy(request(event, 2))
  expect(order.total).toEqual({ amountMinor: 7333, currency: 'JPY' })
  const page = await openPayment(sales.ports, await sales.orderOf(order))
  expect(page.ok).toBe(true)
  const session = await sales.stripe.checkout.sessions.retrieve((await sales.orderOf(order)).payment?.sessionId ?? '')
  expect(session.amount_total).toBe(7333)
  await receivePayment(sales.ports, paidCheckout(await sales.orderOf(order)))
  expect((await sales.orderOf(order)).status).toBe('paid')
})
