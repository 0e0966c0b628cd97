import type { Cancellation } from '#domain/cancellations.ts'
import type { EventRecord } from '#domain/catalog.ts'
import type { Money } from '#domain/money.ts'
import { isAllotment } from '#domain/price-phases.ts'
import { type PoolStock, type ShardStock, sumShards } from '#domain/stock.ts'

export interface StatsPorts {
  shards(pools: EventRecord['pools']): Promise<readonly ShardStock[]>
  statistics(eventId: string): Promise<SalesTotals>
  cancellation(eventId: string): Promise<Cancellation | null>
}

export interface SalesTotals {
  readonly orders: number
  readonly revenueMinor: number
  readonly refundedMinor: number
  readonly discountMinor: number
  readonly feeMinor: number
  readonly taxMinor: number
  readonly admitted: number
  readonly cancelledByEvent: number
  readonly ticketTypes: ReadonlyMap<string, { sold: number; revenueMinor: number }>
  readonly days: ReadonlyMap<string, { sold: number; revenueMinor: number }>
  readonly sold: number
}

export interface EventStats {
  readonly totals: SalesTotals
  readonly stock: PoolStock
  /** How far the refunds of a cancelled event have come; null when it was not cancelled. */
  readonly cancellation: Cancellation | null
  readonly pools: readonly (PoolStock & { readonly name: string })[]
  readonly money: (amountMinor: number) => Money
}

/** Places as the stock counts them: a draft has none yet, so all of its capacity is left. */
export async function readStats(ports: StatsPorts, event: EventRecord): Promise<EventStats> {
  const [shards, totals, cancellation] = await Promise.all([
    ports.shards(event.publishedAt ? event.pools : []),
    ports.statistics(event.id),
    event.status === 'cancelled' ? ports.cancellation(event.id) : null,
  ])
  const stock = sumShards(shards)
  const pools = event.pools.map(({ id, name, capacity }) => {
    const found = stock.find(({ poolId }) => poolId === id)
    return { ...(found ?? { poolId: id, capacity, left: capacity, held: 0, sold: 0 }), name }
  })
  const [sum = { poolId: '', capacity: 0, left: 0, held: 0, sold: 0 }] = sumShards(
    pools.filter(({ poolId }) => !isAllotment(event, poolId)).map((pool) => ({ ...pool, poolId: '', shard: 0 })),
  )
  return {
    totals,
    stock: sum,
    pools,
    cancellation,
    money: (amountMinor) => ({ amountMinor, currency: event.currency }),
  }
}
