import { ConditionalCheckFailedException, TransactionConflictException } from '@aws-sdk/client-dynamodb'
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { chargeModes, type Instant } from '#domain/catalog.ts'
import type { DiscountCode } from '#domain/discount-codes.ts'
import { languages } from '#domain/languages.ts'
import { codeUseOf, type OrderChange, quantityOf } from '#domain/order-changes.ts'
import { disputeStatuses, maxShardsOfOrder, type Order, orderStatuses, refundCauses } from '#domain/orders.ts'
import { bucketOf } from '#domain/spread.ts'
import { sumShards } from '#domain/stock.ts'
import type { OrderStore as OrderStorePort, TakeOutcome, Taking } from '../usecases/order-ports.ts'
import { StoreBusy } from './busy.ts'
import { codeCondition, countCodeUse, createDiscountCodeStore } from './discount-codes.ts'
import { duePages } from './due-pages.ts'
import { dueBuckets, eventBuckets, salesKeys } from './keys.ts'
import { queryAll } from './query-all.ts'
import { addSales, movesStatistics } from './statistics.ts'
import { createStockStore, moveStock, type StockedPool, type TakeOutcome as StockOutcome } from './stock.ts'
import { putTicket, revokeTicket } from './tickets.ts'
import { type NamedWrite, putAlone, transact } from './transaction.ts'

const line = z.object({
  ticketTypeId: z.string(),
  ticketTypeName: z.string(),
  phase: z.string().optional(),
  quantity: z.int(),
  unitPriceMinor: z.int(),
  totalMinor: z.int(),
  shownAs: z.string().optional(),
  charges: z.object({ discountMinor: z.int(), feeMinor: z.int(), taxMinor: z.int() }).optional(),
  poolIds: z.array(z.string()),
})

const payment = z.object({
  attempt: z.int(),
  sessionId: z.string(),
  url: z.string(),
  paymentIntentId: z.string().optional(),
  paidAt: z.string().optional(),
  isProcessing: z.boolean().optional(),
})

const refund = z.object({
  id: z.string(),
  providerId: z.string().nullable(),
  paymentIntentId: z.string().nullable(),
  amountMinor: z.int(),
  status: z.enum(['pending', 'succeeded', 'failed']),
  cause: z.enum(refundCauses),
  reason: z.string(),
  at: z.string(),
  ticketIds: z.array(z.string()).optional(),
  afterNews: z.int().optional(),
  request: z.object({ key: z.string(), hash: z.string() }).optional(),
})

const dispute = z.object({
  providerId: z.string(),
  paymentIntentId: z.string(),
  amountMinor: z.int(),
  status: z.enum(disputeStatuses),
  reason: z.string(),
  at: z.string(),
})

const orderSchema = z.object({
  id: z.string(),
  version: z.int(),
  eventId: z.string(),
  eventName: z.string(),
  timeZone: z.string(),
  organisationId: z.string(),
  status: z.enum(orderStatuses),
  buyer: z.object({ name: z.string(), email: z.string() }),
  language: z.enum(languages).optional(),
  attendees: z.array(z.object({ name: z.string(), email: z.string().optional() })),
  answers: z.array(z.object({ question: z.string(), answer: z.string() })).optional(),
  lines: z.array(line),
  total: z.object({ amountMinor: z.int(), currency: z.string() }),
  fee: z.object({ fixedMinor: z.int(), basisPoints: z.int(), mode: z.enum(chargeModes) }).optional(),
  tax: z.object({ name: z.string(), basisPoints: z.int(), mode: z.enum(chargeModes) }).optional(),
  discountCode: z.object({ code: z.string(), uses: z.int(), discountMinor: z.int() }).optional(),
  stock: z.array(z.object({ poolId: z.string(), shard: z.int(), quantity: z.int() })),
  ticketIds: z.array(z.string()),
  isBuyerLimited: z.boolean(),
  holdExpiresAt: z.string(),
  holdExtended: z.boolean(),
  payment: payment.nullable(),
  refunds: z.array(refund),
  disputes: z.array(dispute).default([]),
  cancelledBy: z.enum(['buyer', 'organiser', 'event']).optional(),
  requestHash: z.string(),
  dueAt: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})

/** An order as it stands in the database or in a stream record. */
export const parseOrder = (item: unknown): Order => orderSchema.parse(item)

export function createOrderStore(client: DynamoDBDocumentClient, tableName: string) {
  const stock = createStockStore(client, tableName)
  const { getCode } = createDiscountCodeStore(client, tableName)

  async function getOrder(orderId: string): Promise<Order | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: salesKeys.order(orderId), ConsistentRead: true }),
    )
    return Item ? parseOrder(Item) : null
  }

  /** A new order, or an old one that takes stock again: order, stock, limit, tickets and statistics in one transaction. */
  async function takeForOrder(taking: Taking): Promise<TakeOutcome> {
    let order: Order | undefined
    const outcome = await orBusy(
      stock.takeStock(taking.orderId, taking.demand, taking.pools, (taken) => {
        const change = taking.change(taken)
        order = change.after
        if (taken.length > maxShardsOfOrder(quantityOf(order))) return null
        return writesOf(change, taking.maxPerBuyer, taking.code ?? null)
      }),
    )
    if (outcome.kind === 'short' || outcome.kind === 'scattered' || outcome.kind === 'busy') return outcome
    if (outcome.kind === 'taken') {
      if (!order) throw new Error('stock was taken for no order')
      return { kind: 'taken', order }
    }
    if (outcome.failed.includes('order_is_new')) return { kind: 'exists' }
    if (outcome.failed.includes(codeCondition)) return { kind: 'code_refused' }
    if (outcome.failed.includes('buyer_within_limit')) return { kind: 'too_many_per_buyer' }
    return { kind: 'changed' }
  }

  /** False when somebody else, or a try of ours whose answer was lost, changed the order or one of its tickets: load it and decide again. */
  async function commitChange(change: OrderChange): Promise<boolean> {
    const writes = writesOf(change, null, null)
    const [order, ...others] = writes
    if (order?.item.Put && others.length === 0) return putAlone(client, order.item.Put)
    const outcome = await transact(client, writes)
    if (outcome.ok) return true
    const broken = outcome.failed.find((condition) => condition.startsWith('stock:'))
    if (broken && !outcome.failed.includes('order_is_unchanged'))
      throw new Error(`the stock of ${broken} does not hold what order ${change.before.id} took`)
    return false
  }

  function writesOf(change: OrderChange, maxPerBuyer: number | null, code: DiscountCode | null): NamedWrite[] {
    const codeUse = codeUseOf(change)
    return [
      ...change.stock.map((move) => moveStock(tableName, move)),
      putOrder(change),
      ...(change.buyerLimit === 0 ? [] : [addToBuyerLimit(change, maxPerBuyer)]),
      ...(codeUse ? [countCodeUse(tableName, change.after.eventId, codeUse, code)] : []),
      ...change.newTickets.map((ticket) => putTicket(tableName, ticket)),
      ...change.revokedTicketIds.map((ticketId) => revokeTicket(tableName, ticketId)),
      ...(change.sales && movesStatistics(change.sales) ? [addSales(tableName, change.after, change.sales)] : []),
    ]
  }

  function putOrder({ before, after }: OrderChange): NamedWrite {
    const { id, eventId, createdAt, dueAt, buyer } = after
    const Item = {
      ...after,
      ...salesKeys.order(id),
      ...salesKeys.byEvent(eventId, bucketOf(id, eventBuckets), 'ORDER', createdAt, id),
      ...salesKeys.byBuyer(buyer.email, createdAt, id),
      ...(dueAt === null ? {} : salesKeys.due(bucketOf(id, dueBuckets), dueAt, id)),
    }
    if (after.version === 1)
      return {
        condition: 'order_is_new',
        item: { Put: { TableName: tableName, Item, ConditionExpression: 'attribute_not_exists(pk)' } },
      }
    return {
      condition: 'order_is_unchanged',
      item: {
        Put: {
          TableName: tableName,
          Item,
          ConditionExpression: '#version = :version',
          ExpressionAttributeNames: { '#version': 'version' },
          ExpressionAttributeValues: { ':version': before.version },
        },
      },
    }
  }

  const addToBuyerLimit = ({ after, buyerLimit }: OrderChange, max: number | null): NamedWrite => ({
    condition: 'buyer_within_limit',
    item: {
      Update: {
        TableName: tableName,
        Key: salesKeys.buyerLimit(after.eventId, after.buyer.email),
        UpdateExpression: 'ADD taken :quantity',
        ExpressionAttributeValues: { ':quantity': buyerLimit, ...(max === null ? {} : { ':room': max - buyerLimit }) },
        ...(max === null ? {} : { ConditionExpression: 'attribute_not_exists(taken) OR taken <= :room' }),
      },
    },
  })

  /** True for one caller in `seconds`: who may ask the payment provider about this order now. */
  async function mayAskProvider(orderId: string, now: Instant, seconds: number): Promise<boolean> {
    const since = new Date(Date.parse(now) - seconds * 1000).toISOString()
    try {
      await client.send(
        new UpdateCommand({
          TableName: tableName,
          Key: salesKeys.order(orderId),
          UpdateExpression: 'SET askedAt = :now',
          ConditionExpression: '#status = :held AND (attribute_not_exists(askedAt) OR askedAt <= :since)',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':now': now, ':since': since, ':held': 'held' },
        }),
      )
      return true
    } catch (error) {
      // Whoever is changing the order at this moment knows more than the provider's answer would say.
      const isOthers = error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException
      if (isOthers) return false
      throw error
    }
  }

  /** Orders that the sweeper must look at by `now`, the longest overdue first, a page at a time. */
  async function* dueOrderIds(bucket: number, now: Instant): AsyncGenerator<string[]> {
    for await (const page of duePages(client, tableName, salesKeys.due(bucket, now, '~'), 100))
      yield z
        .array(z.object({ id: z.string() }))
        .parse(page)
        .map(({ id }) => id)
  }

  /** Orders of one address, newest first. `before` is the `createdAt#id` of the last one seen. */
  async function listBuyerOrders(email: string, limit: number, before?: string): Promise<Order[]> {
    const { buyerKey } = salesKeys.byBuyer(email, '', '')
    const query = {
      TableName: tableName,
      IndexName: 'byBuyer',
      KeyConditionExpression: before ? 'buyerKey = :key AND buyerSort < :before' : 'buyerKey = :key',
      ExpressionAttributeValues: { ':key': buyerKey, ...(before ? { ':before': before } : {}) },
      ScanIndexForward: false,
    }
    return (await queryAll(client, query, limit)).map(parseOrder)
  }

  async function leftIn(pools: readonly StockedPool[]): Promise<ReadonlyMap<string, number>> {
    const shards = pools.length > 0 ? await stock.readShards(pools) : []
    return new Map(sumShards(shards).map(({ poolId, left }) => [poolId, left]))
  }

  return { getOrder, getCode, leftIn, takeForOrder, commitChange, mayAskProvider, dueOrderIds, listBuyerOrders }
}

export type OrderStore = ReturnType<typeof createOrderStore> & OrderStorePort

async function orBusy(taking: Promise<StockOutcome>): Promise<StockOutcome | { readonly kind: 'busy' }> {
  try {
    return await taking
  } catch (error) {
    if (error instanceof StoreBusy) return { kind: 'busy' }
    throw error
  }
}
