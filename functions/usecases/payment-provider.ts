import type { Instant } from '#domain/catalog.ts'
import type { Language } from '#domain/languages.ts'
import type { Money } from '#domain/money.ts'
import type { Dispute, Refund } from '#domain/orders.ts'

/** Who takes the money. Every act may be repeated: a repeat answers as the first did. */
export interface PaymentProvider {
  openCheckout(request: CheckoutRequest): Promise<Checkout>
  readCheckout(sessionId: string): Promise<Checkout>
  /** Closes an open payment page for good; answers what became of it, which may be that it was paid a moment ago. */
  closeCheckout(sessionId: string): Promise<Checkout>
  /** @throws RefundRefused when it can never be made. */
  refund(request: RefundRequest): Promise<Pick<Refund, 'status'> & { readonly providerId: string }>
  readRefund(providerId: string): Promise<Pick<Refund, 'status'> & { readonly providerId: string }>
  /** Null for a body that the provider has not signed, or not lately. */
  /** Some events say too little by themselves: then the provider is asked. */
  readEvent(rawBody: string, signature: string): Promise<PaymentEvent | null>
}

/** The provider will never make this refund: the money has gone back in another way, or the bank holds it. */
export class RefundRefused extends Error {}

/** The provider does not answer, or answers that it cannot: nothing is known of what was asked. */
export class PaymentUnavailable extends Error {}

export interface CheckoutRequest {
  readonly orderId: string
  /** Grows when a page died before its hold: a repeat of one attempt finds the page of that attempt. */
  readonly attempt: number
  readonly lines: readonly { readonly name: string; readonly quantity: number; readonly unitPriceMinor: number }[]
  readonly total: Money
  readonly buyerEmail: string
  /** Of the payment page. */
  readonly language?: Language
  readonly successUrl: string
  readonly cancelUrl: string
  readonly expiresAt: Instant
}

export interface Checkout {
  readonly sessionId: string
  /** Null once it is closed. */
  readonly url: string | null
  readonly orderId: string | null
  /** `processing`: the buyer is done and his bank is not. `closed`: it will never be paid. */
  readonly state: 'open' | 'processing' | 'paid' | 'closed'
  readonly amount: Money
  readonly paymentIntentId: string | null
}

export interface RefundRequest {
  readonly orderId: string
  readonly refundId: string
  readonly paymentIntentId: string
  readonly amount: Money
  /** Nobody can have asked before: what a repeat must be known by depends on how long ago that is. */
  readonly owedSince: Instant
}

export type ForeignRefund = Pick<Refund, 'status' | 'amountMinor'> & { readonly providerId: string }

export type PaymentEvent =
  | { readonly kind: 'checkout'; readonly checkout: Checkout }
  | {
      readonly kind: 'refund'
      readonly orderId: string
      readonly refundId: string
      readonly refund: Pick<Refund, 'status'> & { readonly providerId: string }
    }
  /** Refunds of one payment that were not made by us, as they stand now. */
  | {
      readonly kind: 'refunds'
      readonly orderId: string
      readonly paymentIntentId: string
      readonly refunds: readonly ForeignRefund[]
    }
  | { readonly kind: 'dispute'; readonly orderId: string; readonly dispute: Omit<Dispute, 'at'> }
  | { readonly kind: 'other'; readonly type: string }
