import { priceText } from '../components/price.ts'
import { fill } from '../i18n/fill.ts'
import {
  type BuyWords,
  feeNote,
  isOpen,
  type PickerEvent,
  type PickerType,
  priceOf,
  type Quantities,
  roomFor,
  ticketNote,
} from './cart.ts'

/** One ticket type as the picker shows it now. */
export interface TicketRow {
  readonly id: string
  readonly name: string
  readonly quantity: number
  readonly max: number
  readonly note: string
  /** With all fees and taxes. */
  readonly price: string
  /** What of it is fee. */
  readonly fee: string
  /** The price that a code makes lower; empty where there is none. */
  readonly was: string
  readonly isOpen: boolean
  readonly atLeast: boolean
  readonly atMost: boolean
  readonly howMany: string
  readonly oneFewer: string
  readonly numberOf: string
  readonly oneMore: string
}

/** By the type's id. */
export const ticketRows = (
  event: PickerEvent,
  quantities: Quantities,
  words: BuyWords,
): Readonly<Record<string, TicketRow>> =>
  Object.fromEntries(event.types.map((type) => [type.id, ticketRow(event, quantities, type, words)]))

export function ticketRow(event: PickerEvent, quantities: Quantities, type: PickerType, words: BuyWords): TicketRow {
  const { id, name } = type
  const { nowMinor, wholeMinor } = priceOf(type, event)
  const { buy, common } = words
  const quantity = quantities[id] ?? 0
  const { max } = roomFor(event, quantities, type)
  const price = (amountMinor: number) => priceText({ amountMinor, currency: event.currency }, common)
  return {
    ...{ id, name, quantity, max },
    note: ticketNote(type, event.timeZone, words),
    price: price(nowMinor),
    fee: feeNote(type, event, common),
    was: wholeMinor > nowMinor ? price(wholeMinor) : '',
    isOpen: isOpen(type),
    atLeast: quantity === 0,
    atMost: quantity >= max,
    howMany: fill(buy.howMany, { name }),
    oneFewer: fill(buy.oneFewer, { name }),
    numberOf: fill(buy.numberOf, { name }),
    oneMore: fill(buy.oneMore, { name }),
  }
}
