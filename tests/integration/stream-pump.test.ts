import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { BatchWriteItemCommand, DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createTables, startDynamoDb } from '#infra/local/dynamodb.ts'
import {
  type StreamHandler,
  type StreamPump,
  type StreamPumpOptions,
  startStreamPump,
} from '#infra/local/stream-pump.ts'
import { tables } from '#infra/tables.ts'
import { startTestDynamoDb, type TestDynamoDb, testDynamoDbClient } from '#tests/support/dynamodb.ts'

let dynamodb: TestDynamoDb
let client: DynamoDBStreamsClient
let tableName: string
let folder: string
let tableNumber = 0
const pumps: StreamPump[] = []

beforeAll(async () => {
  dynamodb = await startTestDynamoDb()
  client = streamsClient(dynamodb.endpoint)
})

afterAll(async () => {
  client.destroy()
  await dynamodb.close()
})

beforeEach(async () => {
  const prefix = `${dynamodb.prefix}${tableNumber++}-`
  await createTables(dynamodb.client, tables, prefix)
  tableName = `${prefix}catalog`
  folder = await mkdtemp(join(tmpdir(), 'stream-pump-'))
})

afterEach(async () => {
  await Promise.all(pumps.splice(0).map((pump) => pump.close()))
  await rm(folder, { recursive: true })
})

function streamsClient(endpoint: string): DynamoDBStreamsClient {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  return new DynamoDBStreamsClient({ endpoint, region: 'us-east-1', credentials })
}

async function pump(handler: StreamHandler, more: Partial<StreamPumpOptions> = {}): Promise<StreamPump> {
  const files = { stateFile: join(folder, 'state/checkpoint.json'), deadLetterFile: join(folder, 'state/dead.jsonl') }
  const started = await startStreamPump({
    client,
    tableName,
    handler,
    onError: () => {},
    retryDelayMs: 1,
    ...files,
    ...more,
  })
  pumps.push(started)
  return started
}

async function write(key: string, value: number, to = { client: dynamodb.client, tableName }): Promise<void> {
  const Item = { pk: { S: 'P' }, sk: { S: key }, value: { N: String(value) } }
  await to.client.send(new PutItemCommand({ TableName: to.tableName, Item }))
}

const nameOf = ({ dynamodb }: DynamoDBRecord) => `${dynamodb?.Keys?.sk?.S}${dynamodb?.NewImage?.value?.N}`

test('a function gets the event that Lambda would give it', async () => {
  const events: DynamoDBStreamEvent[] = []
  const running = await pump(async (event) => void events.push(event))
  const Key = { pk: { S: 'P' }, sk: { S: 'k' } }
  const value = {
    bytes: { B: Buffer.from('hi') },
    list: { L: [{ NULL: true }, { M: { on: { BOOL: false } } }] },
    set: { SS: ['a'] },
    empty: { M: {} },
  }
  await dynamodb.client.send(new PutItemCommand({ TableName: tableName, Item: { ...Key, ...value } }))
  await dynamodb.client.send(new PutItemCommand({ TableName: tableName, Item: { ...Key, n: { N: '1' } } }))
  await dynamodb.client.send(new DeleteItemCommand({ TableName: tableName, Key }))
  await running.idle()

  const records = events.flatMap(({ Records }) => Records)
  const first = { ...Key, bytes: { B: 'aGk=' }, list: value.list, set: value.set, empty: value.empty }
  const common = {
    eventSource: 'aws:dynamodb',
    eventSourceARN: expect.stringContaining(tableName),
    eventID: expect.any(String),
  }
  const stream = { Keys: Key, SequenceNumber: expect.any(String), StreamViewType: 'NEW_AND_OLD_IMAGES' }
  expect(records).toMatchObject([
    { ...common, eventName: 'INSERT', dynamodb: { ...stream, NewImage: first } },
    { ...common, eventName: 'MODIFY', dynamodb: { ...stream, OldImage: first, NewImage: { ...Key, n: { N: '1' } } } },
    { ...common, eventName: 'REMOVE', dynamodb: { ...stream, OldImage: { ...Key, n: { N: '1' } } } },
  ])
  expect(records[2]?.dynamodb).not.toHaveProperty('NewImage')
  const secondsAgo = Date.now() / 1000 - (records[0]?.dynamodb?.ApproximateCreationDateTime ?? 0)
  expect(Math.abs(secondsAgo)).toBeLessThan(60)
  expect(JSON.parse(JSON.stringify(events))).toEqual(events)
})

test('every record comes once and in order per key when nothing fails', async () => {
  const delivered: string[] = []
  const running = await pump(async ({ Records }) => void delivered.push(...Records.map(nameOf)), { batchSize: 10 })
  const keys = ['a', 'b', 'c']
  await Promise.all(
    keys.map(async (key) => {
      for (let n = 0; n < 40; n++) await write(key, n)
    }),
  )
  await running.idle()
  for (const key of keys) {
    expect(delivered.filter((name) => name.startsWith(key))).toEqual(Array.from({ length: 40 }, (_, n) => `${key}${n}`))
  }
})

test('a function that fails twice gets the same records again before any later one', async () => {
  const tries: string[] = []
  const running = await pump(async ({ Records }) => {
    tries.push(Records.map(nameOf).join())
    if (tries.length < 3) throw new Error('not yet')
  })
  await write('a', 1)
  await running.idle()
  await write('a', 2)
  await running.idle()
  expect(tries).toEqual(['a1', 'a1', 'a1', 'a2'])
})

test('after a partial failure delivery goes on at the first record that failed', async () => {
  for (const n of [1, 2, 3, 4]) await write('a', n)
  const batches: string[] = []
  const running = await pump(async ({ Records }) => {
    batches.push(Records.map(nameOf).join())
    const failed = batches.length === 1 ? Records.filter((record) => nameOf(record) === 'a3') : []
    return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' })) }
  })
  await running.idle()
  expect(batches).toEqual(['a1,a2,a3,a4', 'a3,a4'])
})

test.each(['throws', 'reports'])(
  'a record at which the function always %s dies alone, and can be replayed',
  async (how) => {
    for (const key of ['a', 'poison', 'b']) await write(key, 1)
    let isBroken = true
    const delivered: string[] = []
    const errors: unknown[] = []
    const running = await pump(
      async ({ Records }) => {
        for (const record of Records) {
          const fails = isBroken && nameOf(record) === 'poison1'
          if (fails && how === 'reports')
            return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] }
          if (fails) throw new Error('cannot read this')
          delivered.push(nameOf(record))
        }
        return undefined
      },
      { maxAttempts: 3, onError: (error) => errors.push(error) },
    )
    await running.idle()
    expect([...new Set(delivered)]).toEqual(['a1', 'b1'])
    expect(errors.length).toBeGreaterThanOrEqual(3)
    const [letter, ...others] = await running.deadLetters()
    expect(others).toEqual([])
    expect(letter).toMatchObject({
      attempts: 3,
      record: { eventName: 'INSERT', dynamodb: { Keys: { sk: { S: 'poison' } } } },
    })
    expect(letter?.error).toBe(
      how === 'throws'
        ? 'cannot read this'
        : `The function reported ${letter?.record.dynamodb?.SequenceNumber} as failed`,
    )

    expect(await running.replay()).toEqual({ delivered: 0, failed: 1 })
    expect(await running.deadLetters()).toMatchObject([{ attempts: 4 }])
    isBroken = false
    expect(await running.replay()).toEqual({ delivered: 1, failed: 0 })
    expect(await running.deadLetters()).toEqual([])
    expect(delivered.at(-1)).toBe('poison1')
  },
)

test('a pump that starts again delivers what was written meanwhile, and nothing from before', async () => {
  const delivered: string[] = []
  const handler: StreamHandler = async ({ Records }) => void delivered.push(...Records.map(nameOf))
  const first = await pump(handler)
  await write('a', 1)
  await first.idle()
  await first.close()
  await write('a', 2)
  const second = await pump(handler)
  await second.idle()
  expect(delivered).toEqual(['a1', 'a2'])
})

test('a pump killed at any moment loses no record and keeps the order of each key', async () => {
  const keys = ['a', 'b', 'c', 'd']
  for (let n = 0; n < 50; n++) {
    const puts = keys.map((key) => ({
      PutRequest: { Item: { pk: { S: 'P' }, sk: { S: key }, value: { N: String(n) } } },
    }))
    await dynamodb.client.send(new BatchWriteItemCommand({ RequestItems: { [tableName]: puts } }))
  }
  const delivered = async () =>
    (await readFile(join(folder, 'delivered'), 'utf8').catch(() => '')).split('\n').slice(0, -1)
  const killedAt: number[] = []
  while (new Set(await delivered()).size < 200) {
    const child = fork(join(import.meta.dirname, '../support/stream-pump-child.ts'), [
      dynamodb.endpoint,
      tableName,
      folder,
    ])
    const enough = (await delivered()).length + 60
    while ((await delivered()).length < enough && new Set(await delivered()).size < 200) await wait(5)
    child.kill('SIGKILL')
    await once(child, 'exit')
    killedAt.push((await delivered()).length)
  }
  const seen = await delivered()
  expect(killedAt.length).toBeGreaterThan(2)
  for (const key of keys) {
    const firstSeen = [...new Set(seen.filter((line) => line.startsWith(key)))]
    expect(firstSeen).toEqual(Array.from({ length: 50 }, (_, n) => `${key} ${n}`))
  }
  // Only a batch of seven may have been on its way when a process was killed.
  expect(seen.length - 200).toBeLessThanOrEqual(7 * killedAt.length)
})

test('a nudge brings what the pump would have looked for only a minute later', async () => {
  const delivered: string[] = []
  const handler: StreamHandler = async ({ Records }) => void delivered.push(...Records.map(nameOf))
  const running = await pump(handler, { pollMs: { fastest: 60_000, slowest: 60_000 } })
  await wait(300)
  await write('a', 1)
  await wait(300)
  expect(delivered).toEqual([])
  running.nudge()
  await expect.poll(() => delivered, { interval: 10, timeout: 10_000 }).toEqual(['a1'])
})

test.each(['TrimmedDataAccessException', 'ExpiredIteratorException'])(
  'a place in the stream that is lost by %s is found again, and nothing comes twice',
  async (name) => {
    const forgetful = streamsClient(dynamodb.endpoint)
    let refusals = 0
    forgetful.middlewareStack.add(
      (next, { commandName }) =>
        async (request) => {
          if (commandName !== 'GetRecordsCommand' || delivered.length === 0 || refusals === 1) return next(request)
          refusals += 1
          throw Object.assign(new Error('as after long idling'), { name })
        },
      { step: 'initialize' },
    )
    const delivered: string[] = []
    const errors: unknown[] = []
    const handler: StreamHandler = async ({ Records }) => void delivered.push(...Records.map(nameOf))
    const running = await pump(handler, { client: forgetful, onError: (error) => errors.push(error) })
    await write('a', 1)
    await running.idle()
    await write('a', 2)
    await running.idle()
    expect([refusals, delivered, errors]).toEqual([1, ['a1', 'a2'], []])
    forgetful.destroy()
  },
)

test('a stream goes on after the engine itself was stopped and started again', async () => {
  const dataFolder = join(folder, 'engine')
  const before = await startDynamoDb({ port: 0, dataFolder })
  const to = (url: string) => ({ client: testDynamoDbClient(url), tableName: 'catalog' })
  const delivered: string[] = []
  const handler: StreamHandler = async ({ Records }) => void delivered.push(...Records.map(nameOf))
  await createTables(to(before.url).client, tables)
  await write('a', 1, to(before.url))
  const first = await pump(handler, { client: streamsClient(before.url), tableName: 'catalog' })
  await first.idle()
  await write('a', 2, to(before.url))
  await first.close()
  await before.close()

  const after = await startDynamoDb({ port: 0, dataFolder })
  await createTables(to(after.url).client, tables)
  await write('a', 3, to(after.url))
  const second = await pump(handler, { client: streamsClient(after.url), tableName: 'catalog' })
  await second.idle()
  expect([...new Set(delivered)]).toEqual(['a1', 'a2', 'a3'])
  await second.close()
  await after.close()
})
