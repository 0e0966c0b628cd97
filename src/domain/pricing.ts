import type { EventRecord, Instant, TicketType } from './catalog.ts'
import { maxTicketsPerOrder, type OrderLine } from './orders.ts'
import { ok, type Result, refuse } from './result.ts'

export interface RequestedOrder {
  readonly lines: readonly { readonly ticketTypeId: string; readonly quantity: number }[]
  readonly attendeeCount: number
  readonly code?: string | undefined
}

export interface PricedOrder {
  readonly lines: readonly OrderLine[]
  readonly totalMinor: number
  readonly quantity: number
}

export type PricingRefusal = {
  readonly code:
    | 'event_not_on_sale'
    | 'sales_not_started'
    | 'sales_ended'
    | 'unknown_ticket_type'
    | 'unknown_code'
    | 'too_many_per_order'
    | 'too_many_per_buyer'
    | 'too_many_attendees'
}

/** No card payment above it is accepted. Source: Stripe, "Maximum amount". */
const largestTotalMinor = 99_999_999

/** What the order costs and whether it may be placed now: decided from the stored event alone. Lines of one type count together. */
export function priceOrder(
  event: EventRecord,
  request: RequestedOrder,
  now: Instant,
): Result<PricedOrder, PricingRefusal> {
  if (event.status !== 'published') return refuse({ code: 'event_not_on_sale' })
  if (now >= event.endsAt) return refuse({ code: 'sales_ended' })
  if (request.code !== undefined) return refuse({ code: 'unknown_code' })

  const lines: OrderLine[] = []
  for (const [ticketTypeId, quantity] of quantitiesByType(request.lines)) {
    const type = event.ticketTypes.find(({ id }) => id === ticketTypeId)
    if (!type || type.hidden) return refuse({ code: 'unknown_ticket_type' })
    const window = saleWindow(type, now)
    if (window !== 'open') return refuse({ code: window })
    if (quantity > type.maxPerOrder) return refuse({ code: 'too_many_per_order' })
    lines.push(priceLine(type, quantity))
  }

  const quantity = sum(lines.map((line) => line.quantity))
  if (quantity > Math.min(event.maxPerOrder, maxTicketsPerOrder)) return refuse({ code: 'too_many_per_order' })
  if (event.maxPerBuyer !== null && quantity > event.maxPerBuyer) return refuse({ code: 'too_many_per_buyer' })
  if (sum(lines.map((line) => line.totalMinor)) > largestTotalMinor) return refuse({ code: 'too_many_per_order' })
  if (request.attendeeCount > quantity) return refuse({ code: 'too_many_attendees' })
  return ok({ lines, quantity, totalMinor: sum(lines.map((line) => line.totalMinor)) })
}

export function saleWindow(type: TicketType, now: Instant): 'open' | 'sales_not_started' | 'sales_ended' {
  if (type.salesStartAt !== undefined && now < type.salesStartAt) return 'sales_not_started'
  if (type.salesEndAt !== undefined && now >= type.salesEndAt) return 'sales_ended'
  return 'open'
}

function priceLine(type: TicketType, quantity: number): OrderLine {
  return {
    ticketTypeId: type.id,
    ticketTypeName: type.name,
    quantity,
    unitPriceMinor: type.priceMinor,
    totalMinor: type.priceMinor * quantity,
    poolIds: [...new Set(type.poolIds)],
  }
}

function quantitiesByType(lines: RequestedOrder['lines']): Map<string, number> {
  const quantities = new Map<string, number>()
  for (const { ticketTypeId, quantity } of lines) {
    if (!Number.isSafeInteger(quantity) || quantity < 1) throw new RangeError(`a line of ${quantity} tickets`)
    quantities.set(ticketTypeId, (quantities.get(ticketTypeId) ?? 0) + quantity)
  }
  return quantities
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
