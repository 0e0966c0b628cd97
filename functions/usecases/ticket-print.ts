import type { Language } from '#domain/languages.ts'
import type { Money } from '#domain/money.ts'

/** Everything that stands on a printed ticket. Names are plain text as people typed them. */
export interface TicketPrint {
  /** Base45, as `encodeTicketCode` writes it. */
  readonly code: string
  readonly ticketId: string
  readonly orderId: string
  readonly eventName: string
  /** UTC, ISO 8601; shown in `timeZone`. */
  readonly startsAt: string
  readonly endsAt: string
  readonly doorsAt?: string | undefined
  /** IANA zone of the venue. */
  readonly timeZone: string
  readonly venueName: string
  readonly address: string
  readonly ticketTypeName: string
  readonly attendeeName: string
  readonly price: Money
  readonly organiserName: string
  /** `#rrggbb` */
  readonly accent: string
  /** Of everything on it that nobody typed; absent: English. */
  readonly language?: Language
  /** BCP 47, for dates and money. */
  readonly locale: string
}
