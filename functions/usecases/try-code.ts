import type { TryCodeResponse } from '#contracts/codes.ts'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import {
  appliesTo,
  canonicalCode,
  type DiscountCode,
  discountOf,
  isUnlockedBy,
  isValidAt,
} from '#domain/discount-codes.ts'
import { currentPrice } from '#domain/price-phases.ts'
import { ok, type Result, refuse } from '#domain/result.ts'
import { ticketTypeAvailability } from '#domain/sale-state.ts'
import { type ShardStock, sumShards } from '#domain/stock.ts'

export interface TryCodePorts {
  getEvent(eventId: string): Promise<EventRecord | null>
  getCode(eventId: string, code: string): Promise<DiscountCode | null>
  readShards(pools: EventRecord['pools']): Promise<ShardStock[]>
  now(): Instant
}

export type TryCodeRefusal = { readonly code: 'not_found' | 'unknown_code' | 'code_not_valid_now' | 'code_used_up' }

/** What a code does now. Nothing is reserved: the hold decides. */
export async function tryCode(
  ports: TryCodePorts,
  eventId: string,
  typed: string,
): Promise<Result<TryCodeResponse, TryCodeRefusal>> {
  const event = await ports.getEvent(eventId)
  if (event?.status !== 'published') return refuse({ code: 'not_found' })
  const code = await ports.getCode(eventId, canonicalCode(typed))
  const now = ports.now()
  if (!code) return refuse({ code: 'unknown_code' })
  if (!isValidAt(code, now)) return refuse({ code: 'code_not_valid_now' })
  if (isUsedUp(code)) return refuse({ code: 'code_used_up' })
  return ok({ code: code.code, ticketTypes: await changedTypes(ports, event, code, now) })
}

const isUsedUp = ({ maxUses, uses, budgetMinor, spentMinor }: DiscountCode): boolean =>
  (maxUses !== null && uses >= maxUses) || (budgetMinor !== null && spentMinor >= budgetMinor)

async function changedTypes(ports: TryCodePorts, event: EventRecord, code: DiscountCode, now: Instant) {
  const stock = sumShards(await ports.readShards(event.pools))
  const allotments = new Map(stock.map(({ poolId, left }) => [poolId, left]))
  return event.ticketTypes.flatMap((type) => {
    const isUnlocked = type.hidden && isUnlockedBy(code, type)
    if (type.hidden && !isUnlocked) return []
    const { priceMinor } = currentPrice(type, allotments, now)
    const discountMinor = appliesTo(code, type) ? discountOf(code, priceMinor, event.currency) : 0
    if (discountMinor === 0 && !isUnlocked) return []
    const { state, left } = ticketTypeAvailability(event, { ...type, hidden: false }, stock, now)
    const { id, name, description, maxPerOrder } = type
    const shown = { id, name, description, priceMinor, discountMinor, maxPerOrder, isUnlocked, state }
    return [event.showsRemaining ? { ...shown, left } : shown]
  })
}
