import type { EventRecord, Instant } from '#domain/catalog.ts'
import type { DiscountCode } from '#domain/discount-codes.ts'
import type { Language } from '#domain/languages.ts'
import type { OrderChange } from '#domain/order-changes.ts'
import type { Order, StockTaken, Ticket } from '#domain/orders.ts'
import type { PoolDemand } from '#domain/stock.ts'
import type { PaymentProvider } from './payment-provider.ts'

export interface OrderStore {
  getOrder(orderId: string): Promise<Order | null>
  /** Writes a new order, or one that comes back, together with the stock that it takes. */
  takeForOrder(taking: Taking): Promise<TakeOutcome>
  getCode(eventId: string, code: string): Promise<DiscountCode | null>
  /** What is left of each of these pools, by id. */
  leftIn(pools: readonly { readonly id: string; readonly shards: number }[]): Promise<ReadonlyMap<string, number>>
  /** False when somebody else changed the order first, or when the answer to our own change was lost: load it and decide again. */
  commitChange(change: OrderChange): Promise<boolean>
  /** True for one caller in `seconds`. */
  mayAskProvider(orderId: string, now: Instant, seconds: number): Promise<boolean>
}

export interface Taking {
  readonly orderId: string
  readonly demand: readonly PoolDemand[]
  readonly pools: readonly { readonly id: string; readonly shards: number }[]
  /** The event's limit; null when there is none. */
  readonly maxPerBuyer: number | null
  /** The order's discount code as it was read; null when it names none. */
  readonly code?: DiscountCode | null
  /** What happens once it is known which shards have the stock. */
  readonly change: (taken: readonly StockTaken[]) => OrderChange
}

export type TakeOutcome =
  | { readonly kind: 'taken'; readonly order: Order }
  /** A new order's id is in use. */
  | { readonly kind: 'exists' }
  /** Somebody else changed the order first. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'short'; readonly poolId: string; readonly left: number }
  /** Enough is left, but in too many shards for one order. */
  | { readonly kind: 'scattered' }
  | { readonly kind: 'too_many_per_buyer' }
  /** The code has no room for this order, or was edited since it was read. */
  | { readonly kind: 'code_refused' }
  /** Too many others want the same stock at this moment; nothing was written. */
  | { readonly kind: 'busy' }

/** What every act on an order needs. */
export interface OrderPorts {
  readonly orders: OrderStore
  readonly tickets: { getTickets(ticketIds: readonly string[]): Promise<Ticket[]> }
  getEvent(eventId: string): Promise<EventRecord | null>
  readonly payments: PaymentProvider
  /** Where the buyer sees the order; carries its key where servers do not log it. */
  orderUrl(orderId: string, from?: 'payment' | 'success', language?: Language): string
  now(): Instant
}

/** Decides again as long as others are faster: each loss means that somebody else's change went through. */
export async function untilCommitted<T>(attempt: () => Promise<T | 'changed'>): Promise<T> {
  for (let count = 0; count < 10; count++) {
    const outcome = await attempt()
    if (outcome !== 'changed') return outcome
  }
  throw new Error('an order kept changing under ten decisions')
}
