import { type DynamoDBDocumentClient, TransactGetCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { Pool } from '#domain/catalog.ts'
import type { StockTaken } from '#domain/orders.ts'
import { bucketOf } from '#domain/spread.ts'
import { type PoolDemand, planTake, type ShardStock, type StockMove, splitCapacity } from '#domain/stock.ts'
import { batchGet } from './batch-get.ts'
import { StoreBusy } from './busy.ts'
import { salesKeys } from './keys.ts'
import { type NamedWrite, transact, untilUncontended } from './transaction.ts'

const shardSchema = z.object({
  poolId: z.string(),
  shard: z.int(),
  capacity: z.int(),
  left: z.int(),
  held: z.int(),
  sold: z.int(),
})

export type StockedPool = Pick<Pool, 'id' | 'shards'>

export type TakeOutcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'short'; readonly poolId: string; readonly left: number }
  /** Enough is left, in too many shards. */
  | { readonly kind: 'scattered' }
  /** Something else in the transaction did not hold; the stock is as it was. */
  | { readonly kind: 'refused'; readonly failed: readonly string[] }

const rounds = 12

export function createStockStore(client: DynamoDBDocumentClient, tableName: string) {
  /** Every shard of the pools as it is now. */
  async function readShards(pools: readonly StockedPool[]): Promise<ShardStock[]> {
    const keys = pools.flatMap(({ id, shards }) => Array.from({ length: shards }, (_, at) => salesKeys.stock(id, at)))
    const found = z.array(shardSchema).parse(await batchGet(client, tableName, keys))
    return found.toSorted((one, other) => one.shard - other.shard)
  }

  /** Every shard of one pool as all of them were at one moment. */
  async function readMoment({ id, shards }: StockedPool): Promise<ShardStock[]> {
    const TransactItems = Array.from({ length: shards }, (_, at) => ({
      Get: { TableName: tableName, Key: salesKeys.stock(id, at) },
    }))
    const { Responses } = await untilUncontended(() => client.send(new TransactGetCommand({ TransactItems })))
    return z.array(shardSchema).parse((Responses ?? []).flatMap(({ Item }) => (Item ? [Item] : [])))
  }

  /**
   * Takes stock for an order in one transaction with `rest`. First from the shard that the order's id points to, without reading;
   * only when that condition fails are the others looked at, and their last places taken together.
   *
   * @param rest all that is written, once it is known where the stock comes from; null: not from so many shards.
   */
  async function takeStock(
    orderId: string,
    demand: readonly PoolDemand[],
    pools: readonly StockedPool[],
    rest: (taken: readonly StockTaken[]) => readonly NamedWrite[] | null,
  ): Promise<TakeOutcome> {
    const stocked = demand.map(({ poolId, quantity }) => {
      const pool = pools.find(({ id }) => id === poolId)
      if (!pool) throw new RangeError(`the event has no pool ${poolId}`)
      return { pool, quantity, preferred: bucketOf(orderId + poolId, pool.shards) }
    })
    let taken: StockTaken[] = stocked.map(({ pool, quantity, preferred }) => ({
      poolId: pool.id,
      shard: preferred,
      quantity,
    }))
    for (let round = 0; round < rounds; round++) {
      const writes = rest(taken)
      if (!writes) return { kind: 'scattered' }
      const outcome = await transact(client, writes)
      if (outcome.ok) return { kind: 'taken' }
      const others = outcome.failed.filter((condition) => !condition.startsWith(stockCondition))
      if (others.length > 0) return { kind: 'refused', failed: others }

      const shards = await readShards(stocked.map(({ pool }) => pool))
      taken = []
      for (const { pool, quantity, preferred } of stocked) {
        const seen = shards.filter(({ poolId }) => poolId === pool.id)
        // Shards read one after another can show places that were never left together: only one moment's view may refuse.
        const isUnsure = seen.length > 1 && leftIn(seen) > 0 && leftIn(seen) < quantity
        const ofPool = isUnsure ? await readMoment(pool) : seen
        const plan = planTake(ofPool, quantity, preferred)
        if (!plan) return { kind: 'short', poolId: pool.id, left: leftIn(ofPool) }
        taken.push(...plan)
      }
    }
    throw new StoreBusy('the last stock moved at every attempt')
  }

  /** Puts a new pool's stock on sale; in the caller's transaction, so that no event exists without its stock. */
  function openPool(pool: Pool): NamedWrite[] {
    return splitCapacity(pool.capacity, pool.shards).map((capacity, shard) => ({
      condition: `${newPoolCondition}${pool.id}`,
      item: {
        Put: {
          TableName: tableName,
          Item: {
            ...salesKeys.stock(pool.id, shard),
            poolId: pool.id,
            shard,
            capacity,
            left: capacity,
            held: 0,
            sold: 0,
          },
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      },
    }))
  }

  /**
   * The writes that bring a pool to another capacity, taken out of what is left: never below held + sold. Null when too little is
   * left. A condition `stock:…` that fails means that it was sold in the meantime: plan again.
   */
  async function resizePool(pool: StockedPool, capacity: number): Promise<NamedWrite[] | null> {
    const shards = await readShards([pool])
    const growth = capacity - shards.reduce((sum, shard) => sum + shard.capacity, 0)
    if (growth === 0) return []
    if (growth > 0)
      return splitCapacity(growth, shards.length).flatMap((more, at) => (more > 0 ? [resize(pool.id, at, more)] : []))
    const plan = planTake(shards, -growth, 0)
    return plan?.map(({ shard, quantity }) => resize(pool.id, shard, -quantity)) ?? null
  }

  const resize = (poolId: string, shard: number, growth: number): NamedWrite => ({
    condition: `${stockCondition}${poolId}#${shard}`,
    item: {
      Update: {
        TableName: tableName,
        Key: salesKeys.stock(poolId, shard),
        UpdateExpression: 'SET #capacity = #capacity + :growth, #left = #left + :growth',
        ConditionExpression: '#left >= :least',
        ExpressionAttributeNames: { '#capacity': 'capacity', '#left': 'left' },
        ExpressionAttributeValues: { ':growth': growth, ':least': Math.max(0, -growth) },
      },
    },
  })

  /** Takes a pool off sale, if nothing of it is held or sold: a hold that comes too late finds no stock. */
  function closePool(pool: StockedPool): NamedWrite[] {
    return Array.from({ length: pool.shards }, (_, shard) => ({
      condition: `${untouchedCondition}${pool.id}#${shard}`,
      item: {
        Delete: {
          TableName: tableName,
          Key: salesKeys.stock(pool.id, shard),
          ConditionExpression: '#left = #capacity',
          ExpressionAttributeNames: { '#capacity': 'capacity', '#left': 'left' },
        },
      },
    }))
  }

  return { readShards, takeStock, openPool, resizePool, closePool }
}

export type StockStore = ReturnType<typeof createStockStore>

const leftIn = (shards: readonly ShardStock[]): number => shards.reduce((sum, { left }) => sum + left, 0)

const stockCondition = 'stock:'

/** Fails when something of a pool is held or sold. */
export const untouchedCondition = 'pool_is_untouched:'

/** Fails when some event, this one or another, has opened a pool of that id. */
export const newPoolCondition = 'pool_is_new:'

/** One shard's move, under the condition that no count becomes negative. */
export function moveStock(tableName: string, move: StockMove): NamedWrite {
  const counts = (['left', 'held', 'sold'] as const).filter((count) => move[count] !== 0)
  const taken = counts.filter((count) => move[count] < 0)
  return {
    condition: `${stockCondition}${move.poolId}#${move.shard}`,
    item: {
      Update: {
        TableName: tableName,
        Key: salesKeys.stock(move.poolId, move.shard),
        UpdateExpression: `SET ${counts.map((count) => `#${count} = #${count} + :${count}`).join(', ')}`,
        ConditionExpression: taken.map((count) => `#${count} >= :${count}Needed`).join(' AND '),
        ExpressionAttributeNames: Object.fromEntries(counts.map((count) => [`#${count}`, count])),
        ExpressionAttributeValues: Object.fromEntries([
          ...counts.map((count) => [`:${count}`, move[count]]),
          ...taken.map((count) => [`:${count}Needed`, -move[count]]),
        ]),
      },
    },
  }
}
