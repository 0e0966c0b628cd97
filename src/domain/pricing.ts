import type { EventRecord, Instant, TicketType } from './catalog.ts'
import { chargeLine } from './charges.ts'
import { appliesTo, type DiscountCode, discountOf, isUnlockedBy, isValidAt } from './discount-codes.ts'
import { largestTotalMinor, smallestPriceMinor } from './money.ts'
import { type CodeUse, maxTicketsPerOrder, type OrderLine } from './orders.ts'
import { type Allotments, splitOverPhases } from './price-phases.ts'
import { ok, type Result, refuse } from './result.ts'

export interface RequestedOrder {
  readonly lines: readonly { readonly ticketTypeId: string; readonly quantity: number }[]
  readonly attendeeCount: number
  /** What the buyer was shown; he is never charged more. */
  readonly expectedTotalMinor?: number | undefined
}

export interface PriceFacts {
  /** The code that the buyer named; null when he named none. */
  readonly code: DiscountCode | null
  readonly allotments: Allotments
}

export interface PricedOrder {
  readonly lines: readonly OrderLine[]
  readonly totalMinor: number
  readonly quantity: number
  readonly discountCode: CodeUse | null
}

/** Nothing was charged; `totalMinor` is what it would be. */
export interface PriceChanged {
  readonly code: 'price_changed'
  readonly totalMinor: number
}

export type PricingRefusal =
  | {
      readonly code:
        | 'event_not_on_sale'
        | 'sales_not_started'
        | 'sales_ended'
        | 'unknown_ticket_type'
        | 'code_not_valid_now'
        | 'code_not_for_these'
        | 'too_many_per_order'
        | 'too_many_per_buyer'
        | 'too_many_attendees'
        | 'total_too_small'
    }
  | PriceChanged

const nothing: PriceFacts = { code: null, allotments: new Map() }

/**
 * What the order costs and whether it may be placed now: decided from stored facts alone. Lines of one type count together, and the
 * order of the lines decides nothing.
 */
export function priceOrder(
  event: EventRecord,
  request: RequestedOrder,
  now: Instant,
  facts: PriceFacts = nothing,
): Result<PricedOrder, PricingRefusal> {
  const { code } = facts
  if (event.status !== 'published') return refuse({ code: 'event_not_on_sale' })
  if (now >= event.endsAt) return refuse({ code: 'sales_ended' })
  if (code && !isValidAt(code, now)) return refuse({ code: 'code_not_valid_now' })

  const quantities = quantitiesByType(request.lines)
  const types = event.ticketTypes.filter((type) => quantities.has(type.id) && isOffered(type, code))
  if (types.length < quantities.size) return refuse({ code: 'unknown_ticket_type' })

  const left = new Map(facts.allotments)
  const lines: OrderLine[] = []
  let uses = 0
  for (const type of types) {
    const wanted = quantities.get(type.id) ?? 0
    const window = saleWindow(type, now)
    if (window !== 'open') return refuse({ code: window })
    if (wanted > type.maxPerOrder) return refuse({ code: 'too_many_per_order' })
    for (const part of splitOverPhases(type, wanted, left, now)) {
      const discountMinor = code && appliesTo(code, type) ? discountOf(code, part.priceMinor, event.currency) : 0
      if (discountMinor > 0 || isUnlockedBy(code, type)) uses += part.quantity
      lines.push(lineOf(event, type, part, discountMinor))
    }
  }
  if (code && uses === 0) return refuse({ code: 'code_not_for_these' })

  const quantity = sum(lines.map((line) => line.quantity))
  if (quantity > Math.min(event.maxPerOrder, maxTicketsPerOrder)) return refuse({ code: 'too_many_per_order' })
  if (event.maxPerBuyer !== null && quantity > event.maxPerBuyer) return refuse({ code: 'too_many_per_buyer' })
  if (sum(lines.map((line) => line.totalMinor)) > largestTotalMinor(event.currency))
    return refuse({ code: 'too_many_per_order' })
  if (request.attendeeCount > quantity) return refuse({ code: 'too_many_attendees' })

  const totalMinor = sum(lines.map((line) => line.totalMinor))
  if (totalMinor > (request.expectedTotalMinor ?? totalMinor)) return refuse({ code: 'price_changed', totalMinor })
  if (totalMinor > 0 && totalMinor < smallestPriceMinor(event.currency)) return refuse({ code: 'total_too_small' })
  const discountMinor = sum(lines.map(({ charges }) => charges?.discountMinor ?? 0))
  return ok({ lines, quantity, totalMinor, discountCode: code ? { code: code.code, uses, discountMinor } : null })
}

export function saleWindow(type: TicketType, now: Instant): 'open' | 'sales_not_started' | 'sales_ended' {
  if (type.salesStartAt !== undefined && now < type.salesStartAt) return 'sales_not_started'
  if (type.salesEndAt !== undefined && now >= type.salesEndAt) return 'sales_ended'
  return 'open'
}

const isOffered = (type: TicketType, code: DiscountCode | null): boolean => !type.hidden || isUnlockedBy(code, type)

function lineOf(
  event: EventRecord,
  type: TicketType,
  { quantity, priceMinor, phase, poolIds }: ReturnType<typeof splitOverPhases>[number],
  discountMinor: number,
): OrderLine {
  const { unitPriceMinor, totalMinor, charges } = chargeLine(priceMinor, discountMinor, quantity, event)
  const isPlain = charges.discountMinor === 0 && charges.feeMinor === 0 && charges.taxMinor === 0
  return {
    ticketTypeId: type.id,
    ticketTypeName: type.name,
    ...(phase === undefined ? {} : { phase }),
    ...{ quantity, unitPriceMinor, totalMinor },
    ...(isPlain ? {} : { charges }),
    poolIds: [...new Set(poolIds)],
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
