import { randomUUID } from 'node:crypto'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOrderStore } from '#functions/store/orders.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { buyersAtOnce, portsOn } from '#tests/support/race.ts'
import { pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'
import { guards, unguardedClient } from '#tests/support/unguarded-client.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
})
afterAll(() => sales.close())

/** So many races are under way at once, so that the rounds of one disturb those of another. */
const racesAtOnce = 5

async function inRounds<T>(rounds: number, race: (round: number) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const work = async () => {
    for (let round = next++; round < rounds; round = next++) results.push(await race(round))
  }
  await Promise.all(Array.from({ length: racesAtOnce }, work))
  return results
}

/** Two to four buyers for a pool of one place, on one shard or on the one of four that has it. */
async function raceForLastPlace(client: DynamoDBDocumentClient, round: number) {
  const floor = pool(1, round % 2 === 0 ? 1 : 4)
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id])] })
  const racers = 2 + (round % 3)
  const { orders, refused } = await buyersAtOnce(portsOn(sales, client), event, racers)
  const shards = await sales.stock.readShards(event.pools)
  const held = shards.reduce((sum, shard) => sum + shard.held, 0)
  return {
    winners: orders.length,
    told: refused.filter((code) => code === 'sold_out').length,
    losers: racers - 1,
    held,
  }
}

test('the last place, raced 200 times by two to four buyers: one has it, the others are told', async () => {
  const rounds = await inRounds(200, (round) => raceForLastPlace(sales.client, round))
  expect(rounds).toHaveLength(200)
  for (const { winners, told, losers, held } of rounds) expect([winners, told, held]).toEqual([1, losers, 1])
})

test('negative control: without the condition on stock the last place is held by several', async () => {
  const client = unguardedClient(sales.database.endpoint, guards.stock)
  const rounds = await inRounds(20, (round) => raceForLastPlace(client, round))
  expect(rounds.filter(({ winners }) => winners > 1).length).toBeGreaterThan(10)
})

/** Three buyers for the one use that a code has left, in an event with places for all. */
async function raceForLastUse(
  client: DynamoDBDocumentClient,
  eventOf: Awaited<ReturnType<typeof bigEvent>>,
  round: number,
) {
  const name = `LAST-${randomUUID().slice(0, 8)}`.toUpperCase()
  const code = { discount: { kind: 'percent', basisPoints: 5000 }, unlocks: [], ticketTypeIds: null } as const
  const limits = { maxUses: 1, budgetMinor: null, validFrom: null, validUntil: null }
  await sales.codes.putCode(eventOf.id, name, { ...code, ...limits }, 0)
  const orders = createOrderStore(client, sales.table)
  const racers = 2 + (round % 3)
  const outcomes = await Promise.all(
    Array.from({ length: racers }, () =>
      placeOrder({ ...sales.ports, orders }, request(eventOf, 1, { code: name }), randomUUID()),
    ),
  )
  const refused = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.refusal.code]))
  const stored = await sales.codes.getCode(eventOf.id, name)
  return { winners: racers - refused.length, refused, losers: racers - 1, uses: stored?.uses }
}

function bigEvent() {
  const floor = pool(1000)
  return sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id])] })
}

test('a code with one use left, raced 100 times: one order gets it, the others are told and hold nothing', async () => {
  const event = await bigEvent()
  const rounds = await inRounds(100, (round) => raceForLastUse(sales.client, event, round))
  for (const { winners, refused, losers, uses } of rounds)
    expect([winners, refused, uses]).toEqual([1, Array(losers).fill('code_used_up'), 1])
  expect(await sales.poolOf(event)).toMatchObject({ left: 900, held: 100 })
})

test('negative control: without the condition on uses the last one is used several times', async () => {
  const event = await bigEvent()
  const client = unguardedClient(sales.database.endpoint, guards.codeHasRoom)
  const rounds = await inRounds(20, (round) => raceForLastUse(client, event, round))
  expect(rounds.filter(({ uses }) => Number(uses) > 1).length).toBeGreaterThan(5)
})
