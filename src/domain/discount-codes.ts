import type { EventRecord, Instant, TicketType } from './catalog.ts'
import { shareOf, smallestStepMinor } from './charges.ts'
import type { FieldProblem } from './event-problems.ts'
import type { CodeUse } from './orders.ts'

export type Discount =
  | { readonly kind: 'percent'; readonly basisPoints: number }
  /** Off each ticket, at most its price. */
  | { readonly kind: 'fixed'; readonly amountMinor: number }
  /** Unlocks hidden ticket types and nothing else. */
  | { readonly kind: 'none' }

export interface DiscountCodeInput {
  readonly discount: Discount
  /** Hidden ticket types that may be bought with it. */
  readonly unlocks: readonly string[]
  /** The types it makes cheaper; null: all that it may be used for. */
  readonly ticketTypeIds: readonly string[] | null
  /** In tickets; null: no limit. */
  readonly maxUses: number | null
  /** The most that it may take off over all orders; null: no limit. */
  readonly budgetMinor: number | null
  readonly validFrom: Instant | null
  readonly validUntil: Instant | null
}

export interface DiscountCode extends DiscountCodeInput {
  readonly eventId: string
  /** Canonical, see `canonicalCode`. */
  readonly code: string
  /** Starts at 1, grows by one with each edit. */
  readonly version: number
  /** Held and sold tickets that it was used for; moved by the transactions that hold and give back. */
  readonly uses: number
  readonly spentMinor: number
}

/** As it is stored and compared: people type codes in any case and with spaces around. */
export const canonicalCode = (typed: string): string => typed.trim().toUpperCase()
export const codePattern = /^[A-Z0-9][A-Z0-9_-]{2,39}$/

export const isUnlockedBy = (code: DiscountCode | null, type: TicketType): boolean =>
  code?.unlocks.includes(type.id) ?? false

export const appliesTo = (code: DiscountCode, type: TicketType): boolean =>
  code.ticketTypeIds === null ? true : code.ticketTypeIds.includes(type.id)

export function isValidAt({ validFrom, validUntil }: DiscountCodeInput, now: Instant): boolean {
  return (validFrom === null || now >= validFrom) && (validUntil === null || now < validUntil)
}

/** Off one ticket at this price. */
export function discountOf({ discount }: DiscountCodeInput, priceMinor: number, currency: string): number {
  if (discount.kind === 'none') return 0
  if (discount.kind === 'fixed') return Math.min(discount.amountMinor, priceMinor)
  return Math.min(shareOf(priceMinor, discount.basisPoints, 10_000, smallestStepMinor(currency)), priceMinor)
}

/** Whether the code, as it was read, still has room for an order. The transaction that holds decides again. */
export function hasRoomFor({ maxUses, budgetMinor, uses, spentMinor }: DiscountCode, use: CodeUse): boolean {
  const isWithinUses = maxUses === null || uses + use.uses <= maxUses
  return isWithinUses && (budgetMinor === null || spentMinor + use.discountMinor <= budgetMinor)
}

export function codeProblems(input: DiscountCodeInput, event: EventRecord): FieldProblem[] {
  const problems: FieldProblem[] = []
  const expect = (holds: boolean, field: string, message: string) => {
    if (!holds) problems.push({ field, message })
  }
  const known = new Set(event.ticketTypes.map(({ id }) => id))
  const { discount, unlocks, ticketTypeIds, validFrom, validUntil } = input
  expect(discount.kind !== 'none' || unlocks.length > 0, 'discount', 'takes nothing off and unlocks nothing')
  const step = smallestStepMinor(event.currency)
  expect(
    discount.kind !== 'fixed' || discount.amountMinor % step === 0,
    'discount.amountMinor',
    `must be a multiple of ${step}`,
  )
  expect(
    unlocks.every((id) => known.has(id)),
    'unlocks',
    'names a ticket type that this event does not have',
  )
  expect(
    (ticketTypeIds ?? []).every((id) => known.has(id)),
    'ticketTypeIds',
    'names a ticket type that this event does not have',
  )
  expect(ticketTypeIds === null || ticketTypeIds.length > 0, 'ticketTypeIds', 'names no ticket type')
  expect(!validFrom || !validUntil || validFrom < validUntil, 'validUntil', 'must be after its start')
  return problems
}
