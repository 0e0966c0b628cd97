import { randomUUID } from 'node:crypto'
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { createOrderStore } from '#functions/store/orders.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { testDynamoDbClient } from '#tests/support/dynamodb.ts'
import { pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
}, 30_000)
afterAll(() => sales.close())

type Client = DynamoDBDocumentClient

const place = (client: Client, event: EventRecord, quantity: number) =>
  placeOrder({ ...sales.ports, orders: createOrderStore(client, sales.table) }, request(event, quantity), randomUUID())

test('an order larger than what is left is told so, and the rest can still be bought from several shards', async () => {
  const floor = pool(9, 4)
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id])] })
  expect(await place(sales.client, event, 10)).toEqual({ ok: false, refusal: { code: 'too_few_left' } })
  expect(await place(sales.client, event, 5)).toMatchObject({ ok: true })
  expect(await place(sales.client, event, 5)).toEqual({ ok: false, refusal: { code: 'too_few_left' } })
  expect(await place(sales.client, event, 4)).toMatchObject({ ok: true })
  expect(await place(sales.client, event, 1)).toEqual({ ok: false, refusal: { code: 'sold_out' } })
})

test('conflicts are tried again, and end as an answer when they do not stop', async () => {
  const event = await sales.addEvent()
  const passing = conflicting((attempt) => attempt < 3)
  expect(await place(passing, event, 1)).toMatchObject({ ok: true })
  const lasting = conflicting(() => true)
  expect(await place(lasting, event, 1)).toEqual({ ok: false, refusal: { code: 'too_busy' } })
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
