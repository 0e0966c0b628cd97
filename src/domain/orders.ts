import type { Instant, ServiceFee, Tax } from './catalog.ts'
import type { Language } from './languages.ts'
import type { Money } from './money.ts'

export const maxTicketsPerOrder = 50

/** DynamoDB's limit for one transaction. */
const mostInTransaction = 100
/** The order itself, its buyer's limit, its discount code and the statistics of its day. */
const besideTicketsAndStock = 4

/**
 * From how many shards an order may take its stock. Whatever becomes of it, sale, refund or end, is one transaction of each of these
 * shards and each of its tickets: one that was held from more could never be sold.
 */
export const maxShardsOfOrder = (tickets: number): number => mostInTransaction - besideTicketsAndStock - tickets

export const orderStatuses = ['held', 'paid', 'partly_refunded', 'refunded', 'cancelled', 'expired'] as const
export type OrderStatus = (typeof orderStatuses)[number]

/** What of a line's total is not the organiser's price, and what a code took off it. Inclusive parts lie within the price. */
export interface LineCharges {
  readonly discountMinor: number
  readonly feeMinor: number
  readonly taxMinor: number
}

/** Tickets of one type at one price. A type whose price phase ends within an order has two lines. */
export interface OrderLine {
  /** The ticket type's name in the order's language, where that is not the event's own. */
  readonly shownAs?: string | undefined
  readonly ticketTypeId: string
  readonly ticketTypeName: string
  /** The price phase, where the type has several. */
  readonly phase?: string | undefined
  readonly quantity: number
  /** Copied from the catalog when the hold was made; a later price change does not touch it. */
  readonly unitPriceMinor: number
  /** Everything that the line costs: discounted, with added fees and taxes. */
  readonly totalMinor: number
  /** Absent: nothing but the price. */
  readonly charges?: LineCharges | undefined
  readonly poolIds: readonly string[]
}

/** Which shard of which pool this order took stock from, so that giving back reverses exactly that. */
export interface StockTaken {
  readonly poolId: string
  readonly shard: number
  readonly quantity: number
}

/** The uses of a discount code that an order keeps while it is held or paid. */
export interface CodeUse {
  readonly code: string
  /** One for each ticket that the code made cheaper or unlocked. */
  readonly uses: number
  readonly discountMinor: number
}

/**
 * `no_tickets`: a payment that came too late. `duplicate`: a second payment of one order. `at_provider`: made in the payment
 * provider's own dashboard. The others: by whose wish, or because the event is cancelled.
 */
export const refundCauses = [
  'no_tickets',
  'duplicate',
  'requested',
  'by_organiser',
  'at_provider',
  'event_cancelled',
] as const
export type RefundCause = (typeof refundCauses)[number]

export interface Refund {
  /** Ours; also what makes a repeat at the payment provider harmless. */
  readonly id: string
  /** The payment provider's id; null until it has answered. */
  readonly providerId: string | null
  /** The payment that goes back; null where tickets ended and no money was left to go back. */
  readonly paymentIntentId: string | null
  readonly amountMinor: number
  /** A pending refund counts as refunded. */
  readonly status: 'pending' | 'succeeded' | 'failed'
  readonly cause: RefundCause
  /** In words, for the buyer and for the books. */
  readonly reason: string
  readonly at: Instant
  /** The tickets that ended with it; an amount ends none. */
  readonly ticketIds?: readonly string[] | undefined
  /** It is owed again after a refusal, now that so many won disputes and refunds in the dashboard are known. */
  readonly afterNews?: number | undefined
  /** Who asked, under which key and for what: a repeat of the request finds this refund. */
  readonly request?: { readonly key: string; readonly hash: string } | undefined
}

/** `inquiry`: the bank asks, the money stays. `open`: the bank has taken the money until it decides. */
export const disputeStatuses = ['inquiry', 'open', 'won', 'lost'] as const
export type DisputeStatus = (typeof disputeStatuses)[number]

/** A buyer's complaint at his bank about the payment. */
export interface Dispute {
  readonly providerId: string
  readonly paymentIntentId: string
  readonly amountMinor: number
  readonly status: DisputeStatus
  /** The provider's word for it, such as `fraudulent`. */
  readonly reason: string
  readonly at: Instant
}

/** The hosted payment page of an order and what came of it. */
export interface Payment {
  /** Grows by one when a page died before the hold did, and a new one had to be opened. */
  readonly attempt: number
  readonly sessionId: string
  readonly url: string
  readonly paymentIntentId?: string | undefined
  readonly paidAt?: Instant | undefined
  /** The buyer has done his part and his bank is still at work: the stock stays held until it answers. */
  readonly isProcessing?: boolean | undefined
}

export interface Attendee {
  readonly name: string
  readonly email?: string | undefined
}

/** What a buyer said when he ordered to something that the organiser asks. */
export interface Answer {
  readonly question: string
  readonly answer: string
}

export interface Order {
  readonly id: string
  /** Starts at 1, grows by one with each change; a change carries the version it was decided on. */
  readonly version: number
  readonly eventId: string
  readonly eventName: string
  /** IANA zone of the event: statistics count by its days. */
  readonly timeZone: string
  readonly organisationId: string
  readonly status: OrderStatus
  readonly buyer: { readonly name: string; readonly email: string }
  /** That he bought in: mails, tickets and links follow it. Absent: the site's own. */
  readonly language?: Language | undefined
  readonly attendees: readonly Attendee[]
  readonly answers?: readonly Answer[] | undefined
  readonly lines: readonly OrderLine[]
  readonly total: Money
  readonly fee?: ServiceFee | undefined
  readonly tax?: Tax | undefined
  readonly discountCode?: CodeUse | undefined
  readonly stock: readonly StockTaken[]
  readonly ticketIds: readonly string[]
  /** It counts toward the event's limit of tickets per buyer. */
  readonly isBuyerLimited: boolean
  readonly holdExpiresAt: Instant
  readonly holdExtended: boolean
  readonly payment: Payment | null
  readonly refunds: readonly Refund[]
  readonly disputes: readonly Dispute[]
  /** Whose act ended a cancelled order that had been paid. */
  readonly cancelledBy?: 'buyer' | 'organiser' | 'event' | undefined
  /** SHA-256 of the request that made it: the same key with another request is refused. */
  readonly requestHash: string
  /** From when the sweeper must look at it again; null: never. */
  readonly dueAt: Instant | null
  readonly createdAt: Instant
  readonly updatedAt: Instant
}

export type TicketStatus = 'valid' | 'revoked'

export interface Ticket {
  readonly id: string
  readonly orderId: string
  readonly eventId: string
  readonly ticketTypeId: string
  readonly ticketTypeName: string
  readonly attendeeName: string
  readonly attendeeEmail: string
  readonly price: Money
  readonly status: TicketStatus
  /** The scan that admitted it. */
  readonly admission: Admission | null
  readonly createdAt: Instant
}

export interface Admission {
  readonly scanId: string
  readonly at: Instant
  readonly gate: string
}
