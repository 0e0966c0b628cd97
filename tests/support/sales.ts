import { randomUUID } from 'node:crypto'
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb'
import Stripe from 'stripe'
import { expect } from 'vitest'
import { type PlaceOrderRequest, placeOrderRequest } from '#contracts/orders.ts'
import type { EventRecord, Pool, TicketType } from '#domain/catalog.ts'
import { makeId } from '#domain/ids.ts'
import type { Order } from '#domain/orders.ts'
import { type PoolStock, sumShards } from '#domain/stock.ts'
import { createStripeProvider } from '#functions/gateways/stripe.ts'
import { createDiscountCodeStore } from '#functions/store/discount-codes.ts'
import { createEventStore } from '#functions/store/events.ts'
import { dueBuckets, salesKeys } from '#functions/store/keys.ts'
import { createOrderStore } from '#functions/store/orders.ts'
import { createStatisticsStore } from '#functions/store/statistics.ts'
import { createStockStore } from '#functions/store/stock.ts'
import { createTicketStore } from '#functions/store/tickets.ts'
import { openPayment } from '#functions/usecases/open-payment.ts'
import type { OrderPorts } from '#functions/usecases/order-ports.ts'
import { orderUrls } from '#functions/usecases/order-url.ts'
import type { Checkout } from '#functions/usecases/payment-provider.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { sweepHolds } from '#functions/usecases/sweep-holds.ts'
import { ticketSigner } from '#functions/wiring.ts'
import { startStripeSimulator } from '#infra/local/stripe/start.ts'
import { siteUrl, testEnvironment } from './api.ts'
import { startTestDynamoDb } from './dynamodb.ts'

const secretKey = 'sk_test_sales'
export const webhookSecret = 'whsec_0123456789abcdef0123456789abcdef'

interface SalesOptions {
  /** Where the simulator sends its webhooks; absent: nowhere. */
  readonly webhookUrl?: string
}

/** The sales core on the real database engine and the Stripe simulator, with a clock that can be set. */
export async function startSales({ webhookUrl }: SalesOptions = {}) {
  const database = await startTestDynamoDb()
  const webhook = webhookUrl === undefined ? {} : { webhook: { url: webhookUrl, secret: webhookSecret } }
  const simulator = await startStripeSimulator({ port: 0, ...webhook })
  const client = DynamoDBDocumentClient.from(database.client, { marshallOptions: { removeUndefinedValues: true } })
  const table = database.tableName('sales')
  Object.assign(process.env, testEnvironment, {
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    CATALOG_TABLE: database.tableName('catalog'),
    SALES_TABLE: table,
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
    STRIPE_HOST: '127.0.0.1',
    STRIPE_PORT: String(simulator.port),
    STRIPE_PROTOCOL: 'http',
  })
  const stripeAt = { host: '127.0.0.1', port: simulator.port, protocol: 'http' } as const
  const stripe = new Stripe(secretKey, { ...stripeAt, telemetry: false, timeout: 2000, maxNetworkRetries: 0 })
  const signer = ticketSigner()
  const events = createEventStore(client, database.tableName('catalog'))
  const clock = { aheadMs: 0 }
  const payments = createStripeProvider(stripe, webhookSecret, () => Date.now() + clock.aheadMs)
  const stock = createStockStore(client, table)
  const ports = {
    orders: createOrderStore(client, table),
    tickets: createTicketStore(client, table),
    payments,
    getEvent: events.getEvent,
    orderUrl: orderUrls(siteUrl, signer.orderKey),
    now: () => new Date(Date.now() + clock.aheadMs).toISOString(),
  }
  const problems: string[] = []

  return {
    ...{ client, table, database, simulator, ports, stock, stripe, signer, clock, events, problems },
    statistics: createStatisticsStore(client, table),
    codes: createDiscountCodeStore(client, table),

    async addEvent(changes: Partial<EventRecord> = {}): Promise<EventRecord> {
      const event = { ...sampleEvent(), ...changes }
      const created = await events.createEvent(event, event.pools.flatMap(stock.openPool))
      expect(created).toBe('created')
      return event
    },

    async changeEvent(event: EventRecord, changes: Partial<EventRecord>): Promise<void> {
      expect(await events.saveEvent(event, { ...event, ...changes, version: event.version + 1 })).toEqual({ ok: true })
    },

    async orderOf({ id }: { readonly id: string }): Promise<Order> {
      const order = await ports.orders.getOrder(id)
      if (!order) throw new Error('no such order')
      return order
    },

    poolOf: async (event: EventRecord, poolId = event.pools[0]?.id): Promise<PoolStock> => {
      const pools = sumShards(await stock.readShards(event.pools))
      const pool = pools.find((one) => one.poolId === poolId)
      if (!pool) throw new Error('no such pool')
      expect(pool.left + pool.held + pool.sold).toBe(pool.capacity)
      expect(Math.min(pool.left, pool.held, pool.sold)).toBeGreaterThanOrEqual(0)
      return pool
    },

    /** Places an order and opens its payment page, as the orders function does. */
    async buy(request: PlaceOrderRequest, key: string = randomUUID()) {
      const placed = await placeOrder(ports, request, key)
      if (!placed.ok) throw new Error(placed.refusal.code)
      const page = placed.value.status === 'held' ? await openPayment(ports, placed.value) : null
      if (page && !page.ok) throw new Error(page.refusal.code)
      return { order: placed.value, url: page?.value.url ?? '' }
    },

    /** Every order that an earlier test left behind is no longer due, and the clock is right. */
    async forget(): Promise<void> {
      clock.aheadMs = 0
      problems.length = 0
      const future = new Date(Date.now() + 365 * day).toISOString()
      for (let bucket = 0; bucket < dueBuckets; bucket++)
        for await (const ids of ports.orders.dueOrderIds(bucket, future))
          for (const id of ids) {
            const Key = salesKeys.order(id)
            await client.send(new UpdateCommand({ TableName: table, Key, UpdateExpression: 'REMOVE dueKey, dueSort' }))
          }
    },

    sweep: (changes: Partial<OrderPorts> = {}) =>
      sweepHolds(
        {
          ...ports,
          ...changes,
          dueOrderIds: ports.orders.dueOrderIds,
          dueBuckets,
          report: (problem, orderId, error) => problems.push(`${problem} ${orderId} ${error}`),
        },
        Date.now() + 20_000,
      ),

    control: async (action: string, body: object = {}) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(`${simulator.url}/_control/${action}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      })
      expect(answer.status).toBe(200)
    },

    async close() {
      await simulator.close()
      await database.close()
    },
  }
}

export type Sales = Awaited<ReturnType<typeof startSales>>

/** What a buyer does on the hosted page. */
export async function payByCard(url: string, cardNumber = '4242424242424242'): Promise<number> {
  const fields = { email: 'ada@example.org', cardNumber, cardExpiry: '12 / 34', cardCvc: '123', billingName: 'Ada' }
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
  return answer.status
}

/** What the provider reports once this order has been paid; `changes` makes it another payment. */
export const paidCheckout = (order: Order, changes: Partial<Checkout> = {}): Checkout => ({
  sessionId: order.payment?.sessionId ?? `cs_test_${order.id}`,
  url: null,
  orderId: order.id,
  state: 'paid',
  amount: order.total,
  paymentIntentId: `pi_${order.id}`,
  ...changes,
})

export const newId = <P extends 'evt' | 'org' | 'tty' | 'poo'>(prefix: P) =>
  makeId(prefix, Date.now(), crypto.getRandomValues(new Uint8Array(10)))

export const pool = (capacity: number, shards = 1): Pool => ({ id: newId('poo'), name: 'Floor', capacity, shards })

export const ticketType = (poolIds: readonly string[], changes: Partial<TicketType> = {}): TicketType => ({
  id: newId('tty'),
  name: 'Standing',
  description: '',
  priceMinor: 2500,
  poolIds,
  maxPerOrder: 10,
  hidden: false,
  ...changes,
})

const day = 86_400_000

export function sampleEvent(): EventRecord {
  const floor = pool(50)
  const now = new Date().toISOString()
  return {
    id: newId('evt'),
    organisationId: newId('org'),
    organiser: { slug: 'blue-note', name: 'Blue Note', accent: '#225588' },
    slug: `late-set-${randomUUID()}`,
    version: 1,
    status: 'published',
    saleState: 'on_sale',
    name: 'Late Set',
    summary: 'A quartet after midnight',
    description: '',
    category: 'music',
    startsAt: new Date(Date.now() + 30 * day).toISOString(),
    endsAt: new Date(Date.now() + 30 * day + 7_200_000).toISOString(),
    timeZone: 'Europe/Madrid',
    currency: 'EUR',
    venue: {
      name: 'Sala X',
      street: 'Calle Sol 1',
      postalCode: '41001',
      city: 'Seville',
      citySlug: 'seville',
      country: 'ES',
    },
    picture: null,
    accessibility: '',
    cancellation: { refundableUntilHours: 48 },
    showsRemaining: false,
    highDemand: false,
    maxPerOrder: 10,
    maxPerBuyer: null,
    ticketTypes: [ticketType([floor.id])],
    pools: [floor],
    createdAt: now,
    updatedAt: now,
    publishedAt: now,
  }
}

/** A request as the HTTP edge would have parsed it. */
export const request = (
  event: EventRecord,
  quantity = 1,
  changes: Partial<PlaceOrderRequest> = {},
): PlaceOrderRequest =>
  placeOrderRequest.parse({
    eventId: event.id,
    lines: [{ ticketTypeId: event.ticketTypes[0]?.id, quantity }],
    buyer: { name: 'Ada Lovelace', email: 'ada@example.org' },
    ...changes,
  })
