import type { TryCodeResponse } from '#contracts/codes.ts'
import type { Availability } from '#contracts/orders.ts'
import type { Instant, ServiceFee, Tax } from '#domain/catalog.ts'
import { chargeLine } from '#domain/charges.ts'
import { priceText } from '../components/price.ts'
import { moment } from '../components/when.ts'
import { fill, fillCount } from '../i18n/fill.ts'
import type { Common, Texts } from '../i18n/texts.ts'

export type TypeState = Availability['ticketTypes'][number]['state']

export interface PickerType {
  readonly id: string
  readonly name: string
  /** As the organiser set it, of the next ticket, without a code: `priceOf` is what a buyer sees. */
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

/** What one ticket costs with all that is added to it. */
export function priceOf(
  { priceMinor, discountMinor = 0 }: PickerType,
  event: PickerEvent,
): { readonly nowMinor: number; readonly wholeMinor: number; readonly feeMinor: number } {
  const { totalMinor, charges } = chargeLine(priceMinor, discountMinor, 1, event)
  return {
    nowMinor: totalMinor,
    wholeMinor: chargeLine(priceMinor, 0, 1, event).totalMinor,
    feeMinor: charges.feeMinor,
  }
}

/** The fee within a ticket's price; nothing where there is none. */
export function feeNote(type: PickerType, event: PickerEvent, common: Common): string {
  const { feeMinor } = priceOf(type, event)
  if (feeMinor === 0) return ''
  return fill(common.withFee, { amount: priceText({ amountMinor: feeMinor, currency: event.currency }, common) })
}

/** What the page's texts say of tickets. */
export interface BuyWords {
  readonly buy: Texts['buy']
  readonly common: Common
}

/** How many may be chosen, and what sets the limit. */
export interface Room {
  readonly max: number
  readonly why: 'left' | 'type' | 'order' | 'closed'
}

/** The most of one type that an order may hold beside what else is chosen, and the reason. */
export function roomFor(event: PickerEvent, quantities: Quantities, type: PickerType): Room {
  if (!isOpen(type)) return { max: 0, why: 'closed' }
  const others = countOf(quantities) - (quantities[type.id] ?? 0)
  const left = type.left ?? Number.POSITIVE_INFINITY
  const max = Math.max(0, Math.min(type.maxPerOrder, event.maxPerOrder - others, left))
  if (max === left) return { max, why: 'left' }
  if (max === type.maxPerOrder) return { max, why: 'type' }
  return { max, why: 'order' }
}

/** The reason in words; nothing while the choice is not at its limit. */
export function limitWords(event: PickerEvent, room: Room | null, { buy, common }: BuyWords): string {
  if (room === null || room.why === 'closed') return ''
  const forms = { left: buy.onlyLeft, type: buy.mostOfType, order: buy.mostInOrder }[room.why]
  return fillCount(forms, room.why === 'order' ? event.maxPerOrder : room.max, common.locale)
}

export function setQuantity(
  event: PickerEvent,
  quantities: Quantities,
  id: string,
  wanted: number,
): { quantities: Quantities; limit: Room | null } {
  const type = event.types.find((one) => one.id === id)
  if (!type) return { quantities, limit: null }
  const room = roomFor(event, quantities, type)
  const whole = Number.isFinite(wanted) ? Math.max(0, Math.trunc(wanted)) : 0
  return { quantities: { ...quantities, [id]: Math.min(whole, room.max) }, limit: whole > room.max ? room : null }
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
export function ticketNote(type: PickerType, timeZone: string, { buy, common }: BuyWords): string {
  switch (type.state) {
    case 'low':
      return type.left === undefined ? buy.fewLeft : fillCount(buy.noteLow, type.left, common.locale)
    case 'sold_out':
      return buy.soldOut
    case 'not_yet':
      return type.salesStartAt
        ? fill(buy.onSaleAt, { when: moment(type.salesStartAt, timeZone, common.locale) })
        : buy.notOnSale
    case 'ended':
    case 'hidden':
      return buy.salesEnded
    case 'on_sale':
      return type.left === undefined ? '' : fillCount(buy.noteLeft, type.left, common.locale)
  }
}

export const linesOf = (quantities: Quantities): { ticketTypeId: string; quantity: number }[] =>
  Object.entries(quantities)
    .filter(([, quantity]) => quantity > 0)
    .map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }))
