import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Answer, Order } from '#domain/orders.ts'
import { batchGet } from './batch-get.ts'
import { eventBuckets, salesKeys } from './keys.ts'
import { parseOrder } from './orders.ts'

export function createEventOrderStore(client: DynamoDBDocumentClient, tableName: string) {
  /** Orders of an event, newest first. `before` is the place of the last one seen. */
  async function listEventOrders(eventId: string, limit: number, before?: string): Promise<Order[]> {
    const buckets = Array.from({ length: eventBuckets }, (_, bucket) => listBucket(eventId, bucket, limit, before))
    const orders = (await Promise.all(buckets)).flat()
    return orders.toSorted((one, other) => (placeOf(one) < placeOf(other) ? 1 : -1)).slice(0, limit)
  }

  async function listBucket(eventId: string, bucket: number, limit: number, before?: string): Promise<Order[]> {
    const { eventKey } = salesKeys.byEvent(eventId, bucket, 'ORDER', '', '')
    const orders: Order[] = []
    let from: Record<string, unknown> | undefined
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: 'byEvent',
          KeyConditionExpression: 'eventKey = :key AND eventSort BETWEEN :first AND :before',
          // The last one seen is read again and left out: no text is the greatest that comes before it.
          ExpressionAttributeValues: { ':key': eventKey, ':first': 'ORDER#', ':before': `ORDER#${before ?? '~'}` },
          ScanIndexForward: false,
          Limit: limit + 1 - orders.length,
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      )
      orders.push(...(page.Items ?? []).map(parseOrder).filter((order) => placeOf(order) !== before))
      from = page.LastEvaluatedKey
    } while (from && orders.length < limit)
    return orders
  }

  /** Ids of the orders in one of the event's buckets in the order of their sale, after the cursor of the page before. */
  async function bucketOrderIds(eventId: string, bucket: number, limit: number, after: string | null): Promise<IdPage> {
    const { eventKey } = salesKeys.byEvent(eventId, bucket, 'ORDER', '', '')
    const { Items, LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'byEvent',
        KeyConditionExpression: 'eventKey = :key AND eventSort BETWEEN :after AND :end',
        // The sort key ends with the id, so a space is the least that comes after the last one seen.
        ExpressionAttributeValues: {
          ':key': eventKey,
          ':after': after === null ? 'ORDER#' : `${after} `,
          ':end': 'ORDER#~',
        },
        Limit: limit,
      }),
    )
    const found = z.array(z.object({ id: z.string() })).parse(Items)
    // A page also ends after 1 MB, with fewer orders than were asked for.
    const last = z.object({ eventSort: z.string() }).optional().parse(LastEvaluatedKey)
    return { ids: found.map(({ id }) => id), next: last?.eventSort ?? null }
  }

  /** What was said with these orders; those without answers are not named. */
  async function answersOf(orderIds: readonly string[]): Promise<ReadonlyMap<string, readonly Answer[]>> {
    const items = await batchGet(client, tableName, [...new Set(orderIds)].map(salesKeys.order))
    return new Map(items.map(parseOrder).flatMap(({ id, answers }) => (answers ? [[id, answers] as const] : [])))
  }

  return { listEventOrders, bucketOrderIds, answersOf }
}

interface IdPage {
  readonly ids: readonly string[]
  /** Null when this was the last page. */
  readonly next: string | null
}

/** Where an order stands in its event's list: the cursor for the next page. */
export const placeOf = ({ createdAt, id }: Order): string => `${createdAt}#${id}`
