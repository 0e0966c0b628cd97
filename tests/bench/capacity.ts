import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { EventRecord } from '#domain/catalog.ts'
import { createEventStore } from '#functions/store/events.ts'
import { createOrderStore } from '#functions/store/orders.ts'
import { createStockStore } from '#functions/store/stock.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { createSoldOutHint } from '#functions/usecases/sold-out-hint.ts'
import { createTables, startDynamoDb } from '#infra/local/dynamodb.ts'
import { tables } from '#infra/tables.ts'
import { benchEvent } from './holds.ts'
import type { BenchRow } from './row.ts'

const capacity = z.object({ CapacityUnits: z.number() })
const answered = z.object({ ConsumedCapacity: z.union([z.array(capacity), capacity]).optional() })

const buyers = 50

/** DynamoDB's capacity units for one buyer who gets a ticket, and for one who is refused because all are gone. */
export async function capacityRows(): Promise<BenchRow[]> {
  const engine = await startDynamoDb({ port: 0 })
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }
  const plain = new DynamoDBClient({ endpoint: engine.url, region: 'us-east-1', credentials })
  await createTables(plain, tables)
  try {
    return await measure(plain)
  } finally {
    plain.destroy()
    await engine.close()
  }
}

async function measure(plain: DynamoDBClient): Promise<BenchRow[]> {
  const client = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } })
  const units = countUnits(client)
  const base = benchEvent(1)
  const event: EventRecord = { ...base, pools: base.pools.map((pool) => ({ ...pool, capacity: buyers })) }
  const events = createEventStore(client, 'catalog')
  await events.createEvent(event, event.pools.flatMap(createStockStore(client, 'sales').openPool))
  const ports = {
    orders: createOrderStore(client, 'sales'),
    getEvent: events.getEvent,
    now: () => new Date().toISOString(),
  }
  const held = await each(units, () => buy(event, ports))
  const refused = await each(units, () => buy(event, ports))
  const hinted = { ...ports, soldOutHint: createSoldOutHint(Date.now) }
  await buy(event, hinted)
  const cheap = await each(units, () => buy(event, hinted))
  const row = (name: string, ours: number, budget: number): BenchRow => ({
    ...{ name, ours: `${ours.toFixed(1)} units`, floor: `${held.toFixed(1)} units (a hold)` },
    ...{ ratio: ours / held, budget: `≤ ${budget} units`, isWithin: ours <= budget },
  })
  return [
    row('capacity of a hold', held, 40),
    row('capacity of a refused buyer, the first in two seconds', refused, 20),
    row('capacity of a refused buyer, the others', cheap, 1),
  ]
}

async function buy(event: EventRecord, ports: Parameters<typeof placeOrder>[0]): Promise<void> {
  const lines = [{ ticketTypeId: event.ticketTypes[0]?.id ?? '', quantity: 1 }]
  await placeOrder(ports, { eventId: event.id, lines, buyer: { name: 'Ada', email: 'ada@example.org' } }, randomUUID())
}

async function each(units: { sum: number }, act: () => Promise<void>): Promise<number> {
  const before = units.sum
  for (let count = 0; count < buyers; count++) await act()
  return (units.sum - before) / buyers
}

/** A transaction that is refused consumes what it would have written, but DynamoDB Local tells nothing of it: it counts as 2 units an item. */
function countUnits(client: DynamoDBDocumentClient): { sum: number } {
  const units = { sum: 0 }
  client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' })
      try {
        const answer = await next(args)
        const { ConsumedCapacity = [] } = answered.parse(answer.output)
        for (const { CapacityUnits } of [ConsumedCapacity].flat()) units.sum += CapacityUnits
        return answer
      } catch (error) {
        if ('TransactItems' in args.input && Array.isArray(args.input.TransactItems))
          units.sum += 2 * args.input.TransactItems.length
        throw error
      }
    },
    { step: 'initialize', name: 'count' },
  )
  return units
}
