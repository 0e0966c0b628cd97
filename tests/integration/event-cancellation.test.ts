import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { cancelEvent } from '#domain/event-rules.ts'
import type { Order } from '#domain/orders.ts'
import { createCancellationStore } from '#functions/store/cancellations.ts'
import { createEventOrderStore } from '#functions/store/event-orders.ts'
import { createEventStockStore } from '#functions/store/event-stock.ts'
import { eventBuckets } from '#functions/store/keys.ts'
import { changeEvent } from '#functions/usecases/change-event.ts'
import { type CancellationPorts, endCancelledEvents, withPace } from '#functions/usecases/end-cancelled-events.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { refreshOrder } from '#functions/usecases/read-order.ts'
import { readStats } from '#functions/usecases/read-stats.ts'
import { receiveForeignRefunds } from '#functions/usecases/receive-money-back.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { recordScans } from '#functions/usecases/record-scans.ts'
import { scanPorts, statsPorts } from '#functions/wiring.ts'
import { readBooks } from '#tests/support/event-books.ts'
import { goesWrong } from '#tests/support/race.ts'
import { paidCheckout, payByCard, pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'
import { guards, unguarded } from '#tests/support/unguarded-client.ts'

let sales: Sales
let reports: string[]
beforeAll(async () => {
  sales = await startSales()
}, 30_000)
afterAll(() => sales.close())
beforeEach(async () => {
  reports = []
  await sales.forget()
})
afterEach(() => sales.control('outage', { mode: 'none' }))

const ports = (): CancellationPorts => ({
  ...sales.ports,
  cancellations: createCancellationStore(sales.client, sales.table),
  bucketOrderIds: createEventOrderStore(sales.client, sales.table).bucketOrderIds,
  eventBuckets,
  report: (problem) => reports.push(problem),
})

/** Dies at one of its calls: this one and all that follow do not happen, or have happened and nobody learns of it. */
function dying(at: number, when: 'before' | 'after'): CancellationPorts {
  let calls = 0
  const mortal =
    <A extends unknown[], T>(act: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      const isLast = ++calls === at
      if (calls > at || (isLast && when === 'before')) throw new Error('dead')
      const answer = await act(...args)
      if (isLast) throw new Error('dead')
      return answer
    }
  const whole = ports()
  return {
    ...whole,
    orders: {
      ...whole.orders,
      getOrder: mortal(whole.orders.getOrder),
      commitChange: mortal(whole.orders.commitChange),
    },
    payments: {
      ...whole.payments,
      refund: mortal(whole.payments.refund),
      closeCheckout: mortal(whole.payments.closeCheckout),
    },
    cancellations: { ...whole.cancellations, saveCancellation: mortal(whole.cancellations.saveCancellation) },
    bucketOrderIds: mortal(whole.bucketOrderIds),
  }
}

const run = (some: CancellationPorts = ports()) => endCancelledEvents(some, Date.now() + 60_000)

/** The minutes that a finished cancellation takes: its first passes, then the one after the last straggler. */
async function runToTheEnd() {
  for (let minute = 0; minute < 5; minute++) {
    await run()
    await sales.sweep()
    sales.clock.aheadMs += 61_000
  }
}

const bigEvent = (changes: Partial<EventRecord> = {}) => {
  const floor = pool(1000, 4)
  const startsAt = new Date(Date.now() + 1_800_000).toISOString()
  return sales.addEvent({ startsAt, pools: [floor], ticketTypes: [ticketType([floor.id])], ...changes })
}

async function cancel(event: EventRecord): Promise<void> {
  const events = sales.events
  const save = createEventStockStore(
    events,
    sales.stock,
    createCancellationStore(sales.client, sales.table),
  ).saveWithStock
  const change = { stock: async () => [], save, now: sales.ports.now }
  const stored = (await events.getEvent(event.id)) ?? event
  expect(await changeEvent(change, stored, (one, now) => cancelEvent(one, one.version, now))).toMatchObject({
    ok: true,
  })
}

async function paidOrder(event: EventRecord, quantity = 1): Promise<Order> {
  const { order, url } = await sales.buy(request(event, quantity))
  expect(await payByCard(url)).toBe(303)
  return refreshOrder(sales.ports, await sales.orderOf(order))
}

async function paidOrders(event: EventRecord, count: number): Promise<Order[]> {
  const orders: Order[] = []
  const quantities = Array.from({ length: count }, (_, at) => 1 + (at % 3))
  const work = async () => {
    for (let next = quantities.shift(); next; next = quantities.shift()) orders.push(await paidOrder(event, next))
  }
  await Promise.all(Array.from({ length: 4 }, work))
  return orders
}

const refundsAtStripe = async ({ payment }: Order) =>
  (await sales.stripe.refunds.list({ payment_intent: payment?.paymentIntentId ?? '' })).data.length

async function expectNothingKept(event: EventRecord): Promise<void> {
  const { inMinor, ...kept } = await readBooks(sales, event)
  expect(kept).toEqual({
    ...{ outMinor: inMinor, heldAtStripeMinor: 0, heldByOrdersMinor: 0, heldByStatisticsMinor: 0 },
  })
}

test('a cancelled event ends all its orders: holds and their pages close, what was paid goes back in full, each once', async () => {
  const event = await bigEvent()
  const [whole, part, used] = [await paidOrder(event, 2), await paidOrder(event, 2), await paidOrder(event, 2)]
  const paymentIntentId = part.payment?.paymentIntentId ?? ''
  const { id: providerId } = await sales.stripe.refunds.create({ payment_intent: paymentIntentId, amount: 1 })
  const refunds = [{ providerId, status: 'succeeded' as const, amountMinor: 1 }]
  await receiveForeignRefunds(sales.ports, { orderId: part.id, paymentIntentId, refunds })
  const code = sales.signer.signTicket({ eventId: event.id, ticketId: used.ticketIds[0] ?? '' })
  const scan = { scanId: crypto.randomUUID(), code, at: sales.ports.now(), gate: 'g', direction: 'in' as const }
  await recordScans(scanPorts(), event, 'usr', [scan])
  const { order: held } = await sales.buy(request(event, 3))
  const { value: unpaged } = { ...(await placeOrder(sales.ports, request(event, 1), crypto.randomUUID())) } as {
    value: Order
  }
  const { order: paidUnseen, url } = await sales.buy(request(event, 1))
  await payByCard(url)

  await cancel(event)
  expect(await placeOrder(sales.ports, request(event, 1), crypto.randomUUID())).toMatchObject({ ok: false })
  await runToTheEnd()

  expect(await sales.orderOf(whole)).toMatchObject({ status: 'cancelled', cancelledBy: 'event', dueAt: null })
  expect(await sales.orderOf(used)).toMatchObject({ status: 'cancelled', refunds: [{ amountMinor: 5000 }] })
  expect((await sales.ports.tickets.getTickets(used.ticketIds)).map(({ status }) => status)).toEqual([
    'valid',
    'revoked',
  ])
  for (const order of [held, unpaged])
    expect(await sales.orderOf(order)).toMatchObject({ status: 'expired', stock: [] })
  expect(await sales.orderOf(paidUnseen)).toMatchObject({ status: 'expired', refunds: [{ cause: 'event_cancelled' }] })
  const session = await sales.stripe.checkout.sessions.retrieve((await sales.orderOf(held)).payment?.sessionId ?? '')
  expect(session.status).toBe('expired')
  expect(await sales.poolOf(event)).toMatchObject({ left: 1000, held: 0, sold: 0 })
  expect(await ports().cancellations.getCancellation(event.id)).toMatchObject({ finishedAt: expect.any(String) })
  const stats = await readStats(statsPorts(), { ...event, status: 'cancelled' })
  expect(stats.totals).toMatchObject({ cancelledByEvent: 3, sold: 0, revenueMinor: 15_000, refundedMinor: 15_000 })
  expect(stats.cancellation).toMatchObject({ eventId: event.id, finishedAt: expect.any(String) })
  expect(reports).toEqual([])
}, 60_000)

test.each(['before', 'after'] as const)(
  'a sweeper that dies again and again, %s its act, leaves work that the next one finishes: everybody is refunded once',
  async (when) => {
    const event = await bigEvent()
    const orders = await paidOrders(event, 24)
    await sales.buy(request(event, 2))
    await cancel(event)
    for (const at of [1, 2, 3, 7, 12, 20, 31]) await run(dying(at, when)).catch(() => undefined)
    await runToTheEnd()
    for (const order of orders) {
      expect(await sales.orderOf(order)).toMatchObject({ status: 'cancelled', refunds: [{ status: 'succeeded' }] })
      expect(await refundsAtStripe(order)).toBe(1)
    }
    await expectNothingKept(event)
    expect(await sales.poolOf(event)).toMatchObject({ left: 1000, held: 0, sold: 0 })
  },
  60_000,
)

async function sweepAtOnce(count: number) {
  const event = await bigEvent()
  const orders = await paidOrders(event, count)
  await cancel(event)
  await Promise.all([run(), run(), run()])
  return { event, orders }
}

test('three sweepers at once refund everybody once', async () => {
  const { event, orders } = await sweepAtOnce(16)
  await runToTheEnd()
  for (const order of orders) expect(await refundsAtStripe(order)).toBe(1)
  await expectNothingKept(event)
}, 60_000)

test('negative control: where an order may end from what it no longer is, the same sweepers count refunds twice', async () => {
  const isTwice = async () => (await readBooks(sales, (await sweepAtOnce(6)).event)).heldByStatisticsMinor < 0
  const missing = [guards.orderIsUnchanged, guards.ticketIsUnused, guards.cancellationIsCurrent]
  expect(await unguarded(sales.client, missing, () => goesWrong(isTwice))).toBe(true)
})

test('while Stripe is down refunds are owed; when it is back the sweeper sends them', async () => {
  const event = await bigEvent()
  const orders = await paidOrders(event, 6)
  const { order: held } = await sales.buy(request(event, 1))
  await cancel(event)
  await sales.control('outage', { mode: 'down' })
  expect(await run()).toMatchObject({ ended: 6, failed: 1, finished: 0 })
  expect(await sales.orderOf(held)).toMatchObject({ status: 'held' })
  for (const order of orders) expect(await sales.orderOf(order)).toMatchObject({ refunds: [{ status: 'pending' }] })
  await sales.control('outage', { mode: 'none' })
  await runToTheEnd()
  expect(await sales.orderOf(held)).toMatchObject({ status: 'expired' })
  await expectNothingKept(event)
}, 60_000)

test('a payment that comes after the event was cancelled is refunded, whatever became of its hold', async () => {
  const event = await bigEvent()
  const [early, late] = [await sales.buy(request(event, 1)), await sales.buy(request(event, 1))]
  await cancel(event)
  expect(await payByCard(early.url)).toBe(303)
  await refreshOrder(sales.ports, await sales.orderOf(early.order))
  await run()
  await receivePayment({ ...sales.ports, payments: silent() }, paidCheckout(await sales.orderOf(late.order)))
  for (const { order } of [early, late])
    expect(await sales.orderOf(order)).toMatchObject({
      ...{ status: 'expired', ticketIds: [], stock: [] },
      refunds: [{ cause: 'event_cancelled', amountMinor: 2500 }],
    })
  expect(await sales.poolOf(event)).toMatchObject({ left: 1000, held: 0, sold: 0 })
})

const silent = () => ({
  ...sales.ports.payments,
  refund: async () => ({ providerId: `re_${crypto.randomUUID()}`, status: 'succeeded' as const }),
})

test('an order that was being written while the event was cancelled is found by a later pass', async () => {
  const event = await bigEvent()
  await cancel(event)
  await run()
  const straggler = { ...sales.ports, getEvent: async () => event }
  const placed = await placeOrder(straggler, request(event, 2), crypto.randomUUID())
  if (!placed.ok) throw new Error(placed.refusal.code)
  await run()
  expect(await sales.orderOf(placed.value)).toMatchObject({ status: 'held' })
  sales.clock.aheadMs = 121_000
  await run()
  expect(await sales.orderOf(placed.value)).toMatchObject({ status: 'expired' })
})

test('questions to the provider keep their distance, however many ask at once', async () => {
  const asked: number[] = []
  const refund = async () => {
    asked.push(performance.now())
    return { providerId: 're', status: 'succeeded' as const }
  }
  const paced = withPace({ ...sales.ports.payments, refund }, 50)
  const wish = {
    orderId: 'o',
    refundId: 'r',
    paymentIntentId: 'pi',
    amount: { amountMinor: 1, currency: 'EUR' },
    owedSince: '',
  }
  await Promise.all(Array.from({ length: 26 }, () => paced.refund(wish)))
  expect(Math.max(...asked) - Math.min(...asked)).toBeGreaterThan(480)
})
