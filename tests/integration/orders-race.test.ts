import { randomUUID } from 'node:crypto'
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { sumShards } from '#domain/stock.ts'
import { createOrderStore } from '#functions/store/orders.ts'
import { createStockStore } from '#functions/store/stock.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { testDynamoDbClient } from '#tests/support/dynamodb.ts'
import { paidCheckout, pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
}, 30_000)
afterAll(() => sales.close())

type Client = DynamoDBDocumentClient

const buyersAtOnce = (client: Client, event: EventRecord, buyers: number, quantity: number) => {
  const ports = { ...sales.ports, orders: createOrderStore(client, sales.table) }
  return Promise.all(Array.from({ length: buyers }, () => placeOrder(ports, request(event, quantity), randomUUID())))
}

/** Buyers who all pay; the pool is looked at all the while. */
async function sellOut(client: Client, buyers: number, event: EventRecord) {
  const broken: string[] = []
  const samples = { count: 0, isOver: false }
  const watcher = DynamoDBDocumentClient.from(testDynamoDbClient(sales.database.endpoint))
  const { readShards } = createStockStore(watcher, sales.table)
  const watching = (async () => {
    while (!samples.isOver) {
      for (const { left, held, sold, capacity } of await readShards(event.pools)) {
        if (left + held + sold !== capacity || Math.min(left, held, sold) < 0) broken.push(`${left} ${held} ${sold}`)
        samples.count++
      }
    }
  })()
  const placed = await buyersAtOnce(client, event, buyers, 1)
  const orders = placed.flatMap((outcome) => (outcome.ok ? [outcome.value] : []))
  await Promise.all(orders.map((order) => receivePayment(sales.ports, paidCheckout(order))))
  samples.isOver = true
  await watching
  const refused = placed.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal.code]))
  const [stock] = sumShards(await sales.stock.readShards(event.pools))
  const tickets = await sales.ports.tickets.listEventTickets(event.id, 1000)
  return { stock, tickets: tickets.length, refused, broken, samples: samples.count }
}

test('200 buyers at once on a pool of 50: 50 tickets, and the pool adds up at every moment', async () => {
  const event = await sales.addEvent()
  const { stock, tickets, refused, broken, samples } = await sellOut(sales.client, 200, event)
  expect(stock).toMatchObject({ left: 0, held: 0, sold: 50 })
  expect(tickets).toBe(50)
  expect(refused).toEqual(Array(150).fill('sold_out'))
  expect(broken).toEqual([])
  expect(samples).toBeGreaterThan(10)
  expect((await sales.statistics.readStatistics(event.id)).sold).toBe(50)
}, 30_000)

test('negative control: without the condition on stock the same buyers get more tickets than there are', async () => {
  const event = await sales.addEvent()
  const { stock, tickets, broken } = await sellOut(withoutStockCondition(), 80, event)
  expect(tickets).toBe(80)
  expect(stock?.left).toBe(-30)
  expect(broken).not.toEqual([])
}, 30_000)

test('orders of 4 on 16 shards sell out to the last place, and none is stranded', async () => {
  const floor = pool(160, 16)
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id])], highDemand: true })
  const first = await buyersAtOnce(sales.client, event, 60, 4)
  expect(first.filter(({ ok }) => ok)).toHaveLength(40)
  for (const outcome of first) if (!outcome.ok) expect(outcome.refusal.code).toBe('sold_out')
  expect(await sales.poolOf(event)).toMatchObject({ left: 0, held: 160 })
}, 30_000)

test('an order larger than what is left is told so, and the rest can still be bought from several shards', async () => {
  const floor = pool(9, 4)
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id])] })
  const place = async (quantity: number) => (await buyersAtOnce(sales.client, event, 1, quantity))[0]
  expect(await place(10)).toEqual({ ok: false, refusal: { code: 'too_few_left' } })
  expect(await place(5)).toMatchObject({ ok: true })
  expect(await place(5)).toEqual({ ok: false, refusal: { code: 'too_few_left' } })
  expect(await place(4)).toMatchObject({ ok: true })
  expect(await place(1)).toEqual({ ok: false, refusal: { code: 'sold_out' } })
})

test('conflicts are tried again, and end as an answer when they do not stop', async () => {
  const event = await sales.addEvent()
  const passing = conflicting((attempt) => attempt < 3)
  expect((await buyersAtOnce(passing, event, 1, 1))[0]).toMatchObject({ ok: true })
  const lasting = conflicting(() => true)
  expect((await buyersAtOnce(lasting, event, 1, 1))[0]).toEqual({ ok: false, refusal: { code: 'too_busy' } })
  expect(await sales.poolOf(event)).toMatchObject({ left: 49, held: 1 })
})

test('an answer lost after the commit does not place a second hold', async () => {
  const event = await sales.addEvent()
  const key = randomUUID()
  const ports = { ...sales.ports, orders: createOrderStore(losingFirstAnswer(), sales.table) }
  await expect(placeOrder(ports, request(event, 2), key)).rejects.toThrow('lost')
  expect(await placeOrder(ports, request(event, 2), key)).toMatchObject({ ok: true, value: { status: 'held' } })
  expect(await sales.poolOf(event)).toMatchObject({ left: 48, held: 2 })
})

/** What DynamoDB Local never does: another transaction holds one of the items. */
function conflicting(isConflict: (attempt: number) => boolean): Client {
  const client = testDynamoDbClient(sales.database.endpoint)
  let attempt = 0
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand' || !isConflict(attempt++)) return next(args)
      const CancellationReasons = [{ Code: 'TransactionConflict' }, { Code: 'None' }]
      throw new TransactionCanceledException({ message: 'conflict', CancellationReasons, $metadata: {} })
    },
    { step: 'initialize', priority: 'low' },
  )
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
}

function losingFirstAnswer(): Client {
  const client = testDynamoDbClient(sales.database.endpoint)
  let isFirst = true
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args)
      if (context.commandName === 'TransactWriteItemsCommand' && isFirst) {
        isFirst = false
        throw new Error('lost')
      }
      return answer
    },
    { step: 'initialize', priority: 'low' },
  )
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
}

/** Every condition on a pool's counts is made true. */
function withoutStockCondition(): Client {
  const client = testDynamoDbClient(sales.database.endpoint)
  client.middlewareStack.add(
    (next) => async (args) => {
      for (const { Update } of writesIn(args.input))
        if (Update?.UpdateExpression?.includes('#left'))
          Update.ConditionExpression = `attribute_exists(pk) OR ${Update.ConditionExpression}`
      return next(args)
    },
    { step: 'initialize', priority: 'low' },
  )
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })
}

interface Write {
  Update?: { UpdateExpression?: string; ConditionExpression?: string }
}

const writesIn = (input: object): Write[] =>
  'TransactItems' in input && Array.isArray(input.TransactItems) ? input.TransactItems : []
