import type { Category, ServiceFee } from '#domain/catalog.ts'
import type { DemoOrganisation } from '../organisations.ts'
import type { DemoVenueName } from '../venues.ts'

export const demoStates = ['free', 'on_sale', 'nearly_sold_out', 'sold_out', 'not_yet', 'past', 'cancelled'] as const
export type DemoState = (typeof demoStates)[number]

/** Days count from the day of seeding; local times are the venue's. */
export type DemoStart =
  | { readonly day: number; readonly weekday?: Weekday; readonly at: string }
  /** The next of these times that is at least an hour away, so that its door is open now. */
  | { readonly nextOf: readonly [string, ...string[]] }

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun'

export interface DemoTicketType {
  readonly name: string
  readonly description?: string
  readonly priceMinor: number
  /** Names of pools; the event's first when absent. */
  readonly pools?: readonly string[]
  readonly salesFromDay?: number
  readonly salesUntilDay?: number
  readonly maxPerOrder?: number
}

export interface DemoEvent {
  readonly slug: string
  readonly organisation: DemoOrganisation
  readonly venue: DemoVenueName
  readonly category: Category
  readonly name: string
  readonly summary: string
  /** Paragraphs. */
  readonly description: readonly string[]
  readonly start: DemoStart
  /** When it was to start before it was rescheduled. */
  readonly movedFrom?: DemoStart
  readonly hours: number
  readonly doorsMinutesBefore?: number
  /** Capacity by name of pool. */
  readonly pools: Readonly<Record<string, number>>
  readonly ticketTypes: readonly DemoTicketType[]
  readonly state?: DemoState
  readonly accessibility?: string
  readonly performers?: readonly string[]
  readonly refundableUntilHours?: number
  readonly showsRemaining?: boolean
  readonly highDemand?: boolean
  readonly maxPerBuyer?: number
  readonly fee?: ServiceFee
}
