import type { TryCodeResponse } from '#contracts/codes.ts'
import type { Availability } from '#contracts/orders.ts'
import type { Instant, ServiceFee, Tax } from '#domain/catalog.ts'
import { chargeLine } from '#domain/charges.ts'
import { moment } from '../components/when.ts'

export type TypeState = Availability['ticketTypes'][number]['state']

export interface PickerType {
  readonly id: string
  readonly name: string
  /** Of the next ticket, without a code; what is added comes on top. */
  readonly priceMinor: number
  readonly phase?: string | undefined
  /** What a code takes off one ticket. */
  readonly discountMinor?: number | undefined
  /** A hidden type that a code has revealed. */
  readonly isUnlocked?: boolean | undefined
  readonly maxPerOrder: number
  readonly state: TypeState
  readonly left?: number | undefined
  readonly salesStartAt?: Instant | undefined
}

/** What the page tells the island of its event. */
export interface PickerEvent {
  readonly id: string
  readonly currency: string
  readonly timeZone: string
  readonly startsAt: Instant
  readonly maxPerOrder: number
  readonly fee?: ServiceFee | undefined
  readonly tax?: Tax | undefined
  readonly types: readonly PickerType[]
}

/** Ticket type's id → how many. */
export type Quantities = Readonly<Record<string, number>>

export const isOpen = (type: PickerType): boolean => type.state === 'on_sale' || type.state === 'low'

export const countOf = (quantities: Quantities): number => Object.values(quantities).reduce((sum, one) => sum + one, 0)

export const totalMinorOf = (event: PickerEvent, quantities: Quantities): number =>
  event.types.reduce((sum, { id, priceMinor, discountMinor = 0 }) => {
    const quantity = quantities[id] ?? 0
    return quantity === 0 ? sum : sum + chargeLine(priceMinor, discountMinor, quantity, event).totalMinor
  }, 0)

/** The most of one type that an order may hold beside what else is chosen, and the reason in words. */
export function roomFor(event: PickerEvent, quantities: Quantities, type: PickerType): { max: number; reason: string } {
  if (!isOpen(type)) return { max: 0, reason: '' }
  const others = countOf(quantities) - (quantities[type.id] ?? 0)
  const left = type.left ?? Number.POSITIVE_INFINITY
  const max = Math.max(0, Math.min(type.maxPerOrder, event.maxPerOrder - others, left))
  if (max === left) return { max, reason: `Only ${left} left.` }
  if (max === type.maxPerOrder) return { max, reason: `At most ${max} of these in one order.` }
  return { max, reason: `At most ${event.maxPerOrder} tickets in one order.` }
}

export function setQuantity(
  event: PickerEvent,
  quantities: Quantities,
  id: string,
  wanted: number,
): { quantities: Quantities; reason: string } {
  const type = event.types.find((one) => one.id === id)
  if (!type) return { quantities, reason: '' }
  const { max, reason } = roomFor(event, quantities, type)
  const whole = Number.isFinite(wanted) ? Math.max(0, Math.trunc(wanted)) : 0
  return { quantities: { ...quantities, [id]: Math.min(whole, max) }, reason: whole > max ? reason : '' }
}

/** The event as it sells now, and the choice cut down to what that allows. */
export function withAvailability(
  event: PickerEvent,
  live: Availability,
  quantities: Quantities,
): { event: PickerEvent; quantities: Quantities } {
  const now = new Map(live.ticketTypes.map((type) => [type.id, type]))
  const types = event.types.map((type) => {
    const seen = now.get(type.id)
    // What a code revealed stays hidden to all others.
    if (!seen || type.isUnlocked) return type
    const { state, left, priceMinor = type.priceMinor, phase } = seen
    return { ...type, state, left, priceMinor, phase }
  })
  const next = { ...event, types }
  return { event: next, quantities: keptQuantities(next, quantities) }
}

/** The event as it sells to somebody with a code. An earlier code is forgotten. */
export function withCode(event: PickerEvent, code: Pick<TryCodeResponse, 'ticketTypes'> | null): PickerEvent {
  const changed = new Map(code?.ticketTypes.map((type) => [type.id, type]))
  const known = event.types
    .filter(({ isUnlocked }) => !isUnlocked)
    .map((type) => ({ ...type, discountMinor: changed.get(type.id)?.discountMinor }))
  return { ...event, types: [...known, ...(code?.ticketTypes ?? []).filter(({ isUnlocked }) => isUnlocked)] }
}

/** As much of a choice as the event still allows. */
export function keptQuantities(event: PickerEvent, quantities: Quantities): Quantities {
  let kept: Quantities = {}
  for (const { id } of event.types) kept = setQuantity(event, kept, id, quantities[id] ?? 0).quantities
  return kept
}

/** What stands beside a price; nothing where tickets simply sell. */
export function ticketNote(type: PickerType, timeZone: string, locale: string): string {
  switch (type.state) {
    case 'low':
      return type.left === undefined ? 'Few left' : `Only ${type.left} left`
    case 'sold_out':
      return 'Sold out'
    case 'not_yet':
      return type.salesStartAt ? `On sale ${moment(type.salesStartAt, timeZone, locale)}` : 'Not on sale yet'
    case 'ended':
    case 'hidden':
      return 'Sales ended'
    case 'on_sale':
      return type.left === undefined ? '' : `${type.left} left`
  }
}

export const linesOf = (quantities: Quantities): { ticketTypeId: string; quantity: number }[] =>
  Object.entries(quantities)
    .filter(([, quantity]) => quantity > 0)
    .map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }))
