import { randomUUID } from 'node:crypto'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import Stripe from 'stripe'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { receiveEvent } from '#functions/usecases/receive-event.ts'
import { portsOn } from '#tests/support/race.ts'
import { payByCard, request, type Sales, startSales, webhookSecret } from '#tests/support/sales.ts'
import { guards, unguardedClient } from '#tests/support/unguarded-client.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
})
afterAll(() => sales.close())

/** One request, sent twenty times at once under one key. */
async function twentyTimes(client: DynamoDBDocumentClient) {
  const event = await sales.addEvent()
  const key = randomUUID()
  const once = () => placeOrder(portsOn(sales, client), request(event, 2), key)
  const outcomes = await Promise.all(Array.from({ length: 20 }, once))
  return { ids: new Set(outcomes.map((outcome) => outcome.ok && outcome.value.id)), stock: await sales.poolOf(event) }
}

test('one key, twenty times at once: one order, one hold', async () => {
  const { ids, stock } = await twentyTimes(sales.client)
  expect([...ids]).toEqual([expect.stringMatching(/^ord_/)])
  expect(stock).toMatchObject({ left: 48, held: 2 })
})

test('negative control: without the condition that an order is new, repeats of one order hold more than it', async () => {
  const { ids, stock } = await twentyTimes(unguardedClient(sales.database.endpoint, guards.orderIsNew))
  expect(ids.size).toBe(1)
  expect(stock.held).toBeGreaterThan(2)
})

/** One order's payment, reported ten times at once. Others hold places, too: what is sold twice would be theirs. */
async function reportedTenTimes(client: DynamoDBDocumentClient) {
  const event = await sales.addEvent()
  await sales.buy(request(event, 10))
  await sales.buy(request(event, 10))
  const { order, url } = await sales.buy(request(event, 2))
  expect(await payByCard(url)).toBe(303)
  const { payment } = await sales.orderOf(order)
  const session = await sales.stripe.checkout.sessions.retrieve(payment?.sessionId ?? '')
  const payload = JSON.stringify({
    ...{ id: 'evt_1', object: 'event', type: 'checkout.session.completed' },
    data: { object: session },
  })
  const deliver = async () => {
    const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: webhookSecret })
    const received = await sales.ports.payments.readEvent(payload, signature)
    if (!received) throw new Error('the signature does not fit')
    return receiveEvent(portsOn(sales, client), received)
  }
  const outcomes = await Promise.allSettled(Array.from({ length: 10 }, deliver))
  const tickets = await sales.ports.tickets.listEventTickets(event.id, 100)
  const { sold, orders } = await sales.statistics.readStatistics(event.id)
  return { outcomes, stock: await sales.poolOf(event), tickets: tickets.length, sold, orders }
}

test('one webhook, ten times at once: one sale, two tickets, counted once', async () => {
  const { outcomes, ...books } = await reportedTenTimes(sales.client)
  expect(outcomes).toEqual(Array(10).fill({ status: 'fulfilled', value: 'done' }))
  expect(books).toMatchObject({ stock: { left: 28, held: 20, sold: 2 }, tickets: 2, sold: 2, orders: 1 })
})

test('negative control: where an order may be sold from what it no longer is, its webhooks sell others’ places', async () => {
  const { orderIsUnchanged, ticketIsNew } = guards
  const { stock, sold } = await reportedTenTimes(
    unguardedClient(sales.database.endpoint, orderIsUnchanged, ticketIsNew),
  )
  expect(stock.sold).toBeGreaterThan(2)
  expect(sold).toBeGreaterThan(2)
})
