import { BatchGetCommand, DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { batchGet } from '#functions/store/batch-get.ts'
import { StoreBusy } from '#functions/store/busy.ts'
import { startTestDynamoDb, type TestDynamoDb } from '#tests/support/dynamodb.ts'

const keys = Array.from({ length: 130 }, (_, at) => ({ pk: `A${at}`, sk: '1' }))
let engine: TestDynamoDb
let client: DynamoDBDocumentClient
let table: string

beforeAll(async () => {
  engine = await startTestDynamoDb()
  client = DynamoDBDocumentClient.from(engine.client)
  table = engine.tableName('sales')
  for (const key of keys) await client.send(new PutCommand({ TableName: table, Item: key }))
})
afterAll(() => engine.close())

/** DynamoDB Local answers every batch in full. @param most so many keys of each batch are answered */
function answering(most: (batch: number) => number): { sentAt: readonly number[]; client: DynamoDBDocumentClient } {
  const sentAt: number[] = []
  const send = async ({ input: { RequestItems = {} } }: BatchGetCommand) => {
    const { Keys = [], ...how } = RequestItems[table] ?? {}
    const some = Keys.slice(0, most(sentAt.push(Date.now())))
    const missed = Keys.slice(some.length)
    const UnprocessedKeys = missed.length > 0 ? { [table]: { ...how, Keys: missed } } : {}
    if (some.length === 0) return { Responses: {}, UnprocessedKeys }
    const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { [table]: { ...how, Keys: some } } }))
    return { Responses, UnprocessedKeys }
  }
  return { sentAt, client: Object.create(client, { send: { value: send } }) }
}

test('a batch that is answered in parts is asked for until it is whole', async () => {
  const { client: partly, sentAt } = answering(() => 30)
  const items = await batchGet(partly, table, keys)
  expect(items).toHaveLength(130)
  expect(items).toEqual(expect.arrayContaining(keys))
  expect(sentAt).toHaveLength(5)
})

test('between two attempts there is a pause that grows while nothing is answered, and at last an end', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.999)
  const { client: silent, sentAt } = answering(() => 0)
  await expect(batchGet(silent, table, keys)).rejects.toBeInstanceOf(StoreBusy)
  const pauses = sentAt.slice(1).map((at, before) => at - (sentAt[before] ?? 0))
  expect(pauses.length).toBe(7)
  for (const [at, pause] of pauses.entries()) expect(pause).toBeGreaterThanOrEqual(20 * 2 ** Math.min(at + 1, 5) - 5)
})
