import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBStreamEvent } from 'aws-lambda'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { EventRecord } from '#domain/catalog.ts'
import { createFiles } from '#functions/gateways/files.ts'
import { publishChanges } from '#functions/publisher/publish-changes.ts'
import { createEventStore } from '#functions/store/events.ts'
import { createSiteReader } from '#functions/store/site-reader.ts'
import { type RunningS3, startS3Server } from '#infra/local/s3/server.ts'
import { makeDemoEvent } from '#infra/local/seed/make-event.ts'
import { programme } from '#infra/local/seed/programme/index.ts'
import { type StreamPump, startStreamPump } from '#infra/local/stream-pump.ts'
import { listKeys, replayLetters } from '#infra/replay/letters.ts'
import { startTestDynamoDb, type TestDynamoDb } from '#tests/support/dynamodb.ts'

const now = '2027-01-04T12:00:00.000Z'
const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' }
const region = 'us-east-1'
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:publisher'

let folder: string
let server: RunningS3
let s3: S3Client
let dynamo: TestDynamoDb
let streams: DynamoDBStreamsClient
let pump: StreamPump
let lambda: LambdaClient
let endpoint: Server

/** The pages that cannot be rendered, whatever is tried: the planted fault. */
const broken = new Set<string>()
const failedPages: string[] = []

/** The publisher, as its handler has it, with a renderer that a test can break. */
async function publishRecords({ Records }: DynamoDBStreamEvent) {
  const reader = createSiteReader(documents(), dynamo.tableName('catalog'))
  const render = async (path: string) => {
    if (broken.has(path)) throw new Error('no such template')
    const cards = await reader.listing('all', { limit: 10 })
    const body = new TextEncoder().encode(cards.map(({ name }) => name).join())
    return { status: 200, contentType: 'text/html', body }
  }
  const ports = { files: createFiles(s3, 'site'), reader, render, now: () => now }
  const { failures, failed } = await publishChanges(ports, Records)
  failedPages.push(...failed.keys())
  return { batchItemFailures: failures.map((itemIdentifier) => ({ itemIdentifier })) }
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'marquee-replay-'))
  server = await startS3Server({ port: 0, folder, region, buckets: ['site', 'letters'], ...credentials })
  s3 = new S3Client({ endpoint: server.url, region, forcePathStyle: true, credentials })
  dynamo = await startTestDynamoDb()
  streams = new DynamoDBStreamsClient({ endpoint: dynamo.endpoint, region, credentials })
  pump = await startStreamPump({
    client: streams,
    tableName: dynamo.tableName('catalog'),
    handler: publishRecords,
    stateFile: join(folder, 'publisher.json'),
    deadLetterFile: join(folder, 'publisher.dead.jsonl'),
    maxAttempts: 2,
    retryDelayMs: 1,
    onError: () => {},
  })
  expect(await eventStore().createEvent(event)).toBe('created')
  await pump.idle()
  endpoint = await startLambda()
  const address = endpoint.address()
  const port = typeof address === 'object' && address ? address.port : 0
  lambda = new LambdaClient({ endpoint: `http://127.0.0.1:${port}`, region, credentials })
})
afterAll(async () => {
  await pump.close()
  for (const client of [streams, s3, lambda]) client.destroy()
  endpoint.closeAllConnections()
  endpoint.close()
  await server.close()
  await dynamo.close()
  rmSync(folder, { recursive: true, force: true })
})

const eventStore = () => createEventStore(documents(), dynamo.tableName('catalog'))
const documents = () => DynamoDBDocumentClient.from(dynamo.client, { marshallOptions: { removeUndefinedValues: true } })

/** The one call of Lambda's API that a replay makes, on the publisher. */
async function startLambda(): Promise<Server> {
  const path = `/2015-03-31/functions/${encodeURIComponent(functionArn)}/invocations`
  const made = createServer(async (request, response) => {
    if (request.url !== path) return response.writeHead(404).end(JSON.stringify({ Message: `no ${request.url}` }))
    const answer = await publishRecords(z.custom<DynamoDBStreamEvent>().parse(await json(request)))
    return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
  }).listen(0, '127.0.0.1')
  await once(made, 'listening')
  return made
}

const pageOf = async (path: string) =>
  new TextDecoder().decode((await createFiles(s3, 'site').readFile(`${path.slice(1)}index.html`)) ?? undefined)

const [demo] = programme
if (!demo) throw new Error('the programme is empty')
let event: EventRecord = { ...makeDemoEvent(demo, now), name: 'Grapes' }
const city = `/city/${event.venue.citySlug}/`

/** Edits the event while the page of its city cannot be rendered, until its publisher gives up. */
async function editWhileBroken(name: string): Promise<void> {
  broken.add(city)
  const after = { ...event, name, version: event.version + 1 }
  expect(await eventStore().saveEvent(event, after)).toEqual({ ok: true })
  event = after
  await pump.idle()
}

test('a page that failed for good is named, stays as it was while its fault lasts, and is repaired by the replay', async () => {
  await editWhileBroken('More grapes')
  const [letter, ...others] = await pump.deadLetters()
  expect(others).toEqual([])
  expect(letter?.record.dynamodb?.Keys).toMatchObject({ pk: { S: `EVENT#${event.id}` } })
  expect(new Set(failedPages)).toEqual(new Set([city]))
  expect([await pageOf('/'), await pageOf(city)]).toEqual(['More grapes', 'Grapes'])

  expect(await pump.replay()).toEqual({ delivered: 0, failed: 1 })
  expect([await pump.deadLetters(), await pageOf(city)]).toMatchObject([[{ attempts: 3 }], 'Grapes'])
  broken.clear()
  expect(await pump.replay()).toEqual({ delivered: 1, failed: 0 })
  expect([await pump.deadLetters(), await pageOf(city)]).toEqual([[], 'More grapes'])
})

test('on AWS a letter in S3 is played again until the function takes it, and no other is held up', async () => {
  await editWhileBroken('Thirteen grapes')
  const [dead] = await pump.deadLetters()
  const payload = JSON.stringify({ Records: [dead?.record] })
  const condition = 'RetryAttemptsExhausted'
  const put = (key: string, content: object) =>
    createFiles(s3, 'letters').putFile(key, {
      body: new TextEncoder().encode(JSON.stringify(content)),
      contentType: 'application/json',
    })
  const [first, second] = ['aws/lambda/1/shardId-1/a', 'aws/lambda/1/shardId-1/b']
  await put(first, {
    version: '1.0',
    requestContext: { functionArn: 'arn:aws:lambda:x:1:function:gone', condition },
    payload,
  })
  await put(second, { version: '1.0', requestContext: { functionArn: `${functionArn}:$LATEST`, condition }, payload })
  const ports = { s3, lambda, bucket: 'letters' }
  const replayed = async () => {
    const outcomes: [string, boolean][] = []
    for await (const { letter, failed } of replayLetters(ports)) outcomes.push([letter, failed !== null])
    return outcomes
  }

  expect(await replayed()).toEqual([
    [first, true],
    [second, true],
  ])
  expect([await listKeys(ports), await pageOf(city)]).toEqual([
    [first, second],
    expect.not.stringContaining('Thirteen'),
  ])
  broken.clear()
  expect(await replayed()).toEqual([
    [first, true],
    [second, false],
  ])
  expect([await listKeys(ports), await pageOf(city)]).toEqual([[first], expect.stringContaining('Thirteen')])
})
