import { randomBytes, randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb'
import type { EventRecord } from '#domain/catalog.ts'
import { makeId } from '#domain/ids.ts'
import { createEventStore } from '#functions/store/events.ts'
import { salesKeys } from '#functions/store/keys.ts'
import { createOrderStore } from '#functions/store/orders.ts'
import { createStockStore } from '#functions/store/stock.ts'
import type { TransactItem } from '#functions/store/transaction.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { createTables, startDynamoDb } from '#infra/local/dynamodb.ts'
import { tables } from '#infra/tables.ts'
import type { BenchRow } from './row.ts'

const atOnce = 16
const roundMs = 2000
const rounds = 3

/** Design §9: holds a second through the use case, against a bare loop that writes the same transaction on the same engine. */
export async function holdRows(): Promise<BenchRow[]> {
  const engine = await startDynamoDb({ port: 0 })
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }
  const plain = new DynamoDBClient({ endpoint: engine.url, region: 'us-east-1', credentials })
  await createTables(plain, tables)
  try {
    return [await holdRow(plain, 1), await holdRow(plain, 32)]
  } finally {
    plain.destroy()
    await engine.close()
  }
}

async function holdRow(plain: DynamoDBClient, shards: number): Promise<BenchRow> {
  const client = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } })
  const events = createEventStore(client, 'catalog')
  const event = benchEvent(shards)
  await events.createEvent(event, createStockStore(client, 'sales').openPool(event.pools[0] ?? noPool()))
  const ports = {
    orders: createOrderStore(client, 'sales'),
    getEvent: events.getEvent,
    now: () => new Date().toISOString(),
  }
  const lines = [{ ticketTypeId: event.ticketTypes[0]?.id ?? '', quantity: 2 }]
  const buyer = { name: 'Ada Lovelace', email: 'ada@example.org' }
  const hold = async () => {
    const placed = await placeOrder(ports, { eventId: event.id, lines, buyer }, randomUUID())
    if (!placed.ok) throw new Error(placed.refusal.code)
  }
  const bare = await bareLoop(client, event, hold)
  await perSecond(hold)
  await perSecond(bare)
  const [ours, floor] = [[] as number[], [] as number[]]
  for (let round = 0; round < rounds; round++) {
    floor.push(await perSecond(bare))
    ours.push(await perSecond(hold))
  }
  const [holds, writes] = [median(ours), median(floor)]
  return {
    name: `holds a second, ${shards === 1 ? 'one shard' : `${shards} shards`}`,
    ours: `${holds.toFixed(0)}/s`,
    floor: `${writes.toFixed(0)}/s (bare transaction)`,
    ratio: holds / writes,
    budget: '≥ 0.8',
    isWithin: holds / writes >= 0.8,
  }
}

/** Repeats the transaction of one hold as it went over the wire, under new order ids and spread over the same shards. */
async function bareLoop(
  client: DynamoDBDocumentClient,
  { pools: [pool] }: EventRecord,
  hold: () => Promise<void>,
): Promise<() => Promise<void>> {
  let seen: readonly TransactItem[] = []
  client.middlewareStack.add(
    (next) => async (args) => {
      if ('TransactItems' in args.input && Array.isArray(args.input.TransactItems)) seen = args.input.TransactItems
      return next(args)
    },
    { step: 'initialize', name: 'see', priority: 'high' },
  )
  await hold()
  client.middlewareStack.remove('see')
  const items = structuredClone(seen)
  return async () => {
    const id = makeId('ord', Date.now(), randomBytes(10))
    const Key = salesKeys.stock(pool?.id ?? '', Math.floor(Math.random() * (pool?.shards ?? 1)))
    const TransactItems = items.map((item) => ({
      ...item,
      ...(item.Put ? { Put: { ...item.Put, Item: { ...item.Put.Item, ...salesKeys.order(id), id } } } : {}),
      ...(item.Update ? { Update: { ...item.Update, Key } } : {}),
    }))
    await client.send(new TransactWriteCommand({ TransactItems }))
  }
}

async function perSecond(act: () => Promise<void>): Promise<number> {
  const start = performance.now()
  let done = 0
  const work = async () => {
    for (; performance.now() - start < roundMs; done++) await act()
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return done / ((performance.now() - start) / 1000)
}

const median = (values: number[]): number =>
  values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

function noPool(): never {
  throw new Error('the event has no pool')
}

export function benchEvent(shards: number): EventRecord {
  const id = <P extends 'evt' | 'org' | 'tty' | 'poo'>(prefix: P) => makeId(prefix, Date.now(), randomBytes(10))
  const pool = { id: id('poo'), name: 'Floor', capacity: 1_000_000, shards }
  const now = new Date().toISOString()
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()
  return {
    id: id('evt'),
    organisationId: id('org'),
    organiser: { slug: 'bench', name: 'Bench', accent: '#225588' },
    slug: `bench-${randomUUID()}`,
    version: 1,
    status: 'published',
    saleState: 'on_sale',
    name: 'Bench',
    summary: 'An on-sale',
    description: 'As long as most descriptions are. '.repeat(20),
    category: 'music',
    startsAt: inDays(30),
    endsAt: inDays(31),
    timeZone: 'Europe/Madrid',
    currency: 'EUR',
    venue: { name: 'V', street: 'S 1', postalCode: '1', city: 'Seville', citySlug: 'seville', country: 'ES' },
    picture: null,
    accessibility: '',
    cancellation: { refundableUntilHours: null },
    showsRemaining: false,
    highDemand: shards > 1,
    maxPerOrder: 10,
    maxPerBuyer: null,
    ticketTypes: [
      {
        id: id('tty'),
        name: 'T',
        description: '',
        priceMinor: 2500,
        poolIds: [pool.id],
        maxPerOrder: 10,
        hidden: false,
      },
    ],
    pools: [pool],
    createdAt: now,
    updatedAt: now,
    publishedAt: now,
  }
}
