import type { Language } from './languages.ts'
import type { Money } from './money.ts'
import type { Translations } from './translations.ts'

/** UTC, ISO 8601 with milliseconds and `Z`: `2027-03-01T18:30:00.000Z`. Compares as text. */
export type Instant = string

export const categories = [
  'music',
  'theatre',
  'comedy',
  'food-drink',
  'sport',
  'talks',
  'family',
  'arts',
  'festivals',
  'workshops',
] as const
export type Category = (typeof categories)[number]

export interface Organisation {
  readonly id: string
  readonly slug: string
  /** Starts at 1, grows by one with each edit of its words or its colour. */
  readonly version: number
  readonly name: string
  readonly about: string
  /** `#rrggbb` */
  readonly accent: string
  readonly email: string
  readonly website?: string | undefined
  readonly logo?: Picture | undefined
  readonly createdAt: Instant
}

export const roles = ['owner', 'manager', 'finance', 'door'] as const
export type Role = (typeof roles)[number]

export interface Membership {
  readonly organisationId: string
  readonly email: string
  readonly role: Role
}

export interface Venue {
  readonly name: string
  readonly street: string
  readonly postalCode: string
  readonly city: string
  readonly citySlug: string
  /** ISO 3166-1 alpha-2 */
  readonly country: string
  readonly latitude?: number | undefined
  readonly longitude?: number | undefined
}

/** Percent of the width from the left and of the height from the top, whole: what stays in sight when a picture is cut. */
export interface FocalPoint {
  readonly x: number
  readonly y: number
}

export interface Picture {
  /** Site path of the files without their `-WIDTH.EXT` ending: `/media/evt_…/upl_…`. */
  readonly base: string
  /** Widths in pixels, ascending, that exist as `BASE-WIDTH.avif`, `.webp` and `.jpg`. */
  readonly widths: readonly number[]
  readonly aspectRatio: number
  readonly alt: string
  /** `#rrggbb`, painted until the picture arrives. */
  readonly colour: string
  /** Absent: the middle. */
  readonly focus?: FocalPoint | undefined
}

/** Capacity shared by one or more ticket types. */
export interface Pool {
  readonly id: string
  readonly name: string
  readonly capacity: number
  /** 1 for most, up to 32 for an event flagged as high demand. */
  readonly shards: number
}

/** A price of a ticket type for a while. The first phase that is not over sells; after the last one the type's own price does. */
export interface PricePhase {
  /** Unique within its type: `Early bird`. */
  readonly name: string
  readonly priceMinor: number
  /** From then on the next phase sells. */
  readonly endsAt?: Instant | undefined
  /** An allotment: the phase sells until this pool is empty, which is taken from beside the type's own pools. */
  readonly poolId?: string | undefined
}

/** How a fee or a tax reaches the buyer: within the price that he sees, or on top of it. */
export const chargeModes = ['inclusive', 'added'] as const
export type ChargeMode = (typeof chargeModes)[number]

/** Of each ticket that costs something: a fixed part and a share of its price. */
export interface ServiceFee {
  readonly fixedMinor: number
  /** Hundredths of a percent. */
  readonly basisPoints: number
  readonly mode: ChargeMode
}

/** On tickets and added fees, rounded once a line. */
export interface Tax {
  /** As the buyer knows it: `VAT`. */
  readonly name: string
  readonly basisPoints: number
  readonly mode: ChargeMode
}

export interface TicketType {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly priceMinor: number
  /** Every pool named here must have room. At least one. */
  readonly poolIds: readonly string[]
  readonly salesStartAt?: Instant | undefined
  readonly salesEndAt?: Instant | undefined
  readonly maxPerOrder: number
  readonly hidden: boolean
  /** One after the other; absent: one price for all time. */
  readonly phases?: readonly PricePhase[] | undefined
}

export type EventStatus = 'draft' | 'published' | 'cancelled'

/** What the public page says; moved by sales and by the clock, so that its bytes stay true. */
export const saleStates = ['on_sale', 'low', 'sold_out', 'not_yet', 'ended', 'cancelled'] as const
export type SaleState = (typeof saleStates)[number]

/** Until how many hours before the start a buyer may cancel and be refunded; null: not at all. */
export interface CancellationPolicy {
  readonly refundableUntilHours: number | null
}

/** One item in the catalog: the event with its ticket types and pools, edited and versioned as a whole. */
export interface EventRecord {
  readonly id: string
  readonly organisationId: string
  readonly organiser: { readonly slug: string; readonly name: string; readonly accent: string }
  readonly slug: string
  /** Addresses that it had, the latest first: they lead to the present one. */
  readonly formerSlugs?: readonly string[] | undefined
  /** Starts at 1, grows by one with each accepted edit; an edit carries the version it read. */
  readonly version: number
  readonly status: EventStatus
  readonly saleState: SaleState
  /** In which the words here are written; absent: the site's own. */
  readonly language?: Language | undefined
  /** The same words in further languages. */
  readonly translations?: Translations | undefined
  readonly name: string
  readonly summary: string
  readonly description: string
  readonly category: Category
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly doorsAt?: Instant | undefined
  /** IANA name */
  readonly timeZone: string
  /** ISO 4217; one for the whole event. */
  readonly currency: string
  readonly venue: Venue
  readonly picture: Picture | null
  readonly accessibility: string
  /** Names as they bill themselves, in every language the same; absent: none are named. */
  readonly performers?: readonly string[] | undefined
  readonly cancellation: CancellationPolicy
  readonly showsRemaining: boolean
  readonly highDemand: boolean
  /** Over all lines of one order. */
  readonly maxPerOrder: number
  /** Over all orders of one e-mail address; null: no limit. */
  readonly maxPerBuyer: number | null
  readonly fee?: ServiceFee | undefined
  readonly tax?: Tax | undefined
  readonly ticketTypes: readonly TicketType[]
  readonly pools: readonly Pool[]
  /** Pools that had no place left when sales last moved what the page says; absent: none. */
  readonly emptyPoolIds?: readonly string[] | undefined
  /** When it was to start before it was rescheduled in public, earliest decision first; absent: it never was. */
  readonly previousStarts?: readonly Instant[] | undefined
  readonly createdAt: Instant
  /** Of the last write, by whomever. */
  readonly updatedAt: Instant
  /** When what its page says last changed; absent: with the last write. */
  readonly changedAt?: Instant | undefined
  /** First publication; absent while it never was. */
  readonly publishedAt?: Instant | undefined
}

/** What a listing shows of an event; written in the same transaction as the event itself. */
export interface ListingCard {
  readonly eventId: string
  readonly slug: string
  /** In which the card is written. */
  readonly language: Language
  /** In which the event is offered, its own first. */
  readonly languages: readonly Language[]
  readonly name: string
  readonly summary: string
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly timeZone: string
  readonly venueName: string
  readonly city: string
  readonly citySlug: string
  readonly category: Category
  readonly organiser: { readonly slug: string; readonly name: string }
  /** Of the cheapest public ticket type that costs anything, as of `updatedAt`: 0 when none does, null when there is none. */
  readonly priceFrom: Money | null
  readonly picture: Picture | null
  readonly saleState: SaleState
  /** The event's; a calendar that holds an older one replaces its entry. */
  readonly version: number
  readonly publishedAt: Instant
  readonly updatedAt: Instant
  /** When what the event's page says last changed. */
  readonly changedAt: Instant
}
