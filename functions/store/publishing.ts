import { randomUUID } from 'node:crypto'
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { FullPublish, FullPublishPorts, Note } from '../publisher/full-publish.ts'
import { partOf } from '../publisher/parts.ts'
import { catalogKeys } from './keys.ts'
import { queryAll } from './query-all.ts'
import { putAlone } from './transaction.ts'

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

/** How far the full publish has come, part by part. */
export function createPublishingStore(client: DynamoDBDocumentClient, tableName: string) {
  const itemsBetween = (first: string, last: string, most?: number): Promise<unknown[]> =>
    queryAll(
      client,
      {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :first AND :last',
        ExpressionAttributeValues: { ':pk': catalogKeys.publishing('').pk, ':first': first, ':last': last },
      },
      most,
    )

  async function allProgress(): Promise<ReadonlyMap<number, FullPublish>> {
    const { sk } = catalogKeys.publishing('')
    const items = z.array(fullPublish.extend({ sk: z.string() })).parse(await itemsBetween(sk, `${sk}~`))
    return new Map(items.map(({ sk: own, ...progress }) => [Number(own.slice(sk.length)), progress]))
  }

  /** Notes pages for the end of the parts that they belong to. @returns whether one of these has gone on since `sinceMs` */
  async function noteTouched(touched: readonly string[], sinceMs: number): Promise<boolean> {
    const progress = await allProgress()
    let hasGoneOn = false
    const note = async (path: string) => {
      const part = partOf(path)
      const current = progress.get(part)
      if (!current || (current.finishedAt !== null && Date.parse(current.finishedAt) < sinceMs - clockSkewMs)) return
      hasGoneOn = true
      if (current.finishedAt !== null) return
      const Item = { ...catalogKeys.publishAgain(part, path), nonce: randomUUID() }
      await client.send(new PutCommand({ TableName: tableName, Item }))
    }
    await Promise.all(touched.map(note))
    return hasGoneOn
  }

  function progressOf(part: number): FullPublishPorts['progress'] {
    const Key = catalogKeys.publishing(part)
    const note = catalogKeys.publishAgain(part, '')

    async function read(): Promise<FullPublish | null> {
      const { Item } = await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))
      return Item ? fullPublish.parse(Item) : null
    }

    const save = (before: FullPublish | null, after: FullPublish): Promise<boolean> =>
      putAlone(client, {
        TableName: tableName,
        Item: { ...after, ...Key },
        ...(before
          ? {
              ConditionExpression: '#version = :version',
              ExpressionAttributeNames: { '#version': 'version' },
              ExpressionAttributeValues: { ':version': before.version },
            }
          : { ConditionExpression: 'attribute_not_exists(pk)' }),
      })

    /** A blank sorts after a path, and before every longer one. */
    const noted = async (after = ''): Promise<readonly Note[]> =>
      z
        .array(noteItem)
        .parse(await itemsBetween(after === '' ? note.sk : `${note.sk}${after} `, `${note.sk}~`, mostNoted))
        .map(({ sk, nonce }) => ({ path: sk.slice(note.sk.length), nonce }))

    async function forget(notes: readonly Note[]): Promise<void> {
      for (const { path, nonce } of notes) {
        try {
          await client.send(
            new DeleteCommand({
              TableName: tableName,
              Key: catalogKeys.publishAgain(part, path),
              ConditionExpression: 'nonce = :nonce',
              ExpressionAttributeValues: { ':nonce': nonce },
            }),
          )
        } catch (error) {
          if (!(error instanceof ConditionalCheckFailedException)) throw error
        }
      }
    }

    return { read, save, noted, forget }
  }

  return { noteTouched, progressOf }
}
