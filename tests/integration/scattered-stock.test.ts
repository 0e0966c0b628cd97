import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { releaseHold } from '#domain/order-changes.ts'
import type { Order } from '#domain/orders.ts'
import { takeInto } from '#domain/stock.ts'
import { moveStock } from '#functions/store/stock.ts'
import { transact } from '#functions/store/transaction.ts'
import { cancelOrder } from '#functions/usecases/cancel-order.ts'
import { endCancelledOrder } from '#functions/usecases/end-cancelled-order.ts'
import { endHold } from '#functions/usecases/expire-hold.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { refundOrder } from '#functions/usecases/refund-order.ts'
import { paidCheckout, pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
})
afterAll(() => sales.close())
beforeEach(() => sales.forget())

const anyTicket = {
  unlocks: [],
  ticketTypeIds: null,
  maxUses: 1000,
  budgetMinor: null,
  validFrom: null,
  validUntil: null,
}

/** 60 shards, which is the most that an event has; each ticket is of two pools, and all that can join a transaction does. */
async function scatteredEvent(placesPerShard: number, discount = 5000): Promise<EventRecord> {
  const [floor, house] = [pool(30 * placesPerShard, 30), pool(30 * placesPerShard, 30)]
  const type = ticketType([floor.id, house.id], { maxPerOrder: 50 })
  const limits = { maxPerOrder: 50, maxPerBuyer: 50 }
  const event = await sales.addEvent({ pools: [floor, house], ticketTypes: [type], ...limits })
  const code = { ...anyTicket, discount: { kind: 'percent', basisPoints: discount } } as const
  await sales.codes.putCode(event.id, 'CODE', code, 0)
  return event
}

const place = (event: EventRecord, quantity: number) =>
  placeOrder(sales.ports, request(event, quantity, { code: 'CODE' }), randomUUID())

async function held(event: EventRecord, quantity: number): Promise<Order> {
  const placed = await place(event, quantity)
  if (!placed.ok) throw new Error(placed.refusal.code)
  return placed.value
}

async function paid(event: EventRecord, quantity: number): Promise<Order> {
  const order = await held(event, quantity)
  if (order.status === 'paid') return order
  expect(await receivePayment(sales.ports, paidCheckout(order))).toMatchObject({ kind: 'settled' })
  return sales.orderOf(order)
}

test('50 tickets of 60 shards that no single transaction could sell are refused before anything is held', async () => {
  const event = await scatteredEvent(2)
  expect(await place(event, 50)).toEqual({ ok: false, refusal: { code: 'too_few_left' } })
  for (const { id } of event.pools) expect(await sales.poolOf(event, id)).toMatchObject({ left: 60, held: 0 })
  expect(await sales.codes.getCode(event.id, 'CODE')).toMatchObject({ uses: 0 })
})

// 48 tickets of two places a shard are a transaction of exactly 100 items; 50 tickets fit where the shards are fuller.
const orders = [
  { quantity: 48, placesPerShard: 2 },
  { quantity: 50, placesPerShard: 3 },
]

test.each(orders)('$quantity tickets at $placesPerShard places a shard are sold and refunded', async (order) => {
  const event = await scatteredEvent(order.placesPerShard)
  const bought = await paid(event, order.quantity)
  expect(bought).toMatchObject({ status: 'paid', refunds: [] })
  expect(bought.ticketIds).toHaveLength(order.quantity)
  const by = { userId: 'usr_1', key: randomUUID() }
  expect(await refundOrder(sales.ports, bought.id, { reason: 'rain' }, by)).toMatchObject({ ok: true })
  expect(await sales.orderOf(bought)).toMatchObject({ status: 'refunded', stock: [] })
  await expectAllIsFree(event)
})

test.each(orders)('$quantity tickets at $placesPerShard places a shard end with their event', async (order) => {
  const event = await scatteredEvent(order.placesPerShard)
  const one = await paid(event, order.quantity)
  expect(await endCancelledOrder(sales.ports, one.id)).toBe('ended')
  expect(await sales.orderOf(one)).toMatchObject({ status: 'cancelled', cancelledBy: 'event' })
  await expectAllIsFree(event)
})

test.each(orders)('$quantity held tickets at $placesPerShard places a shard expire', async (order) => {
  const event = await scatteredEvent(order.placesPerShard)
  const one = await held(event, order.quantity)
  expect(await endHold(sales.ports, one)).toBe('expired')
  await expectAllIsFree(event)
})

test.each(orders)('$quantity free tickets at $placesPerShard places a shard are taken and given up', async (order) => {
  const event = await scatteredEvent(order.placesPerShard, 10_000)
  const one = await paid(event, order.quantity)
  expect(one.ticketIds).toHaveLength(order.quantity)
  expect(await cancelOrder(sales.ports, one.id)).toMatchObject({ ok: true, value: { status: 'cancelled' } })
  await expectAllIsFree(event)
})

test.each(orders)('$quantity tickets at $placesPerShard places a shard are sold to a late payment', async (order) => {
  const event = await scatteredEvent(order.placesPerShard)
  const one = await held(event, order.quantity)
  await sales.ports.orders.commitChange(releaseHold(one, 'expired', sales.ports.now()))
  await receivePayment(sales.ports, paidCheckout(one))
  expect(await sales.orderOf(one)).toMatchObject({ status: 'paid', refunds: [] })
})

test('a late payment whose places are now too scattered goes back', async () => {
  const event = await scatteredEvent(3)
  const one = await held(event, 50)
  await sales.ports.orders.commitChange(releaseHold(one, 'expired', sales.ports.now()))
  await occupyOneOfEach(event)
  await receivePayment(sales.ports, paidCheckout(one))
  const { status, refunds } = await sales.orderOf(one)
  expect({ status, refunds }).toMatchObject({ status: 'expired', refunds: [{ cause: 'no_tickets' }] })
})

/** One place in each shard of both pools is bought by others. */
async function occupyOneOfEach(event: EventRecord): Promise<void> {
  for (const { id, shards } of event.pools)
    for (let shard = 0; shard < shards; shard++) {
      const [move] = takeInto('sold', [{ poolId: id, shard, quantity: 1 }])
      if (move) await transact(sales.client, [moveStock(sales.table, move)])
    }
}

async function expectAllIsFree(event: EventRecord): Promise<void> {
  for (const { id, capacity } of event.pools)
    expect(await sales.poolOf(event, id)).toMatchObject({ left: capacity, held: 0, sold: 0 })
  expect(await sales.codes.getCode(event.id, 'CODE')).toMatchObject({ uses: 0 })
}
