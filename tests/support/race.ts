import { randomUUID } from 'node:crypto'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import type { EventRecord } from '#domain/catalog.ts'
import type { Order } from '#domain/orders.ts'
import { createOrderStore } from '#functions/store/orders.ts'
import { createStockStore } from '#functions/store/stock.ts'
import { type PlacePorts, placeOrder } from '#functions/usecases/place-order.ts'
import { testDynamoDbClient } from './dynamodb.ts'
import { request, type Sales } from './sales.ts'

/** What buying needs, on a client of the test's own. */
export const portsOn = (sales: Sales, client: DynamoDBDocumentClient) => ({
  ...sales.ports,
  orders: createOrderStore(client, sales.table),
})

/** So many buyers at the same moment, each with a key of his own. Who is asked to come again does, as his browser would. */
export async function buyersAtOnce(ports: PlacePorts, event: EventRecord, buyers: number, quantity = 1) {
  const outcomes = await Promise.all(Array.from({ length: buyers }, () => insist(ports, event, quantity)))
  const orders: Order[] = []
  const refused: string[] = []
  for (const outcome of outcomes)
    if (outcome.ok) orders.push(outcome.value)
    else refused.push(outcome.refusal.code)
  return { orders, refused }
}

/** Whether one of so many rounds goes wrong: who is faster in a single one is nobody's promise. */
export async function goesWrong(race: () => Promise<boolean>, rounds = 20): Promise<boolean> {
  for (let round = 0; round < rounds; round++) if (await race()) return true
  return false
}

async function insist(ports: PlacePorts, event: EventRecord, quantity: number) {
  const key = randomUUID()
  for (let attempt = 0; ; attempt++) {
    const outcome = await placeOrder(ports, request(event, quantity), key)
    if (outcome.ok || outcome.refusal.code !== 'too_busy' || attempt === 20) return outcome
  }
}

/** Looks at every shard again and again while `race` runs; tells how often, and each time that one did not add up. */
export async function watched<T>(sales: Sales, event: EventRecord, race: () => Promise<T>) {
  const client = DynamoDBDocumentClient.from(testDynamoDbClient(sales.database.endpoint))
  const { readShards } = createStockStore(client, sales.table)
  const broken: string[] = []
  let samples = 0
  let isOver = false
  const watching = (async () => {
    while (!isOver) {
      for (const { shard, left, held, sold, capacity } of await readShards(event.pools))
        if (left + held + sold !== capacity || Math.min(left, held, sold) < 0)
          broken.push(`shard ${shard}: ${left} left, ${held} held, ${sold} sold of ${capacity}`)
      samples++
    }
  })()
  try {
    return { result: await race(), broken, samples: () => samples }
  } finally {
    isOver = true
    await watching
    client.destroy()
  }
}
