import type { EventRecord } from '#domain/catalog.ts'
import { lostMinor, refundedMinor } from '#domain/order-changes.ts'
import type { Order } from '#domain/orders.ts'
import { createEventOrderStore } from '#functions/store/event-orders.ts'
import type { Sales } from './sales.ts'

export interface Books {
  /** What buyers paid at the provider, and what went back to them, through refunds or their banks. */
  readonly inMinor: number
  readonly outMinor: number
  readonly heldAtStripeMinor: number
  readonly heldByOrdersMinor: number
  readonly heldByStatisticsMinor: number
}

/** Money in − money out at the provider, beside what the event's orders and its statistics say is left: all three must agree. */
export async function readBooks(sales: Sales, event: EventRecord): Promise<Books> {
  const orders = await createEventOrderStore(sales.client, sales.table).listEventOrders(event.id, 10_000)
  const ids = new Set(orders.map(({ id }) => id))
  const paid = new Map<string, number>()
  for await (const { id, metadata, status, amount_received } of sales.stripe.paymentIntents.list({ limit: 100 }))
    if (status === 'succeeded' && ids.has(metadata.orderId ?? '')) paid.set(id, amount_received)
  let outMinor = 0
  for await (const { payment_intent, status, amount } of sales.stripe.refunds.list({ limit: 100 }))
    if (status !== 'failed' && status !== 'canceled' && paid.has(String(payment_intent))) outMinor += amount
  for await (const { payment_intent, status, amount } of sales.stripe.disputes.list({ limit: 100 }))
    if (status === 'lost' && paid.has(String(payment_intent))) outMinor += amount
  const inMinor = sum([...paid.values()])
  const { revenueMinor, refundedMinor: returned } = await sales.statistics.readStatistics(event.id)
  return {
    ...{ inMinor, outMinor },
    heldAtStripeMinor: inMinor - outMinor,
    heldByOrdersMinor: sum(orders.map(keptMinor)),
    heldByStatisticsMinor: revenueMinor - returned,
  }
}

/** An order that was never paid keeps nothing: a payment that bought no tickets is known by its refund alone. */
const keptMinor = (order: Order): number =>
  order.payment?.paymentIntentId === undefined ? 0 : order.total.amountMinor - refundedMinor(order) - lostMinor(order)

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
