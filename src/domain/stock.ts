import type { OrderLine, StockTaken } from './orders.ts'

/** One shard of a pool. At every moment `left + held + sold = capacity`, and none is negative. */
export interface ShardStock {
  readonly poolId: string
  readonly shard: number
  readonly capacity: number
  readonly left: number
  readonly held: number
  readonly sold: number
}

/** A pool over all its shards. */
export type PoolStock = Omit<ShardStock, 'shard'>

/** Added to one shard; the three sum to 0, so the invariant survives every move. */
export interface StockMove {
  readonly poolId: string
  readonly shard: number
  readonly left: number
  readonly held: number
  readonly sold: number
}

export interface PoolDemand {
  readonly poolId: string
  readonly quantity: number
}

const nothing = { left: 0, held: 0, sold: 0 }

export const takeInto = (to: 'held' | 'sold', taken: readonly StockTaken[]): StockMove[] =>
  taken.map(({ poolId, shard, quantity }) => ({ poolId, shard, ...nothing, left: -quantity, [to]: quantity }))

export const sellHeld = (taken: readonly StockTaken[]): StockMove[] =>
  taken.map(({ poolId, shard, quantity }) => ({ poolId, shard, left: 0, held: -quantity, sold: quantity }))

export const giveBack = (from: 'held' | 'sold', taken: readonly StockTaken[]): StockMove[] =>
  taken.map(({ poolId, shard, quantity }) => ({ poolId, shard, ...nothing, left: quantity, [from]: -quantity }))

/** What an order needs of each pool, over all its lines: two types may draw on one pool, one type on several. */
export function demandOf(lines: readonly OrderLine[]): PoolDemand[] {
  const quantities = new Map<string, number>()
  for (const { poolIds, quantity } of lines)
    for (const poolId of poolIds) quantities.set(poolId, (quantities.get(poolId) ?? 0) + quantity)
  return [...quantities].map(([poolId, quantity]) => ({ poolId, quantity }))
}

/**
 * Where to take `quantity` from, given what the shards held a moment ago: whole from the first shard that has it, counted from
 * `preferred`; else from the fullest ones together, so that the last places are not stranded. Null when all of them have too few.
 */
export function planTake(shards: readonly ShardStock[], quantity: number, preferred: number): StockTaken[] | null {
  const from = shards.findIndex(({ shard }) => shard === preferred)
  const turned = [...shards.slice(Math.max(from, 0)), ...shards.slice(0, Math.max(from, 0))]
  const whole = turned.find(({ left }) => left >= quantity)
  if (whole) return [{ poolId: whole.poolId, shard: whole.shard, quantity }]
  const taken: StockTaken[] = []
  let missing = quantity
  for (const { poolId, shard, left } of turned.toSorted((one, other) => other.left - one.left)) {
    const part = Math.min(left, missing)
    if (part <= 0) break
    taken.push({ poolId, shard, quantity: part })
    missing -= part
  }
  return missing === 0 ? taken : null
}

export function sumShards(shards: readonly ShardStock[]): PoolStock[] {
  const pools = new Map<string, PoolStock>()
  for (const { poolId, capacity, left, held, sold } of shards) {
    const sum = pools.get(poolId) ?? { poolId, capacity: 0, ...nothing }
    pools.set(poolId, {
      poolId,
      capacity: sum.capacity + capacity,
      left: sum.left + left,
      held: sum.held + held,
      sold: sum.sold + sold,
    })
  }
  return [...pools.values()]
}

/** A capacity over `shards`, as even as whole places go. */
export const splitCapacity = (capacity: number, shards: number): number[] =>
  Array.from({ length: shards }, (_, at) => Math.floor(capacity / shards) + (at < capacity % shards ? 1 : 0))
