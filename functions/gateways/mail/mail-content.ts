import type { Tax } from '#domain/catalog.ts'
import type { Money } from '#domain/money.ts'
import type { CodeUse, LineCharges } from '#domain/orders.ts'
import type { EventTimes } from '../event-wording.ts'

/** What every template answers: a subject on one line and two readings of the same words. */
export interface MailContent {
  readonly subject: string
  readonly text: string
  readonly html: string
}

/** What a mail says of an event. Names are plain text as people typed them. */
export interface MailEvent extends EventTimes {
  readonly name: string
  readonly venueName: string
  readonly address: string
  readonly organiserName: string
  /** `#rrggbb` */
  readonly accent: string
}

/**
 * What a mail says of an order. The buyer's and attendees' names are left out on purpose: anyone can type a name, a link inside it
 * and somebody else's address, and our mail would carry it there.
 */
export interface MailOrder {
  readonly id: string
  readonly lines: readonly {
    readonly ticketTypeName: string
    readonly phase?: string | undefined
    readonly quantity: number
    readonly totalMinor: number
    readonly charges?: LineCharges | undefined
  }[]
  readonly discountCode?: CodeUse | undefined
  readonly tax?: Tax | undefined
  readonly total: Money
  /** Absolute, with the buyer's key. */
  readonly url: string
}

/** The buyer's. */
export type { Language } from '#domain/languages.ts'
