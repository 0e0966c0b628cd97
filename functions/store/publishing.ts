import { randomUUID } from 'node:crypto'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { FullPublish, Note } from '../publisher/full-publish.ts'
import { catalogKeys } from './keys.ts'
import { queryAll } from './query-all.ts'

const mostNoted = 200
/** Between the clocks of two functions. */
const clockSkewMs = 1000
const noteItem = z.object({ sk: z.string(), nonce: z.string() })
const count = z.int().min(0)
const paths = z.array(z.string())
const fullPublish = z.object({
  version: z.int(),
  templates: z.string(),
  startedAt: z.string(),
  lastKey: z.string(),
  finishedAt: z.string().nullable(),
  takenUntil: z.string(),
  counts: z.object({ created: count, replaced: count, deleted: count, unchanged: count, failed: count }),
  examples: z.object({ created: paths, replaced: paths, deleted: paths, failed: paths }),
  failed: paths.default([]),
  retries: count.default(0),
})

/** How far the full publish has come. */
export function createPublishingStore(client: DynamoDBDocumentClient, tableName: string) {
  async function read(): Promise<FullPublish | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: catalogKeys.publishing(), ConsistentRead: true }),
    )
    return Item ? fullPublish.parse(Item) : null
  }

  async function save(before: FullPublish | null, after: FullPublish): Promise<boolean> {
    try {
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...after, ...catalogKeys.publishing() },
          ...(before
            ? {
                ConditionExpression: '#version = :version',
                ExpressionAttributeNames: { '#version': 'version' },
                ExpressionAttributeValues: { ':version': before.version },
              }
            : { ConditionExpression: 'attribute_not_exists(pk)' }),
        }),
      )
      return true
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false
      throw error
    }
  }

  /** Notes pages for the end of a full publish. @returns whether one has gone on since `sinceMs` */
  async function noteTouched(touched: readonly string[], sinceMs: number): Promise<boolean> {
    const current = await read()
    if (!current) return false
    if (current.finishedAt !== null) return Date.parse(current.finishedAt) >= sinceMs - clockSkewMs
    const note = (path: string) =>
      client.send(
        new PutCommand({ TableName: tableName, Item: { ...catalogKeys.publishAgain(path), nonce: randomUUID() } }),
      )
    await Promise.all(touched.map(note))
    return true
  }

  /** The first ones of those. */
  async function noted(): Promise<readonly Note[]> {
    const { pk, sk } = catalogKeys.publishAgain('')
    const query = {
      TableName: tableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
    }
    return z
      .array(noteItem)
      .parse(await queryAll(client, query, mostNoted))
      .map((item) => ({ path: item.sk.slice(sk.length), nonce: item.nonce }))
  }

  async function forget(notes: readonly Note[]): Promise<void> {
    for (const { path, nonce } of notes) {
      try {
        await client.send(
          new DeleteCommand({
            TableName: tableName,
            Key: catalogKeys.publishAgain(path),
            ConditionExpression: 'nonce = :nonce',
            ExpressionAttributeValues: { ':nonce': nonce },
          }),
        )
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error
      }
    }
  }

  return { read, save, noteTouched, noted, forget }
}
