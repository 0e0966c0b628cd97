import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import { eventPaths, languagesOf } from '#domain/translations.ts'
import type { SharePicture } from '../usecases/make-share-picture.ts'
import { catalogKeys } from './keys.ts'
import { rubbishWrites } from './media.ts'
import { transact } from './transaction.ts'

const share = z.object({ hash: z.string(), path: z.string() })
const pages = z.object({ pages: z.array(z.string()) })

/** The pages that name the picture, of its item or an image of that in the stream. */
export const sharePages = (item: unknown): readonly string[] => pages.parse(item).pages

/** Beside its event, so that an edit of the one never writes over the other. */
export function createSharePictureStore(client: DynamoDBDocumentClient, tableName: string) {
  async function getShare(eventId: string): Promise<SharePicture | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: catalogKeys.share(eventId), ConsistentRead: true }),
    )
    return Item ? share.parse(Item) : null
  }

  /**
   * @returns false when the stored one is no longer `before`, or somebody has edited the event, whose pages may have another address now:
   * nothing was written.
   */
  async function saveShare(
    event: EventRecord,
    before: SharePicture | null,
    after: SharePicture,
    now: Instant,
  ): Promise<boolean> {
    const outcome = await transact(client, [
      {
        condition: 'event_is_unedited',
        item: {
          ConditionCheck: {
            TableName: tableName,
            Key: catalogKeys.event(event.id),
            ConditionExpression: '#version = :version',
            ExpressionAttributeNames: { '#version': 'version' },
            ExpressionAttributeValues: { ':version': event.version },
          },
        },
      },
      {
        condition: 'share_is_unchanged',
        item: {
          Put: {
            TableName: tableName,
            Item: {
              ...catalogKeys.share(event.id),
              ...after,
              pages: eventPaths(event.slug, languagesOf(event)).map(({ path }) => path),
            },
            ...(before
              ? {
                  ConditionExpression: '#path = :before',
                  ExpressionAttributeNames: { '#path': 'path' },
                  ExpressionAttributeValues: { ':before': before.path },
                }
              : { ConditionExpression: 'attribute_not_exists(pk)' }),
          },
        },
      },
      {
        condition: 'listing',
        item: {
          Update: {
            TableName: tableName,
            Key: catalogKeys.pageRecord(event.slug),
            UpdateExpression: 'SET #share = :share',
            ExpressionAttributeNames: { '#share': 'share' },
            ExpressionAttributeValues: { ':share': after.path },
          },
        },
      },
      ...rubbishWrites(tableName, before && { base: before.path }, { base: after.path }, now),
    ])
    return outcome.ok
  }

  return { getShare, saveShare }
}
