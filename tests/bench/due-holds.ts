import { randomBytes, randomUUID } from 'node:crypto'
import { BatchWriteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import type { EventRecord } from '#domain/catalog.ts'
import { holdMinutes } from '#domain/holds.ts'
import { makeId } from '#domain/ids.ts'
import { addMinutes } from '#domain/order-changes.ts'
import type { Payment } from '#domain/orders.ts'
import { bucketOf } from '#domain/spread.ts'
import { dueBuckets, eventBuckets, salesKeys } from '#functions/store/keys.ts'
import { checkoutLines } from '#functions/usecases/checkout-lines.ts'
import type { PaymentProvider } from '#functions/usecases/payment-provider.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import type { Stores } from './engine.ts'
import { requestFor } from './event.ts'
import { each } from './pace.ts'

const batchSize = 25

/**
 * Writes so many held orders of an event whose holds all ended within one minute, a while ago, and the stock that they hold: as copies of
 * one order that was placed, without a transaction for each.
 *
 * @param pageEvery each so-manieth has an open payment page at the provider.
 */
export async function writeDueHolds(
  { client, names, place }: Stores,
  event: EventRecord,
  { count, pageEvery, payments }: { count: number; pageEvery: number; payments: PaymentProvider },
): Promise<void> {
  const started = addMinutes(place.now(), -holdMinutes - 2)
  const placed = await placeOrder({ ...place, now: () => started }, requestFor(event), randomUUID())
  if (!placed.ok) throw new Error(placed.refusal.code)
  const { value: order } = placed
  const quantity = order.stock[0]?.quantity ?? 0
  const [pool] = event.pools
  const { Item } = await client.send(new GetCommand({ TableName: names.sales, Key: salesKeys.order(order.id) }))
  const copies = Array.from({ length: count - 1 }, (_, at) => ({ id: makeId('ord', Date.now(), randomBytes(10)), at }))
  const heldIn = new Map<number, number>()

  async function copyOf({ id, at }: { id: string; at: number }) {
    const shard = bucketOf(id, pool?.shards ?? 1)
    heldIn.set(shard, (heldIn.get(shard) ?? 0) + quantity)
    const holdExpiresAt = new Date(Date.parse(order.holdExpiresAt) + (at % 60) * 1000).toISOString()
    return {
      ...Item,
      ...{ id, holdExpiresAt, dueAt: holdExpiresAt, stock: [{ poolId: pool?.id, shard, quantity }] },
      ...(at % pageEvery === 0 ? { payment: await pageOf(id) } : {}),
      ...salesKeys.order(id),
      ...salesKeys.byEvent(event.id, bucketOf(id, eventBuckets), 'ORDER', order.createdAt, id),
      ...salesKeys.due(bucketOf(id, dueBuckets), holdExpiresAt, id),
    }
  }

  async function pageOf(orderId: string): Promise<Payment> {
    const url = 'https://tickets.example.org/order/'
    const { sessionId, url: page } = await payments.openCheckout({
      ...{ orderId, attempt: 1, lines: checkoutLines(order), total: order.total, buyerEmail: order.buyer.email },
      ...{ successUrl: url, cancelUrl: url, expiresAt: addMinutes(place.now(), 60) },
    })
    return { attempt: 1, sessionId, url: page ?? '' }
  }

  const batches = Array.from({ length: Math.ceil(copies.length / batchSize) }, (_, at) =>
    copies.slice(at * batchSize, (at + 1) * batchSize),
  )
  await each(batches, 4, async (batch) => {
    const puts = (await Promise.all(batch.map(copyOf))).map((copy) => ({ PutRequest: { Item: copy } }))
    await client.send(new BatchWriteCommand({ RequestItems: { [names.sales]: puts } }))
  })
  await each([...heldIn], 4, ([shard, held]) =>
    client.send(
      new UpdateCommand({
        TableName: names.sales,
        Key: salesKeys.stock(pool?.id ?? '', shard),
        UpdateExpression: 'SET #left = #left - :held, held = held + :held',
        ExpressionAttributeNames: { '#left': 'left' },
        ExpressionAttributeValues: { ':held': held },
      }),
    ),
  )
}
