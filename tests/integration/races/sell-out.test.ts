import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { sumShards } from '#domain/stock.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { testDynamoDbClient } from '#tests/support/dynamodb.ts'
import { buyersAtOnce, portsOn, watched } from '#tests/support/race.ts'
import { paidCheckout, pool, type Sales, startSales, ticketType } from '#tests/support/sales.ts'
import { guards, unguardedClient } from '#tests/support/unguarded-client.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
})
afterAll(() => sales.close())

function addEvent(capacity: number, shards: number): Promise<EventRecord> {
  const floor = pool(capacity, shards)
  return sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id])], highDemand: shards > 1 })
}

/** Buyers who all pay at once as soon as they hold a place. */
async function sellOut(client: DynamoDBDocumentClient, event: EventRecord, buyers: number) {
  const { result, broken, samples } = await watched(sales, event, async () => {
    const { orders, refused } = await buyersAtOnce(portsOn(sales, client), event, buyers)
    await Promise.all(orders.map((order) => receivePayment(sales.ports, paidCheckout(order))))
    return { orders, refused }
  })
  const [stock] = sumShards(await sales.stock.readShards(event.pools))
  const tickets = await sales.ports.tickets.listEventTickets(event.id, 2000)
  return { ...result, stock, tickets: tickets.length, broken, samples: samples() }
}

test('1,000 buyers at once on 100 places: exactly 100 tickets, and the pool adds up at every moment', async () => {
  const event = await addEvent(100, 1)
  const { orders, refused, stock, tickets, broken, samples } = await sellOut(sales.client, event, 1000)
  expect(orders).toHaveLength(100)
  expect(refused).toEqual(Array(900).fill('sold_out'))
  expect(stock).toMatchObject({ left: 0, held: 0, sold: 100 })
  expect(tickets).toBe(100)
  expect((await sales.statistics.readStatistics(event.id)).sold).toBe(100)
  expect(broken).toEqual([])
  expect(samples).toBeGreaterThan(5)
})

test('negative control: without the condition on stock more places are sold than there are, and the watch sees it', async () => {
  const event = await addEvent(10, 1)
  const { stock, tickets, broken } = await sellOut(unguarded(), event, 60)
  expect(tickets).toBe(60)
  expect(stock?.left).toBe(-50)
  expect(broken).not.toEqual([])
})

test('orders of 4 on 32 shards sell out to the last whole order, and the 2 places that remain are sold to 2', async () => {
  const event = await addEvent(1002, 32)
  const { result, broken, samples } = await watched(sales, event, () => buyersAtOnce(sales.ports, event, 270, 4))
  expect(result.orders).toHaveLength(250)
  expect(result.refused).toEqual(Array(20).fill('too_few_left'))
  expect(await sales.poolOf(event)).toMatchObject({ left: 2, held: 1000 })
  const rest = await buyersAtOnce(sales.ports, event, 3, 2)
  expect(rest.orders).toHaveLength(1)
  expect(rest.refused).toEqual(['sold_out', 'sold_out'])
  expect(await sales.poolOf(event)).toMatchObject({ left: 0, held: 1002 })
  expect(broken).toEqual([])
  expect(samples()).toBeGreaterThan(5)
})

test('negative control: where the rests of shards are not put together, places are stranded', async () => {
  const event = await addEvent(126, 32)
  const { orders } = await buyersAtOnce(portsOn(sales, seesWholeOrdersOnly(4)), event, 40, 4)
  expect(orders.length).toBeLessThan(31)
  expect((await sales.poolOf(event)).left).toBeGreaterThanOrEqual(4)
})

const unguarded = () => unguardedClient(sales.database.endpoint, guards.stock)

/** A client that shows a shard with less than a whole order as empty, so that no order is put together from several. */
function seesWholeOrdersOnly(quantity: number): DynamoDBDocumentClient {
  const client = testDynamoDbClient(sales.database.endpoint)
  client.middlewareStack.add(
    (next) => async (args) => {
      const answer = await next(args)
      for (const shard of shardsIn(answer.output)) if (shard.left < quantity) shard.left = 0
      return answer
    },
    { step: 'initialize', priority: 'low' },
  )
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
}

function shardsIn(output: object): { left: number }[] {
  const found = 'Responses' in output ? Object.values(output.Responses ?? {}).flat() : []
  return found.map((one) => one.Item ?? one).filter((item) => item.sk === 'STOCK')
}
