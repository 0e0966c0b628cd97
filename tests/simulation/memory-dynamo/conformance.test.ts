import { DynamoDBServiceException, TransactionCanceledException } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tables } from '#infra/tables.ts'
import { startTestDynamoDb, type TestDynamoDb } from '#tests/support/dynamodb.ts'
import { createMemoryDynamo, type MemoryDynamo } from './database.ts'
import { type Names, type Operation, operation, readAll } from './operations.ts'
import { toItem } from './values.ts'

let engine: TestDynamoDb
let client: DynamoDBDocumentClient
let memory: MemoryDynamo
beforeAll(async () => {
  engine = await startTestDynamoDb()
  client = DynamoDBDocumentClient.from(engine.client, { marshallOptions: { removeUndefinedValues: true } })
  memory = createMemoryDynamo(tables, { prefix: engine.prefix })
})
afterAll(() => engine.close())

test('every sequence of operations has the same answers, refusals and contents as on DynamoDB Local', async () => {
  let runs = 0
  await fc.assert(
    fc.asyncProperty(fc.array(often, { minLength: 5, maxLength: 30 }), async (some) => {
      const operations = some.flat()
      const names: Names = { table: engine.tableName('sales'), run: `run${runs++}-` }
      for (const make of [...operations, ...readAll(names)]) await expectSameAnswer(make, names)
    }),
    { numRuns: Number(process.env.CONFORMANCE_RUNS ?? 40), endOnFailure: false },
  )
})

test('a page of a query ends after a megabyte, of whatever it consists', async () => {
  const names: Names = { table: engine.tableName('sales'), run: 'pages-' }
  const text = (at: number) => 'é'.repeat(5000 + ((at * 7919) % 15_000))
  const put = (at: number) => () =>
    new PutCommand({
      TableName: names.table,
      Item: {
        ...{ pk: `${names.run}A`, sk: `${100 + at}`, eventKey: `${names.run}E`, eventSort: `${200 - at}` },
        ...{ s: text(at), n: at, l: [text(at), at, null, true], m: { x: text(at), y: { z: at * 1000 } } },
      },
    })
  for (let at = 0; at < 60; at++) await expectSameAnswer(put(at), names)
  const find = (condition: string, value: string) => ({
    ...{ TableName: names.table, KeyConditionExpression: condition, ExpressionAttributeValues: { ':v': value } },
  })
  const all = find('pk = :v', `${names.run}A`)
  const byEvent = { ...find('eventKey = :v', `${names.run}E`), IndexName: 'byEvent' }
  for (const query of [all, byEvent, { ...byEvent, ScanIndexForward: false, Limit: 50 }])
    await expectSameAnswer(() => new QueryCommand(query), names)
})

/** Some are sent twice, as a client does that has missed the answer. */
const often = operation.chain((one) => fc.constantFrom([one], [one], [one, one]))

async function expectSameAnswer(make: Operation, names: Names): Promise<void> {
  const command = make(names)
  const theirs = await outcomeOf(() => sendTo(client, command))
  const ours = await outcomeOf(async () => memory.execute(make(names)))
  const told = JSON.stringify({ [command.constructor.name]: 'input' in command && command.input })
  const next = command instanceof QueryCommand ? nextPage(command, ours) : undefined
  if (next && theirs.answer && !('LastEvaluatedKey' in theirs.answer)) {
    // A page that ends where the condition ends has no next one on DynamoDB Local, and an empty one here.
    expect(memory.execute(next), told).toMatchObject({ Items: [] })
    expect({ ...ours.answer, LastEvaluatedKey: undefined }, told).toEqual(theirs.answer)
    return
  }
  expect(ours, told).toEqual(theirs)
  if (next) await expectSameAnswer(() => next, names)
}

function nextPage({ input }: QueryCommand, { answer }: Outcome): QueryCommand | undefined {
  if (!answer || !('LastEvaluatedKey' in answer)) return undefined
  return new QueryCommand({ ...input, ExclusiveStartKey: toItem(Object(answer.LastEvaluatedKey)) })
}

/** The document client's `send` is typed for each command alone. */
const sendTo = (target: DynamoDBDocumentClient, command: object): Promise<object> =>
  Reflect.apply(target.send, target, [command])

type Outcome = {
  readonly answer?: object
  readonly error?: string
  readonly reasons?: unknown
  readonly item?: unknown
}

async function outcomeOf(act: () => Promise<object>): Promise<Outcome> {
  try {
    // DynamoDB Local tells the capacity of a delete that did not ask for it.
    const { $metadata: _, ConsumedCapacity: __, ...answer } = { $metadata: 0, ConsumedCapacity: 0, ...(await act()) }
    return { answer: inOrder(answer) }
  } catch (error) {
    if (!(error instanceof DynamoDBServiceException)) throw error
    const reasons =
      error instanceof TransactionCanceledException
        ? error.CancellationReasons?.map(({ Code, Item }) => ({ Code, Item }))
        : undefined
    // AWS names the item whose update cannot be done; DynamoDB Local refuses the whole request.
    if (reasons?.some(({ Code }) => Code === 'ValidationError')) return { error: 'ValidationException' }
    return { error: error.name, reasons, item: 'Item' in error ? error.Item : undefined }
  }
}

/** A batch answers in no order. */
function inOrder(answer: object): object {
  if (!('Responses' in answer) || Array.isArray(answer.Responses) || typeof answer.Responses !== 'object') return answer
  const Responses = Object.fromEntries(
    Object.entries(answer.Responses ?? {}).map(([table, items]) => [
      table,
      [...items].sort((one, other) => (one.pk + one.sk < other.pk + other.sk ? -1 : 1)),
    ]),
  )
  return { ...answer, Responses }
}
