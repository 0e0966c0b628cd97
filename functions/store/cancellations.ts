import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { type Cancellation, startCancellation } from '#domain/cancellations.ts'
import type { Instant } from '#domain/catalog.ts'
import { salesKeys } from './keys.ts'
import { queryAll } from './query-all.ts'
import { type NamedWrite, putAlone } from './transaction.ts'

const cancellationSchema = z.object({
  eventId: z.string(),
  version: z.int(),
  startedAt: z.string(),
  passFrom: z.string(),
  bucket: z.int(),
  after: z.string().nullable(),
  isClean: z.boolean(),
  finishedAt: z.string().nullable(),
})

export function createCancellationStore(client: DynamoDBDocumentClient, tableName: string) {
  async function getCancellation(eventId: string): Promise<Cancellation | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: salesKeys.cancellation(eventId), ConsistentRead: true }),
    )
    return Item ? cancellationSchema.parse(Item) : null
  }

  /** False when another run has gone on with it, or this one without having heard so. */
  const saveCancellation = (cancellation: Cancellation): Promise<boolean> =>
    putAlone(client, {
      TableName: tableName,
      Item: itemOf(cancellation),
      ConditionExpression: '#version = :before',
      ExpressionAttributeNames: { '#version': 'version' },
      ExpressionAttributeValues: { ':before': cancellation.version - 1 },
    })

  /** Cancellations that are not finished, the longest first. */
  async function openCancellations(): Promise<string[]> {
    const open = await queryAll(client, {
      TableName: tableName,
      IndexName: 'byDue',
      KeyConditionExpression: 'dueKey = :key',
      ExpressionAttributeValues: { ':key': salesKeys.openCancellation('', '').dueKey },
    })
    return z
      .array(cancellationSchema)
      .parse(open)
      .map(({ eventId }) => eventId)
  }

  /** Joins the transaction that cancels the event: neither is without the other. */
  const putCancellation = (eventId: string, now: Instant): NamedWrite => ({
    condition: 'cancellation_is_new',
    item: {
      Put: {
        TableName: tableName,
        Item: itemOf(startCancellation(eventId, now)),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
  })

  return { getCancellation, saveCancellation, openCancellations, putCancellation }
}

export type CancellationStore = ReturnType<typeof createCancellationStore>

const itemOf = (cancellation: Cancellation) => ({
  ...cancellation,
  ...salesKeys.cancellation(cancellation.eventId),
  ...(cancellation.finishedAt === null ? salesKeys.openCancellation(cancellation.startedAt, cancellation.eventId) : {}),
})
