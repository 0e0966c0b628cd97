import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { EventRecord } from '#domain/catalog.ts'
import { createEventStore } from '#functions/store/events.ts'
import { createOrderStore } from '#functions/store/orders.ts'
import { createStockStore } from '#functions/store/stock.ts'
import { createRecentEvents } from '#functions/usecases/recent-events.ts'
import { createTables, startDynamoDb } from '#infra/local/dynamodb.ts'
import { tables } from '#infra/tables.ts'

/** A database of its own, in memory, with the product's tables and stores. */
export async function startEngine() {
  const engine = await startDynamoDb({ port: 0 })
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' }
  const plain = new DynamoDBClient({ endpoint: engine.url, region: 'us-east-1', credentials })
  await createTables(plain, tables)
  return {
    ...storesOf(plain, { catalog: 'catalog', sales: 'sales' }),
    async close() {
      plain.destroy()
      await engine.close()
    },
  }
}

export type Stores = ReturnType<typeof storesOf>

export function storesOf(plain: DynamoDBClient, names: { readonly catalog: string; readonly sales: string }) {
  const client = DynamoDBDocumentClient.from(plain, { marshallOptions: { removeUndefinedValues: true } })
  const events = createEventStore(client, names.catalog)
  const stock = createStockStore(client, names.sales)
  return {
    ...{ client, names, events, stock },
    /** As the orders function has them, without admission. */
    place: {
      orders: createOrderStore(client, names.sales),
      getEvent: createRecentEvents(events.getEvent, Date.now),
      now: () => new Date().toISOString(),
    },
    async open(event: EventRecord): Promise<EventRecord> {
      const created = await events.createEvent(event, event.pools.flatMap(stock.openPool))
      if (created !== 'created') throw new Error(`the event is ${created}`)
      return event
    },
  }
}
