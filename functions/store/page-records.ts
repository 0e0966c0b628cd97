import { isDeepStrictEqual } from 'node:util'
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { CatalogReader } from '#contracts/site.ts'
import type { EventRecord } from '#domain/catalog.ts'
import { siteLanguage } from '#domain/languages.ts'
import { isPublic } from '#domain/listings.ts'
import { pageBuckets } from '#domain/spread.ts'
import { StoreBusy } from './busy.ts'
import { parseEvent } from './event-item.ts'
import { pageRecordItem } from './event-listings.ts'
import { catalogKeys } from './keys.ts'
import { createSharePictureStore } from './share-pictures.ts'
import { type NamedWrite, transact } from './transaction.ts'

/** What an event's pages are made of, written with it. The share picture that is noted in an item that `isStored` stays. */
export function pageRecordWrite(tableName: string, event: EventRecord, isStored: boolean): NamedWrite {
  const Item = pageRecordItem(event)
  if (!isStored) return { condition: 'listing', item: { Put: { TableName: tableName, Item } } }
  const { pk, sk, eventId, languages, record } = Item
  return {
    condition: 'listing',
    item: {
      Update: {
        TableName: tableName,
        Key: { pk, sk },
        UpdateExpression: 'SET eventId = :id, languages = :languages, #record = :record',
        ExpressionAttributeNames: { '#record': 'record' },
        ExpressionAttributeValues: { ':id': eventId, ':languages': languages, ':record': record },
      },
    },
  }
}

const attempts = 10
const eventItem = z.object({ record: z.string().optional() })

/** Makes right what a version that knows nothing of these items has left, or another hand. */
export function createPageRecordStore(client: DynamoDBDocumentClient, tableName: string) {
  const shares = createSharePictureStore(client, tableName)
  const itemAt = async (Key: { pk: string; sk: string }): Promise<Record<string, unknown> | null> =>
    (await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))).Item ?? null

  /** @returns how many items were written, how many deleted, and how many were right. */
  async function repair(reader: Pick<CatalogReader, 'allCards' | 'pageRecords'>) {
    const counts = { written: 0, deleted: 0, right: 0 }
    for (let bucket = 0; bucket < pageBuckets; bucket++)
      for await (const { slug, eventId } of reader.pageRecords(bucket, ''))
        if (await removeIfWrong(slug, eventId)) counts.deleted++
    for await (const { eventId } of reader.allCards(siteLanguage)) counts[await putRight(eventId)]++
    return counts
  }

  /** Of an address that is not its event's. */
  const removeIfWrong = (slug: string, eventId: string): Promise<boolean> =>
    untilUnchanged(async () => {
      const stored = await itemAt(catalogKeys.event(eventId))
      const event = stored && parseEvent(stored)
      if (event && isPublic(event) && event.slug === slug) return false
      const Key = catalogKeys.pageRecord(slug)
      const isStillIts = { ConditionExpression: 'eventId = :id', ExpressionAttributeValues: { ':id': eventId } }
      const removed = await transact(client, [
        stays(eventId, stored),
        { condition: 'changed', item: { Delete: { TableName: tableName, Key, ...isStillIts } } },
      ])
      return removed.ok || null
    })

  const putRight = (eventId: string): Promise<'written' | 'right'> =>
    untilUnchanged(async () => {
      const stored = await itemAt(catalogKeys.event(eventId))
      const event = stored && parseEvent(stored)
      if (!event || !isPublic(event)) return 'right'
      const share = await shares.getShare(eventId)
      // As it is stored, not as it is read: an edit writes the same text to both.
      const { record = pageRecordItem(event).record } = eventItem.parse(stored)
      const Item = { ...pageRecordItem(event), record, ...(share && { share: share.path }) }
      if (isDeepStrictEqual(await itemAt(catalogKeys.pageRecord(event.slug)), Item)) return 'right'
      const written = await transact(client, [
        stays(eventId, stored),
        {
          condition: 'changed',
          item: {
            ConditionCheck: {
              TableName: tableName,
              Key: catalogKeys.share(eventId),
              ...(share
                ? {
                    ConditionExpression: '#path = :path',
                    ExpressionAttributeNames: { '#path': 'path' },
                    ExpressionAttributeValues: { ':path': share.path },
                  }
                : { ConditionExpression: 'attribute_not_exists(pk)' }),
            },
          },
        },
        { condition: 'changed', item: { Put: { TableName: tableName, Item } } },
      ])
      return written.ok ? 'written' : null
    })

  /** The event is what it was when it was read. */
  function stays(eventId: string, stored: Record<string, unknown> | null): NamedWrite {
    const { record } = eventItem.parse(stored ?? {})
    const guard = !stored
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : record === undefined
        ? { ConditionExpression: 'attribute_not_exists(#record)', ExpressionAttributeNames: { '#record': 'record' } }
        : {
            ConditionExpression: '#record = :record',
            ExpressionAttributeNames: { '#record': 'record' },
            ExpressionAttributeValues: { ':record': record },
          }
    const Key = catalogKeys.event(eventId)
    return { condition: 'changed', item: { ConditionCheck: { TableName: tableName, Key, ...guard } } }
  }

  return { repair }
}

/** Again, from what there is then, while it answers null: somebody else was quicker. */
async function untilUnchanged<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let count = 0; count < attempts; count++) {
    const done = await attempt()
    if (done !== null) return done
  }
  throw new StoreBusy()
}
