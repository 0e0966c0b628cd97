import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Instant } from '#domain/catalog.ts'
import { type PictureRefusal, type PictureUpload, pictureRefusals, uploadMinutes } from '#domain/pictures.ts'
import { duePages } from './due-pages.ts'
import { salesKeys } from './keys.ts'
import { transact } from './transaction.ts'

/** Longer than the idempotency key that named it: an upload begun again would write other files under names that are cached for good. */
const keptDays = 31

const upload = z.object({
  id: z.string(),
  organisationId: z.string(),
  eventId: z.string().nullable(),
  alt: z.string(),
  focus: z.object({ x: z.int(), y: z.int() }).nullable(),
  state: z.enum(['waiting', 'done', 'refused']),
  reason: z.enum(pictureRefusals).optional(),
  attempts: z.int(),
  createdAt: z.string(),
})

const isWaiting = {
  ConditionExpression: '#state = :waiting',
  ExpressionAttributeNames: { '#state': 'state' },
} as const

export function createUploadStore(client: DynamoDBDocumentClient, tableName: string) {
  const at = (uploadId: string) => ({ TableName: tableName, Key: salesKeys.upload(uploadId) })

  async function getUpload(uploadId: string): Promise<PictureUpload | null> {
    const { Item } = await client.send(new GetCommand({ ...at(uploadId), ConsistentRead: true }))
    return Item ? upload.parse(Item) : null
  }

  /** Writes an upload unless it is there; answers what is stored. */
  async function begin(fresh: PictureUpload, mostADay: number): Promise<PictureUpload | 'too_many'> {
    const { id, organisationId, createdAt } = fresh
    const expiresAt = Math.floor(Date.parse(createdAt) / 1000) + keptDays * 86_400
    const staleAt = new Date(Date.parse(createdAt) + uploadMinutes * 60_000).toISOString()
    const outcome = await transact(client, [
      {
        condition: 'upload_is_new',
        item: {
          Put: {
            TableName: tableName,
            Item: { ...salesKeys.upload(id), ...salesKeys.staleUpload(staleAt, id), ...fresh, expiresAt },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      },
      {
        condition: 'day_has_room',
        item: {
          Update: {
            TableName: tableName,
            Key: salesKeys.uploadsOf(organisationId, createdAt.slice(0, 10)),
            UpdateExpression: 'ADD begun :one SET expiresAt = :expiresAt',
            ConditionExpression: 'attribute_not_exists(begun) OR begun < :most',
            ExpressionAttributeValues: { ':one': 1, ':most': mostADay, ':expiresAt': expiresAt },
          },
        },
      },
    ])
    if (outcome.ok) return fresh
    if (!outcome.failed.includes('upload_is_new')) return 'too_many'
    const first = await getUpload(id)
    if (!first) throw new Error(`${id} is there and is not`)
    return first
  }

  /** Counts an attempt at a waiting upload with this original; null when there is none, or an attempt had another. */
  async function attempt(uploadId: string, original: string): Promise<PictureUpload | null> {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          ...at(uploadId),
          ...isWaiting,
          ConditionExpression: `${isWaiting.ConditionExpression} AND (attribute_not_exists(original) OR original = :original)`,
          UpdateExpression: 'ADD attempts :one SET original = :original',
          ExpressionAttributeValues: { ':one': 1, ':original': original, ':waiting': 'waiting' },
          ReturnValues: 'ALL_NEW',
        }),
      )
      return upload.parse(Attributes)
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return null
      throw error
    }
  }

  /** The first outcome stays. */
  async function settle(uploadId: string, outcome: 'done' | PictureRefusal): Promise<void> {
    const isDone = outcome === 'done'
    try {
      await client.send(
        new UpdateCommand({
          ...at(uploadId),
          ...isWaiting,
          UpdateExpression: `SET #state = :state${isDone ? '' : ', reason = :reason'} REMOVE dueKey, dueSort`,
          ExpressionAttributeValues: {
            ':waiting': 'waiting',
            ':state': isDone ? 'done' : 'refused',
            ...(isDone ? {} : { ':reason': outcome }),
          },
        }),
      )
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error
    }
  }

  async function* staleUploads(now: Instant): AsyncGenerator<PictureUpload> {
    for await (const page of duePages(client, tableName, salesKeys.staleUpload(now, '~')))
      yield* z.array(upload).parse(page)
  }

  return { getUpload, begin, attempt, settle, staleUploads }
}
