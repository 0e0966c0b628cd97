import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { SalesDelta } from '#domain/order-changes.ts'
import type { Order } from '#domain/orders.ts'
import { localTimeOf } from '#domain/schedule.ts'
import { bucketOf } from '#domain/spread.ts'
import { eventBuckets, salesKeys } from './keys.ts'
import type { NamedWrite } from './transaction.ts'

/** Sums over an event; exact, because the transactions that sell, cancel and admit move them. */
export interface EventStatistics {
  readonly orders: number
  readonly sold: number
  readonly revenueMinor: number
  readonly refundedMinor: number
  /** What codes took off, and what of the revenue is fee and tax. */
  readonly discountMinor: number
  readonly feeMinor: number
  readonly taxMinor: number
  readonly admitted: number
  readonly cancelledByEvent: number
  readonly ticketTypes: ReadonlyMap<string, { sold: number; revenueMinor: number }>
  /** By day in the event's zone, `YYYY-MM-DD`, oldest first. */
  readonly days: ReadonlyMap<string, { sold: number; revenueMinor: number }>
}

/** A change that was decided on stale tickets may move nothing: it will not be written, but must not be malformed either. */
export const movesStatistics = (sales: SalesDelta): boolean => countsOf(sales).length > 0

function countsOf(sales: SalesDelta): (readonly [string, number])[] {
  const { orders, sold, revenueMinor, refundedMinor, cancelledByEvent = 0 } = sales
  const counts = new Map(Object.entries({ orders, sold, revenueMinor, refundedMinor, cancelledByEvent }))
  const add = (name: string, count: number) => counts.set(name, (counts.get(name) ?? 0) + count)
  for (const type of sales.ticketTypes) {
    add(`sold#${type.id}`, type.sold)
    add(`revenueMinor#${type.id}`, type.revenueMinor)
  }
  for (const [name, count] of Object.entries(sales.charges ?? {})) add(name, count)
  return [...counts].filter(([, count]) => count !== 0)
}

/** Joins the transaction that sells or gives back. */
export function addSales(
  tableName: string,
  order: Pick<Order, 'id' | 'eventId' | 'timeZone'>,
  sales: SalesDelta,
): NamedWrite {
  const changed = countsOf(sales)
  return {
    condition: 'statistics',
    item: {
      Update: {
        TableName: tableName,
        Key: salesKeys.salesOfDay(order.eventId, bucketOf(order.id, eventBuckets), dayIn(order.timeZone, sales.at)),
        UpdateExpression: `ADD ${changed.map((_, at) => `#n${at} :n${at}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(changed.map(([name], at) => [`#n${at}`, name])),
        ExpressionAttributeValues: Object.fromEntries(changed.map(([, count], at) => [`:n${at}`, count])),
      },
    },
  }
}

const statisticsItem = z.object({ sk: z.string() }).catchall(z.unknown())

export function createStatisticsStore(client: DynamoDBDocumentClient, tableName: string) {
  async function readStatistics(eventId: string): Promise<EventStatistics> {
    const buckets = Array.from({ length: eventBuckets }, (_, bucket) => readBucket(eventId, bucket))
    return sumItems((await Promise.all(buckets)).flat())
  }

  async function readBucket(eventId: string, bucket: number): Promise<z.infer<typeof statisticsItem>[]> {
    const items: z.infer<typeof statisticsItem>[] = []
    let from: Record<string, unknown> | undefined
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': salesKeys.statistics(eventId, bucket).pk },
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      )
      items.push(...z.array(statisticsItem).parse(page.Items ?? []))
      from = page.LastEvaluatedKey
    } while (from)
    return items
  }

  return { readStatistics }
}

export type StatisticsStore = ReturnType<typeof createStatisticsStore>

function sumItems(items: readonly z.infer<typeof statisticsItem>[]): EventStatistics {
  const charges = { discountMinor: 0, feeMinor: 0, taxMinor: 0 }
  const money = { revenueMinor: 0, refundedMinor: 0, ...charges }
  const totals = { orders: 0, sold: 0, admitted: 0, cancelledByEvent: 0, ...money }
  const ticketTypes = new Map<string, { sold: number; revenueMinor: number }>()
  const days = new Map<string, { sold: number; revenueMinor: number }>()
  for (const { sk, ...item } of items) {
    const day = sk.startsWith('DAY#') ? sk.slice('DAY#'.length) : null
    for (const [name, count] of Object.entries(item)) {
      if (typeof count !== 'number') continue
      const [counter = '', ticketTypeId] = name.split('#')
      if (ticketTypeId !== undefined && isSaleCounter(counter)) addTo(ticketTypes, ticketTypeId, counter, count)
      else if (ticketTypeId === undefined && isTotal(counter)) {
        totals[counter] += count
        if (day !== null && isSaleCounter(counter)) addTo(days, day, counter, count)
      }
    }
  }
  return { ...totals, ticketTypes, days: new Map([...days].toSorted(([one], [other]) => (one < other ? -1 : 1))) }

  function isTotal(name: string): name is keyof typeof totals {
    return name in totals
  }
}

const isSaleCounter = (name: string): name is 'sold' | 'revenueMinor' => name === 'sold' || name === 'revenueMinor'

function addTo(
  sums: Map<string, { sold: number; revenueMinor: number }>,
  key: string,
  counter: 'sold' | 'revenueMinor',
  count: number,
): void {
  const sum = sums.get(key) ?? { sold: 0, revenueMinor: 0 }
  sums.set(key, { ...sum, [counter]: sum[counter] + count })
}

/** `YYYY-MM-DD` of an instant on the clocks of a zone. */
const dayIn = (timeZone: string, at: string): string => localTimeOf(at, timeZone).slice(0, 10)
