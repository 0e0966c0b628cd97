import type { EventRecord, Instant, SaleState, TicketType } from './catalog.ts'
import { saleWindow } from './pricing.ts'
import { clockChangedPage } from './schedule.ts'
import type { PoolStock } from './stock.ts'

export type TicketTypeState = 'on_sale' | 'low' | 'sold_out' | 'not_yet' | 'ended' | 'hidden'

/** Few places are left: at most 10, or at most a tenth. */
export const isLow = (left: number, capacity: number): boolean => left <= 10 || left * 10 <= capacity

export interface TicketTypeAvailability {
  readonly id: string
  readonly state: TicketTypeState
  readonly left: number
}

/** A type has as many places left as the scarcest of its pools. */
export function ticketTypeAvailability(
  event: EventRecord,
  type: TicketType,
  stock: readonly PoolStock[],
  now: Instant,
): TicketTypeAvailability {
  const pools = type.poolIds.map((poolId) => stock.find((pool) => pool.poolId === poolId))
  const left = Math.max(0, Math.min(...pools.map((pool) => pool?.left ?? 0)))
  return { id: type.id, left, state: stateOf() }

  function stateOf(): TicketTypeState {
    if (type.hidden) return 'hidden'
    const window = saleWindow(type, now)
    if (event.status !== 'published' || now >= event.endsAt || window === 'sales_ended') return 'ended'
    if (window === 'sales_not_started') return 'not_yet'
    if (left === 0) return 'sold_out'
    return pools.some((pool) => pool && isLow(pool.left, pool.capacity)) ? 'low' : 'on_sale'
  }
}

/** What the whole event's page says: the best that any public ticket type still offers. */
export function eventSaleState(event: EventRecord, stock: readonly PoolStock[], now: Instant): SaleState {
  if (event.status === 'cancelled') return 'cancelled'
  if (now >= event.endsAt) return 'ended'
  const states = event.ticketTypes.map((type) => ticketTypeAvailability(event, type, stock, now).state)
  const best = (['on_sale', 'low', 'not_yet', 'sold_out'] as const).find((state) => states.includes(state))
  return best ?? 'ended'
}

/** What the public page says of sales and cannot know by the clock. */
export interface PublicSales {
  readonly saleState: SaleState
  readonly emptyPoolIds: readonly string[]
}

export function publicSalesOf(event: EventRecord, stock: readonly PoolStock[], now: Instant): PublicSales {
  const empty = event.pools.filter(({ id }) => stock.some(({ poolId, left }) => poolId === id && left <= 0))
  return { saleState: eventSaleState(event, stock, now), emptyPoolIds: empty.map(({ id }) => id) }
}

/** The event as sales or the clock leave it. The instant of its last change stays where its page reads as before. */
export function moved(event: EventRecord, sales: PublicSales, now: Instant): EventRecord {
  const isSame = saysTheSame(event, sales) && !clockChangedPage(event, event.updatedAt, now)
  return { ...event, ...sales, updatedAt: now, changedAt: isSame ? lastChangeOf(event) : undefined }
}

/** When what the event's page says last changed. */
export const lastChangeOf = ({ changedAt, updatedAt }: EventRecord): Instant => changedAt ?? updatedAt

export const saysTheSame = (event: EventRecord, sales: PublicSales): boolean =>
  event.saleState === sales.saleState && (event.emptyPoolIds ?? []).join() === sales.emptyPoolIds.join()
