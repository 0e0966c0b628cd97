import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { unmarshall } from '@aws-sdk/util-dynamodb'
import { z } from 'zod'
import { type PictureRefusal, type PictureUpload, pictureRefusals } from '#domain/pictures.ts'
import { salesKeys } from './keys.ts'

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

  async function begin(fresh: PictureUpload): Promise<PictureUpload> {
    const expiresAt = Math.floor(Date.parse(fresh.createdAt) / 1000) + keptDays * 86_400
    try {
      await client.send(
        new PutCommand({
          TableName: tableName,
          Item: { ...salesKeys.upload(fresh.id), ...fresh, expiresAt },
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      )
      return fresh
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException) || !error.Item) throw error
      return upload.parse(unmarshall(error.Item))
    }
  }

  /** Counts an attempt at a waiting upload; null when there is none. */
  async function attempt(uploadId: string): Promise<PictureUpload | null> {
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          ...at(uploadId),
          ...isWaiting,
          UpdateExpression: 'ADD attempts :one',
          ExpressionAttributeValues: { ':one': 1, ':waiting': 'waiting' },
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
          UpdateExpression: isDone ? 'SET #state = :state' : 'SET #state = :state, reason = :reason',
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

  return { getUpload, begin, attempt, settle }
}
