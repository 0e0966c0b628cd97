import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openPayment } from '#functions/usecases/open-payment.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { payByCard, pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'
import { guards, unguarded } from '#tests/support/unguarded-client.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
}, 30_000)
afterAll(() => sales.close())

const place = (...[body, key = randomUUID()]: [Parameters<typeof placeOrder>[1], string?]) =>
  placeOrder(sales.ports, body, key)

test('a hold keeps stock, its payment turns it into tickets', async () => {
  const event = await sales.addEvent()
  const { order, url } = await sales.buy(request(event, 2, { attendees: [{ name: 'Grace' }] }))
  expect(order).toMatchObject({ status: 'held', total: { amountMinor: 5000, currency: 'EUR' } })
  expect(await sales.poolOf(event)).toMatchObject({ left: 48, held: 2, sold: 0 })

  expect(await payByCard(url)).toBe(303)
  const stored = await sales.ports.orders.getOrder(order.id)
  const checkout = await sales.ports.payments.readCheckout(stored?.payment?.sessionId ?? '')
  expect(await receivePayment(sales.ports, checkout)).toMatchObject({ kind: 'settled', order: { status: 'paid' } })
  expect(await sales.poolOf(event)).toMatchObject({ left: 48, held: 0, sold: 2 })
  const paid = await sales.ports.orders.getOrder(order.id)
  const tickets = await sales.ports.tickets.getTickets(paid?.ticketIds ?? [])
  expect(tickets.map((ticket) => ticket.attendeeName)).toEqual(['Grace', 'Ada Lovelace'])
  expect(await sales.statistics.readStatistics(event.id)).toMatchObject({ orders: 1, sold: 2, revenueMinor: 5000 })
})

test('a free order is paid at once, with its tickets and without a payment page', async () => {
  const floor = pool(10)
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id], { priceMinor: 0 })] })
  const { order, url } = await sales.buy(request(event, 3))
  expect(order).toMatchObject({ status: 'paid', dueAt: null, payment: null })
  expect(url).toBe('')
  expect(await sales.poolOf(event)).toMatchObject({ left: 7, held: 0, sold: 3 })
  expect(await sales.ports.tickets.listEventTickets(event.id, 10)).toHaveLength(3)
})

test('the same key twenty times at once: one order, one payment page, one answer', async () => {
  const event = await sales.addEvent()
  const key = randomUUID()
  const answers = await Promise.all(Array.from({ length: 20 }, () => sales.buy(request(event, 2), key)))
  expect(new Set(answers.map(({ order }) => order.id)).size).toBe(1)
  expect(new Set(answers.map(({ url }) => url)).size).toBe(1)
  expect(await sales.poolOf(event)).toMatchObject({ left: 48, held: 2 })
  const { data } = await sales.stripe.checkout.sessions.list({ limit: 100 })
  expect(data.filter((session) => session.client_reference_id === answers[0]?.order.id)).toHaveLength(1)
})

test('the same key for another request is refused, and finds its order again after a refusal became due', async () => {
  const event = await sales.addEvent()
  const key = randomUUID()
  const first = await place(request(event, 1), key)
  expect(await place(request(event, 2), key)).toEqual({ ok: false, refusal: { code: 'idempotency_key_reused' } })
  await sales.changeEvent(event, { status: 'cancelled' })
  expect(await place(request(event, 1), key)).toMatchObject({ ok: true, value: { id: first.ok && first.value.id } })
})

test('two lines that draw on one pool are counted together, and each pool of a type must have room', async () => {
  const [floor, seats] = [pool(5), pool(2)]
  const standing = ticketType([floor.id])
  const seated = ticketType([floor.id, seats.id])
  const event = await sales.addEvent({ pools: [floor, seats], ticketTypes: [standing, seated] })
  const lines = (standingCount: number, seatedCount: number) => ({
    lines: [
      { ticketTypeId: standing.id, quantity: standingCount },
      { ticketTypeId: seated.id, quantity: seatedCount },
    ],
  })
  expect(await place(request(event, 1, lines(4, 2)))).toMatchObject({ refusal: { code: 'too_few_left' } })
  expect(await place(request(event, 1, lines(1, 3)))).toMatchObject({ refusal: { code: 'too_few_left' } })
  expect(await place(request(event, 1, lines(3, 2)))).toMatchObject({ ok: true })
  expect(await sales.poolOf(event, floor.id)).toMatchObject({ left: 0, held: 5 })
  expect(await sales.poolOf(event, seats.id)).toMatchObject({ left: 0, held: 2 })
  expect(await place(request(event, 1))).toMatchObject({ refusal: { code: 'sold_out' } })
})

async function placeEightTimes() {
  const event = await sales.addEvent({ maxPerBuyer: 4 })
  return { event, outcomes: await Promise.all(Array.from({ length: 8 }, () => place(request(event, 2)))) }
}

test('a buyer cannot go over the limit with many orders at once', async () => {
  const { event, outcomes } = await placeEightTimes()
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(2)
  for (const outcome of outcomes.filter(({ ok }) => !ok))
    expect(outcome).toEqual({ ok: false, refusal: { code: 'too_many_per_buyer' } })
  expect(await sales.poolOf(event)).toMatchObject({ held: 4 })
})

test('negative control: without the condition on what he has, the same orders are all placed', async () => {
  const { event, outcomes } = await unguarded(sales.client, [guards.buyerWithinLimit], placeEightTimes)
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(8)
  expect(await sales.poolOf(event)).toMatchObject({ held: 16 })
})

test('a page that cannot be stored because the hold has ended is closed at Stripe', async () => {
  const event = await sales.addEvent()
  const placed = await place(request(event, 1))
  if (!placed.ok) throw new Error('not placed')
  const slow = {
    ...sales.ports,
    payments: {
      ...sales.ports.payments,
      openCheckout: async (...args: Parameters<typeof sales.ports.payments.openCheckout>) => {
        const checkout = await sales.ports.payments.openCheckout(...args)
        sales.clock.aheadMs = 16 * 60_000
        await sales.sweep()
        return checkout
      },
    },
  }
  expect(await openPayment(slow, placed.value)).toEqual({ ok: false, refusal: { code: 'hold_expired' } })
  sales.clock.aheadMs = 0
  const { data } = await sales.stripe.checkout.sessions.list({ limit: 100 })
  expect(data.find((session) => session.client_reference_id === placed.value.id)?.status).toBe('expired')
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, held: 0 })
})
