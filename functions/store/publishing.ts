import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { FullPublish } from '../publisher/full-publish.ts'
import { catalogKeys } from './keys.ts'

const mostNoted = 200
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

  /** Notes a page for the end of a full publish. @returns false when none goes on */
  async function noteUnchanged(path: string): Promise<boolean> {
    const current = await read()
    if (!current || current.finishedAt !== null) return false
    await client.send(new PutCommand({ TableName: tableName, Item: catalogKeys.publishAgain(path) }))
    return true
  }

  /** The first ones of those. */
  async function noted(): Promise<readonly string[]> {
    const { pk, sk } = catalogKeys.publishAgain('')
    const { Items } = await client.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
        ExpressionAttributeValues: { ':pk': pk, ':sk': sk },
        Limit: mostNoted,
      }),
    )
    return z
      .array(z.object({ sk: z.string() }))
      .parse(Items)
      .map((item) => item.sk.slice(sk.length))
  }

  async function forget(forgotten: readonly string[]): Promise<void> {
    for (const path of forgotten)
      await client.send(new DeleteCommand({ TableName: tableName, Key: catalogKeys.publishAgain(path) }))
  }

  return { read, save, noteUnchanged, noted, forget }
}
