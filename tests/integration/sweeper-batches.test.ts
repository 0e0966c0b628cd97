import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { holdMinutes } from '#domain/holds.ts'
import type { Order } from '#domain/orders.ts'
import { dueBuckets } from '#functions/store/keys.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { type SweepSummary, sweepHolds } from '#functions/usecases/sweep-holds.ts'
import { goesWrong } from '#tests/support/race.ts'
import { payByCard, pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'
import { guards, unguarded } from '#tests/support/unguarded-client.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
})
afterAll(() => sales.close())
beforeEach(() => sales.forget())
afterEach(() => sales.control('outage', { mode: 'none' }))

async function addEvent(capacity: number) {
  const hall = pool(capacity, 4)
  return sales.addEvent({ pools: [hall], ticketTypes: [ticketType([hall.id])] })
}

/** Counts what the payment provider is asked in one run. */
function counting() {
  const { payments } = sales.ports
  let questions = 0
  const ask = <A extends unknown[], T>(question: (...of: A) => Promise<T>) => {
    return (...of: A): Promise<T> => {
      questions++
      return question(...of)
    }
  }
  const counted = { ...payments, closeCheckout: ask(payments.closeCheckout), readCheckout: ask(payments.readCheckout) }
  return { payments: counted, questions: () => questions }
}

test('sixty minutes without Stripe: each minute’s run asks a little and releases nothing, and the next one catches up', async () => {
  const event = await addEvent(50)
  const bought = await Promise.all(Array.from({ length: 26 }, () => sales.buy(request(event))))
  const paid = bought.slice(0, 3)
  for (const { url } of paid) expect(await payByCard(url)).toBe(303)
  await sales.control('outage', { mode: 'down' })

  for (let minute = 1; minute <= 60; minute++) {
    sales.clock.aheadMs = (holdMinutes + minute) * 60_000
    const { payments, questions } = counting()
    expect(await sales.sweep({ payments })).toMatchObject({ expired: 0, paid: 0, unanswered: 26, failed: 0 })
    expect(questions()).toBeLessThanOrEqual(5 + 2 * dueBuckets)
    expect(await sales.poolOf(event)).toMatchObject({ left: 24, held: 26 })
  }

  await sales.control('outage', { mode: 'none' })
  expect(await sales.sweep()).toMatchObject({ expired: 23, paid: 3, unanswered: 0 })
  expect(await sales.poolOf(event)).toMatchObject({ left: 47, held: 0, sold: 3 })
  for (const { order } of paid) expect(await sales.orderOf(order)).toMatchObject({ status: 'paid', refunds: [] })
}, 120_000)

test('negative control: a sweeper that takes silence for a no gives away places that have been paid for', async () => {
  const event = await addEvent(20)
  const { order, url } = await sales.buy(request(event, 2))
  expect(await payByCard(url)).toBe(303)
  await sales.control('outage', { mode: 'down' })
  sales.clock.aheadMs = holdMinutes * 60_000
  const closeCheckout = async (sessionId: string) => ({ ...closed, sessionId, orderId: order.id })
  await sales.sweep({ payments: { ...sales.ports.payments, closeCheckout } })
  expect(await sales.poolOf(event)).toMatchObject({ left: 20, held: 0, sold: 0 })
})

const closed = {
  url: null,
  state: 'closed',
  amount: { amountMinor: 0, currency: 'EUR' },
  paymentIntentId: null,
} as const

/** One invocation with so little time that it must leave most of the work to the next. */
function invocation(milliseconds: number): Promise<SweepSummary> {
  const report = (problem: string) => sales.problems.push(problem)
  const { dueOrderIds } = sales.ports.orders
  return sweepHolds({ ...sales.ports, dueBuckets, dueOrderIds, report }, Date.now() + milliseconds)
}

test('more holds end in one minute than one run can look at: the next runs go on where it stopped, and each ends once', async () => {
  const event = await addEvent(160)
  const held = await holdAll(event, 160)
  const perRun: number[] = []
  while (sum(perRun) < 160) {
    const { expired, failed, unanswered } = await invocation(60)
    expect([failed, unanswered]).toEqual([0, 0])
    perRun.push(expired)
    expect(await sales.poolOf(event)).toMatchObject({ left: sum(perRun), held: 160 - sum(perRun) })
  }
  expect(perRun.length).toBeGreaterThan(1)
  expect(await sales.poolOf(event)).toMatchObject({ left: 160, held: 0, sold: 0 })
  expect(await sales.sweep()).toMatchObject({ expired: 0, nothing: 0 })
  for (const order of held.slice(0, 20))
    expect(await sales.orderOf(order)).toMatchObject({ status: 'expired', dueAt: null })
  expect(sales.problems).toEqual([])
})

async function sweepTwice(holds: number) {
  sales.clock.aheadMs = 0
  const event = await addEvent(holds)
  await holdAll(event, holds)
  const [one, other] = await Promise.all([sales.sweep(), sales.sweep()])
  return { event, expired: one.expired + other.expired, failed: one.failed + other.failed }
}

test('two invocations that overlap, as after a slow one, still end each hold once', async () => {
  const { event, expired, failed } = await sweepTwice(80)
  expect([expired, failed]).toEqual([80, 0])
  expect(await sales.poolOf(event)).toMatchObject({ left: 80, held: 0 })
})

test('negative control: where a hold may end from what it no longer is, it ends in both', async () => {
  const isTwice = async () => (await sweepTwice(20)).expired > 20
  const { orderIsUnchanged, held } = guards
  expect(await unguarded(sales.client, [orderIsUnchanged, held], () => goesWrong(isTwice))).toBe(true)
})

/** So many orders of one place, and then their holds are over in the same minute. */
async function holdAll(event: EventRecord, count: number): Promise<Order[]> {
  const placed = await Promise.all(
    Array.from({ length: count }, () => placeOrder(sales.ports, request(event), randomUUID())),
  )
  expect(placed.filter(({ ok }) => ok)).toHaveLength(count)
  sales.clock.aheadMs = (holdMinutes + 1) * 60_000
  return placed.flatMap((outcome) => (outcome.ok ? [outcome.value] : []))
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
