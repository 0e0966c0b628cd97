import type { PlaceOrderRequest } from '#contracts/orders.ts'
import type { EventRecord } from '#domain/catalog.ts'
import { type NewOrder, newTicketsOf, startOrder } from '#domain/order-changes.ts'
import type { Order } from '#domain/orders.ts'
import { type PricedOrder, type PricingRefusal, priceOrder } from '#domain/pricing.ts'
import { ok, type Result, refuse } from '#domain/result.ts'
import { demandOf } from '#domain/stock.ts'
import { hashOf, orderIdOf, ticketIdsOf } from './order-ids.ts'
import type { OrderPorts } from './order-ports.ts'

export type PlaceRefusal =
  | PricingRefusal
  | { readonly code: 'not_found' | 'sold_out' | 'too_few_left' | 'too_busy' | 'idempotency_key_reused' }

export type PlacePorts = Pick<OrderPorts, 'orders' | 'getEvent' | 'now'>

/** Holds stock for an order, or finds the order that the same key has placed before: a repeat is answered as the first was. */
export async function placeOrder(
  ports: PlacePorts,
  request: PlaceOrderRequest,
  idempotencyKey: string,
): Promise<Result<Order, PlaceRefusal>> {
  const orderId = orderIdOf(request.eventId, idempotencyKey)
  const requestHash = hashOf(request)
  const placed = await tryToPlace(ports, request, { orderId, requestHash })
  if (placed.ok) return placed
  const first = await ports.orders.getOrder(orderId)
  if (!first) return placed.refusal.code === 'exists' ? refuse({ code: 'not_found' }) : refuse(placed.refusal)
  return first.requestHash === requestHash ? ok(first) : refuse({ code: 'idempotency_key_reused' })
}

async function tryToPlace(
  ports: PlacePorts,
  request: PlaceOrderRequest,
  identity: { orderId: string; requestHash: string },
): Promise<Result<Order, PlaceRefusal | { readonly code: 'exists' }>> {
  const event = await ports.getEvent(request.eventId)
  if (!event || event.status === 'draft') return refuse({ code: 'not_found' })
  const now = ports.now()
  const { lines, code, attendees = [] } = request
  const priced = priceOrder(event, { lines, code, attendeeCount: attendees.length }, now)
  if (!priced.ok) return priced

  const order = newOrder(event, request, priced.value, { ...identity, now })
  const isFree = order.total.amountMinor === 0
  const ticketIds = isFree ? ticketIdsOf(order.id, priced.value.quantity) : []
  const tickets = isFree ? newTicketsOf(order, ticketIds, now) : []
  const outcome = await ports.orders.takeForOrder({
    orderId: order.id,
    demand: demandOf(order.lines),
    pools: event.pools,
    maxPerBuyer: event.maxPerBuyer,
    change: (taken) => startOrder(order, taken, tickets),
  })
  switch (outcome.kind) {
    case 'taken':
      return ok(outcome.order)
    case 'short':
      return refuse({ code: outcome.left === 0 ? 'sold_out' : 'too_few_left' })
    case 'too_many_per_buyer':
      return refuse({ code: 'too_many_per_buyer' })
    case 'busy':
      return refuse({ code: 'too_busy' })
    case 'exists':
    case 'changed':
      return refuse({ code: 'exists' })
  }
}

function newOrder(
  event: EventRecord,
  { buyer, attendees = [] }: PlaceOrderRequest,
  { lines, totalMinor }: PricedOrder,
  { orderId, requestHash, now }: { orderId: string; requestHash: string; now: string },
): NewOrder {
  return {
    id: orderId,
    eventId: event.id,
    eventName: event.name,
    timeZone: event.timeZone,
    organisationId: event.organisationId,
    buyer,
    attendees,
    lines,
    total: { amountMinor: totalMinor, currency: event.currency },
    isBuyerLimited: event.maxPerBuyer !== null,
    requestHash,
    createdAt: now,
  }
}
