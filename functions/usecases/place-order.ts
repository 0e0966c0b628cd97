import type { PlaceOrderRequest } from '#contracts/orders.ts'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import { canonicalCode, hasRoomFor } from '#domain/discount-codes.ts'
import { siteLanguage } from '#domain/languages.ts'
import { type NewOrder, newTicketsOf, quantityOf, startOrder } from '#domain/order-changes.ts'
import type { Order, OrderLine } from '#domain/orders.ts'
import { allotmentsOf } from '#domain/price-phases.ts'
import { type PricedOrder, type PriceFacts, type PricingRefusal, priceOrder } from '#domain/pricing.ts'
import { ok, type Result, refuse } from '#domain/result.ts'
import { demandOf } from '#domain/stock.ts'
import { inLanguage, languageOf, languagesOf } from '#domain/translations.ts'
import { hashOf, orderIdOf, ticketIdsOf } from './order-ids.ts'
import type { OrderPorts, TakeOutcome } from './order-ports.ts'
import type { SoldOutHint } from './sold-out-hint.ts'

export type PlaceRefusal =
  | PricingRefusal
  /** Nothing was written; it is the buyer's turn after so many seconds, where that is known. */
  | { readonly code: 'too_busy'; readonly retryAfterSeconds?: number }
  | {
      readonly code:
        | 'not_found'
        | 'sold_out'
        | 'too_few_left'
        | 'idempotency_key_reused'
        | 'unknown_code'
        | 'code_used_up'
    }

interface Identity {
  readonly orderId: string
  readonly requestHash: string
}

export interface PlacePorts extends Pick<OrderPorts, 'orders' | 'getEvent' | 'now'> {
  /** Seconds until an order that must be paid may be placed; absent: at once, always. */
  readonly secondsUntilTurn?: (orderId: string) => Promise<number>
  readonly soldOutHint?: SoldOutHint
}

/** Holds stock for an order, or finds the order that the same key has placed before: a repeat is answered as the first was. */
export async function placeOrder(
  ports: PlacePorts,
  request: PlaceOrderRequest,
  idempotencyKey: string,
): Promise<Result<Order, PlaceRefusal>> {
  const orderId = orderIdOf(request.eventId, idempotencyKey)
  // What the buyer was shown is no part of what he asked for: a repeat after the price moved is the same order.
  const { expectedTotalMinor: _, language: __, ...asked } = request
  const requestHash = hashOf(asked)
  const isHinted = ports.soldOutHint?.isSoldOut(request) ?? false
  const placed = isHinted ? refuse({ code: 'sold_out' }) : await tryToPlace(ports, request, { orderId, requestHash })
  if (placed.ok) return placed
  if (placed.refusal.code === 'sold_out' && !isHinted) ports.soldOutHint?.remember(request)
  const first = await ports.orders.getOrder(orderId)
  if (!first) return placed.refusal.code === 'exists' ? refuse({ code: 'not_found' }) : refuse(placed.refusal)
  return first.requestHash === requestHash ? ok(first) : refuse({ code: 'idempotency_key_reused' })
}

const rounds = 8

/** Prices and takes; again when an allotment ran out or the code was edited between the two. */
async function tryToPlace(
  ports: PlacePorts,
  request: PlaceOrderRequest,
  identity: Identity,
): Promise<Result<Order, PlaceRefusal | { readonly code: 'exists' }>> {
  const event = await ports.getEvent(request.eventId)
  if (!event || event.status === 'draft') return refuse({ code: 'not_found' })
  for (let round = 0; round < rounds; round++) {
    const facts = await readFacts(ports, event, request)
    if (!facts) return refuse({ code: 'unknown_code' })
    const now = ports.now()
    const { lines, attendees = [], expectedTotalMinor } = request
    const priced = priceOrder(event, { lines, attendeeCount: attendees.length, expectedTotalMinor }, now, facts)
    if (!priced.ok) return priced
    const use = priced.value.discountCode
    if (facts.code && use && !hasRoomFor(facts.code, use)) return refuse({ code: 'code_used_up' })

    const order = newOrder(event, request, priced.value, { ...identity, now })
    const seconds = order.total.amountMinor > 0 ? await ports.secondsUntilTurn?.(order.id) : 0
    if (seconds) return refuse({ code: 'too_busy', retryAfterSeconds: seconds })
    const outcome = await take(ports, event, order, facts)
    if (outcome.kind === 'code_refused') continue
    if (outcome.kind === 'short' && facts.allotments.has(outcome.poolId)) continue
    return answerOf(outcome)
  }
  return refuse({ code: 'too_busy' })
}

/** Null for a code that the event does not have. */
async function readFacts(
  ports: PlacePorts,
  event: EventRecord,
  { lines, code: typed }: PlaceOrderRequest,
): Promise<PriceFacts | null> {
  const types = event.ticketTypes.filter(({ id }) => lines.some(({ ticketTypeId }) => ticketTypeId === id))
  const ids = allotmentsOf(types, ports.now())
  const [code, allotments] = await Promise.all([
    typed === undefined ? null : ports.orders.getCode(event.id, canonicalCode(typed)),
    ports.orders.leftIn(event.pools.filter(({ id }) => ids.includes(id))),
  ])
  return typed !== undefined && !code ? null : { code, allotments }
}

function take(ports: PlacePorts, event: EventRecord, order: NewOrder, { code }: PriceFacts): Promise<TakeOutcome> {
  const isFree = order.total.amountMinor === 0
  const tickets = isFree ? newTicketsOf(order, ticketIdsOf(order.id, quantityOf(order)), order.createdAt) : []
  return ports.orders.takeForOrder({
    orderId: order.id,
    demand: demandOf(order.lines),
    pools: event.pools,
    maxPerBuyer: event.maxPerBuyer,
    code,
    change: (taken) => startOrder(order, taken, tickets),
  })
}

function answerOf(outcome: TakeOutcome): Result<Order, PlaceRefusal | { readonly code: 'exists' }> {
  switch (outcome.kind) {
    case 'taken':
      return ok(outcome.order)
    case 'short':
      return refuse({ code: outcome.left === 0 ? 'sold_out' : 'too_few_left' })
    case 'scattered':
      return refuse({ code: 'too_few_left' })
    case 'too_many_per_buyer':
      return refuse({ code: 'too_many_per_buyer' })
    case 'code_refused':
      return refuse({ code: 'code_used_up' })
    case 'busy':
      return refuse({ code: 'too_busy' })
    case 'exists':
    case 'changed':
      return refuse({ code: 'exists' })
  }
}

function newOrder(
  event: EventRecord,
  { buyer, attendees = [], answers, language: asked = siteLanguage }: PlaceOrderRequest,
  { lines, totalMinor, discountCode }: PricedOrder,
  { orderId, requestHash, now }: Identity & { readonly now: Instant },
): NewOrder {
  const language = languagesOf(event).includes(asked) ? asked : languageOf(event)
  const { ticketTypes } = inLanguage(event, language)
  const shown = (line: OrderLine): OrderLine => {
    const name = ticketTypes.find(({ id }) => id === line.ticketTypeId)?.name
    return name === undefined || name === line.ticketTypeName ? line : { ...line, shownAs: name }
  }
  return {
    id: orderId,
    eventId: event.id,
    eventName: event.name,
    timeZone: event.timeZone,
    organisationId: event.organisationId,
    buyer,
    language,
    attendees,
    ...(answers ? { answers: Object.entries(answers).map(([question, answer]) => ({ question, answer })) } : {}),
    lines: lines.map(shown),
    total: { amountMinor: totalMinor, currency: event.currency },
    ...(event.fee ? { fee: event.fee } : {}),
    ...(event.tax ? { tax: event.tax } : {}),
    ...(discountCode ? { discountCode } : {}),
    isBuyerLimited: event.maxPerBuyer !== null,
    requestHash,
    createdAt: now,
  }
}
