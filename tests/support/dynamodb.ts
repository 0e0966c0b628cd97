import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createTables, type RunningDynamoDb, startDynamoDb } from '#infra/local/dynamodb.ts'
import { tables } from '#infra/tables.ts'

/** Races mean hundreds of requests at the same moment: they wait at the engine, not in the client. */
const raceSockets = 1000

const SHARED_URL = 'TEST_DYNAMODB_URL'

/**
 * Vitest's `globalSetup`: one DynamoDB Local, in memory, for the whole run.
 * Test files reach it through `startTestDynamoDb`, each under table names of its own.
 */
export async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[SHARED_URL]) return undefined
  const shared = await startDynamoDb({ port: 0 })
  process.env[SHARED_URL] = shared.url
  return shared.close
}

export type TestDynamoDb = {
  endpoint: string
  client: DynamoDBClient
  /** Stands before every table's name, so that test files share an engine without sharing data. */
  prefix: string
  tableName: (name: (typeof tables)[number]['name']) => string
  /** Ends the client, and the engine too when it was started for this file alone. */
  close: () => Promise<void>
}

/** The tables of `infra/tables.ts`, empty, on the shared engine, or on one of its own when no setup has run. */
export async function startTestDynamoDb(): Promise<TestDynamoDb> {
  const shared = process.env[SHARED_URL]
  const own: RunningDynamoDb | undefined = shared ? undefined : await startDynamoDb({ port: 0 })
  const endpoint = shared ?? own?.url ?? ''
  const client = testDynamoDbClient(endpoint)
  const prefix = `test-${randomUUID().slice(0, 8)}-`
  await createTables(client, tables, prefix)
  return {
    endpoint,
    client,
    prefix,
    tableName: (name) => prefix + name,
    close: async () => {
      client.destroy()
      await own?.close()
    },
  }
}

export function testDynamoDbClient(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: { httpAgent: { maxSockets: raceSockets } },
  })
}
