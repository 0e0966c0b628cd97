import type { EventRecord, Instant } from '#domain/catalog.ts'
import type { EventRefusal } from '#domain/event-rules.ts'
import { ok, type Result, refuse } from '#domain/result.ts'
import { publicSalesOf } from '#domain/sale-state.ts'
import type { PoolStock } from '#domain/stock.ts'

export type SaveRefusal = 'stale_version' | 'capacity_below_sold' | 'pool_id_taken' | 'slug_taken' | 'has_orders'

export interface ChangePorts {
  /** Sums over the shards of these pools; a pool without stock is not named. */
  stock(pools: EventRecord['pools']): Promise<readonly PoolStock[]>
  /**
   * Writes the event, its listing cards and the stock of its pools in one transaction: nothing of it when the stored version is not
   * `before`'s, when a pool would keep fewer places than are held and sold, when a new pool has the id or
   * a new address is that of another event, or when an event is withdrawn of which something is held or sold.
   */
  save(before: EventRecord, after: EventRecord): Promise<'saved' | SaveRefusal>
  now(): Instant
}

export type ChangeRefusal = EventRefusal | { readonly code: SaveRefusal }

/** Saves what the domain decided. What the page says of sales follows: a longer window or a larger pool may open them again. */
export async function changeEvent(
  ports: ChangePorts,
  before: EventRecord,
  decide: (event: EventRecord, now: Instant) => Result<EventRecord, EventRefusal>,
): Promise<Result<EventRecord, ChangeRefusal>> {
  const now = ports.now()
  const decided = decide(before, now)
  if (!decided.ok || decided.value === before) return decided
  const after = await withSaleState(ports, before, decided.value, now)
  const outcome = await ports.save(before, after)
  return outcome === 'saved' ? ok(after) : refuse({ code: outcome })
}

async function withSaleState(ports: ChangePorts, before: EventRecord, after: EventRecord, now: Instant) {
  if (after.status !== 'published' || before.status !== 'published') return after
  const stock = await ports.stock(after.pools)
  const expected = after.pools.map((pool) => {
    const { held = 0, sold = 0 } = stock.find(({ poolId }) => poolId === pool.id) ?? {}
    return { poolId: pool.id, capacity: pool.capacity, left: pool.capacity - held - sold, held, sold }
  })
  return { ...after, ...publicSalesOf(after, expected, now) }
}
