import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { createTables, startDynamoDb } from '#infra/local/dynamodb.ts'
import { tables } from '#infra/tables.ts'

/** Races mean hundreds of requests at the same moment: they wait at the engine, not in the client. */
const raceSockets = 1000

export type TestDynamoDb = {
  endpoint: string
  client: DynamoDBClient
  /** Stands before every table's name. */
  prefix: string
  tableName: (name: (typeof tables)[number]['name']) => string
  close: () => Promise<void>
}

/**
 * The tables of `infra/tables.ts`, empty, on DynamoDB Local in memory. Each test file has an engine of its own: it answers one request at a
 * time, and whoever follows a stream waits for the streams of all tables.
 */
export async function startTestDynamoDb(): Promise<TestDynamoDb> {
  const engine = await startDynamoDb({ port: 0 })
  const client = testDynamoDbClient(engine.url)
  const prefix = `test-${randomUUID().slice(0, 8)}-`
  await createTables(client, tables, prefix)
  return {
    endpoint: engine.url,
    client,
    prefix,
    tableName: (name) => prefix + name,
    close: async () => {
      client.destroy()
      await engine.close()
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
