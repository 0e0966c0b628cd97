import { randomUUID } from 'node:crypto'
import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { bucketOf } from '#domain/spread.ts'
import { createCancellationStore } from '#functions/store/cancellations.ts'
import { createEventOrderStore } from '#functions/store/event-orders.ts'
import { eventBuckets, salesKeys } from '#functions/store/keys.ts'
import { transact } from '#functions/store/transaction.ts'
import { endCancelledEvents } from '#functions/usecases/end-cancelled-events.ts'
import { orderIdOf } from '#functions/usecases/order-ids.ts'
import { pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'

let sales: Sales
let event: EventRecord
const count = 60

beforeAll(async () => {
  sales = await startSales()
  const floor = pool(count)
  event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id], { priceMinor: 0 })] })
  for (let at = 0; at < count; at++) await placeBigOrder()
})
afterAll(() => sales.close())

/** All in one bucket, each as large as an order becomes with many attendees: 30 fill a page of the database. */
async function placeBigOrder(): Promise<void> {
  let key = randomUUID()
  while (bucketOf(orderIdOf(event.id, key), eventBuckets) !== 0) key = randomUUID()
  const { order } = await sales.buy(request(event), key)
  await sales.client.send(
    new UpdateCommand({
      TableName: sales.table,
      Key: salesKeys.order(order.id),
      UpdateExpression: 'SET ballast = :ballast',
      ExpressionAttributeValues: { ':ballast': 'x'.repeat(33_000) },
    }),
  )
}

test('a buyer and an organiser see all orders, however large', async () => {
  const mine = await sales.ports.orders.listBuyerOrders('ada@example.org', 100)
  expect(mine).toHaveLength(count)
  expect(await sales.ports.orders.listBuyerOrders('ada@example.org', 40)).toEqual(mine.slice(0, 40))
  const { listEventOrders } = createEventOrderStore(sales.client, sales.table)
  expect(await listEventOrders(event.id, 100)).toHaveLength(count)
})

test('every order of a cancelled event ends, however large', async () => {
  const cancellations = createCancellationStore(sales.client, sales.table)
  await transact(sales.client, [cancellations.putCancellation(event.id, sales.ports.now())])
  const { bucketOrderIds } = createEventOrderStore(sales.client, sales.table)
  const report = (problem: string, orderId: string, error: unknown) =>
    sales.problems.push(`${problem} ${orderId} ${error}`)
  const ports = { ...sales.ports, cancellations, bucketOrderIds, eventBuckets, report }
  expect(await endCancelledEvents(ports, Date.now() + 60_000)).toMatchObject({ ended: count, failed: 0 })
  expect(sales.problems).toEqual([])
  expect(await sales.poolOf(event)).toMatchObject({ left: count, sold: 0 })
})
