import type { EventRecord } from '#domain/catalog.ts'
import type { SaveRefusal } from '../usecases/change-event.ts'
import { StoreBusy } from './busy.ts'
import type { CancellationStore } from './cancellations.ts'
import type { EventStore } from './events.ts'
import { newPoolCondition, type StockStore, untouchedCondition } from './stock.ts'
import type { NamedWrite } from './transaction.ts'

const rounds = 8

/** An event and the stock of its pools are in two tables and change in one transaction. */
export function createEventStockStore(
  events: Pick<EventStore, 'saveEvent'>,
  stock: StockStore,
  cancellations: Pick<CancellationStore, 'putCancellation'>,
) {
  async function saveWithStock(before: EventRecord, after: EventRecord): Promise<'saved' | SaveRefusal> {
    for (let round = 0; round < rounds; round++) {
      const writes = await stockWrites(before, after)
      if (!writes) return 'capacity_below_sold'
      const outcome = await events.saveEvent(before, after, writes)
      if (outcome.ok) return 'saved'
      if (outcome.failed.includes('version_is_current')) return 'stale_version'
      if (outcome.failed.includes('slug_is_free')) return 'slug_taken'
      if (outcome.failed.some((condition) => condition.startsWith(untouchedCondition))) return 'has_orders'
      if (outcome.failed.some((condition) => condition.startsWith(newPoolCondition))) return 'pool_id_taken'
    }
    throw new StoreBusy('the stock of an edited pool moved at every attempt')
  }

  /** Stock exists from publication on, and orders that end with the event; null when a pool has too little left to shrink so far. */
  async function stockWrites(before: EventRecord, after: EventRecord): Promise<NamedWrite[] | null> {
    if (after.status === 'cancelled' && before.status === 'published')
      return [cancellations.putCancellation(after.id, after.updatedAt)]
    if (after.status !== 'published') return before.status === 'published' ? before.pools.flatMap(stock.closePool) : []
    const writes: NamedWrite[] = []
    for (const pool of after.pools) {
      const stocked = before.status === 'published' ? before.pools.find(({ id }) => id === pool.id) : undefined
      if (stocked?.capacity === pool.capacity) continue
      const resized = stocked ? await stock.resizePool(pool, pool.capacity) : stock.openPool(pool)
      if (!resized) return null
      writes.push(...resized)
    }
    return writes
  }

  return { saveWithStock }
}
