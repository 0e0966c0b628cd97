import { fork } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { S3Client } from '@aws-sdk/client-s3'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { sumShards } from '#domain/stock.ts'
import { createFiles } from '#functions/gateways/files.ts'
import { createCancellationStore } from '#functions/store/cancellations.ts'
import { createEventStockStore } from '#functions/store/event-stock.ts'
import { createEventStore } from '#functions/store/events.ts'
import { createStockStore } from '#functions/store/stock.ts'
import type { ChangePorts } from '#functions/usecases/change-event.ts'
import { bundle } from '#infra/build.ts'
import { functionNamed } from '#infra/functions.ts'
import { startDynamoDb } from '#infra/local/dynamodb.ts'
import { buckets, functionEnvironment, tablePrefix } from '#infra/local/stack/environment.ts'
import { loadSecrets } from '#infra/local/stack/secrets.ts'
import { buildSite } from '#infra/local/stack/site-build.ts'
import { startWay } from './far.ts'
import { startPublisher } from './publisher.ts'

export const siteUrl = 'http://localhost:4321'
const catalogTable = `${tablePrefix}catalog`
const salesTable = `${tablePrefix}sales`
const nowhere = 'http://127.0.0.1:9'
/** What S3 takes to answer a put at AWS. */
export const awayMs = 30
const awayBucket = 'marquee-away'

export type Scene = Awaited<ReturnType<typeof openScene>>

/** The parts of `npm start` that publishing needs, as it starts them: a database and an S3 server on disk, with a catalogue in them. */
export async function openScene(database: string) {
  await buildSite()
  await bundle(functionNamed('publisher'))
  const folder = await mkdtemp(join(tmpdir(), 'marquee-bench-'))
  await cp(database, join(folder, 'dynamodb'), { recursive: true })
  const { s3SecretKey, ...secrets } = await loadSecrets(folder)
  const engine = await startDynamoDb({ port: 0, dataFolder: join(folder, 'dynamodb') })
  const storage = await startStorage(join(folder, 's3'), s3SecretKey)
  const endpoints = { dynamodb: engine.url, s3: storage.url, mail: nowhere, cognito: nowhere, stripe: nowhere }
  const credentials = { accessKeyId: 'local', secretAccessKey: s3SecretKey }
  const client = new DynamoDBClient({ endpoint: engine.url, region: 'us-east-1', credentials })
  const s3 = new S3Client({ endpoint: storage.url, region: 'us-east-1', forcePathStyle: true, credentials })
  const parts = { siteUrl, secrets: { ...secrets, s3SecretKey }, endpoints, outer: {} }
  const pool = { userPoolId: 'us-east-1_Pool', clientId: 'client' }
  const siteRenderer = fileURLToPath(new URL('./counted-site/entry.ts', import.meta.url))
  const environment = functionEnvironment({ ...parts, pool, siteRenderer })
  const publisher = startPublisher(folder, environment, catalogTable)
  const way = await startWay(storage.url, awayMs)
  const away = { ...environment, SITE_BUCKET: awayBucket, AWS_ENDPOINT_URL_S3: way.url }
  return {
    folder,
    environment,
    pool,
    publisher,
    startPublisher: () => startPublisher(folder, environment),
    /** Publishes into a bucket of its own that is as far away as S3. */
    startPublisherAway: () => startPublisher(folder, away),
    files: createFiles(s3, buckets.site),
    elsewhere: createFiles(s3, buckets.files),
    ...storesOf(DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } })),
    close: async () => {
      await publisher.close()
      client.destroy()
      s3.destroy()
      way.close()
      await storage.close()
      await engine.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function storesOf(client: DynamoDBDocumentClient) {
  const events = createEventStore(client, catalogTable)
  const stock = createStockStore(client, salesTable)
  const { saveWithStock: save } = createEventStockStore(events, stock, createCancellationStore(client, salesTable))
  const change: ChangePorts = {
    stock: async (pools) => sumShards(await stock.readShards(pools)),
    save,
    now: () => new Date().toISOString(),
  }
  return { getEvent: events.getEvent, change }
}

/** Our S3 server in a process of its own, as the emulators have one. */
async function startStorage(folder: string, secretAccessKey: string) {
  const file = fileURLToPath(new URL('../../support/s3-server-child.ts', import.meta.url))
  const credentials = { accessKeyId: 'local', secretAccessKey, region: 'us-east-1' }
  const options = { port: 0, folder, buckets: [...Object.values(buckets), awayBucket], ...credentials }
  const child = fork(file, [JSON.stringify(options)])
  const [url] = await once(child, 'message')
  return {
    url: String(url),
    close: async () => {
      child.kill('SIGTERM')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    },
  }
}
