import type Stripe from 'stripe'

/** Stored objects have Stripe's shapes, with references kept as ids; `expand[]` replaces an id by its object on the way out. */
type Stored<T, Refs extends keyof T> = Omit<T, Refs> & { [K in Refs]: Extract<T[K], string | null | undefined> }

export type Session = Omit<Stripe.Checkout.Session, 'payment_intent' | 'amount_total' | 'currency' | 'line_items'> & {
  payment_intent: string | null
  amount_total: number
  currency: string
}

export type LineItem = {
  id: string
  object: 'item'
  amount_discount: number
  amount_subtotal: number
  amount_tax: number
  amount_total: number
  currency: string
  description: string
  metadata: Stripe.Metadata
  price: { id: string; object: 'price'; product: string; unit_amount: number; unit_amount_decimal: string } & Record<
    string,
    unknown
  >
  quantity: number
}

/** What a buyer typed last on the hosted page; kept while 3-D Secure or a bank debit is under way. */
export type Attempt = { email: string; name: string; cardNumber: string | null }

/** A session with what Stripe keeps of it but does not show. */
export type Checkout = {
  id: string
  session: Session
  lineItems: LineItem[]
  intent: { metadata: Stripe.Metadata; description: string | null; receiptEmail: string | null }
  attempt: Attempt | null
  /** How far the clock had been advanced when the session was made: only later advances make it older. */
  agedSecondsAtStart: number
}

export type PaymentIntent = Stored<Stripe.PaymentIntent, 'latest_charge' | 'payment_method' | 'customer'>

export type Charge = Omit<
  Stripe.Charge,
  | 'payment_intent'
  | 'balance_transaction'
  | 'payment_method_details'
  | 'refunds'
  | 'outcome'
  | 'failure_balance_transaction'
> & {
  payment_intent: string
  balance_transaction: string | null
  payment_method_details: { type: string } & Record<string, unknown>
  outcome: Record<string, unknown> | null
  failure_balance_transaction: string | null
}

export type Refund = Omit<
  Stripe.Refund,
  'charge' | 'payment_intent' | 'balance_transaction' | 'failure_balance_transaction' | 'status'
> & {
  charge: string
  payment_intent: string
  balance_transaction: string | null
  failure_balance_transaction?: string
  status: 'pending' | 'succeeded' | 'failed' | 'canceled'
}

export type BalanceTransaction = {
  id: string
  object: 'balance_transaction'
  amount: number
  available_on: number
  created: number
  currency: string
  description: string | null
  exchange_rate: null
  fee: number
  fee_details: { amount: number; currency: string; description: string; type: string }[]
  net: number
  reporting_category: string
  source: string
  status: 'available' | 'pending'
  type: string
}

export type Dispute = {
  id: string
  object: 'dispute'
  amount: number
  charge: string
  created: number
  currency: string
  is_charge_refundable: boolean
  livemode: false
  metadata: Stripe.Metadata
  payment_intent: string
  reason: string
  status: 'needs_response' | 'won' | 'lost'
} & Record<string, unknown>

export type StripeEvent = {
  id: string
  object: 'event'
  api_version: string
  created: number
  data: { object: object; previous_attributes?: object }
  livemode: false
  pending_webhooks: number
  request: { id: string | null; idempotency_key: string | null }
  type: string
}

export type DeliveryAttempt = { at: string; status: number | null; error: string | null; milliseconds: number }

export type Delivery = {
  /** The event's id: there is one delivery for each event. */
  id: string
  state: 'pending' | 'delivered' | 'given_up' | 'discarded'
  attempts: DeliveryAttempt[]
  /** On the simulator's clock, milliseconds. */
  nextAttemptAt: number
  copiesLeft: number
}

/** The first answer to an `Idempotency-Key`. */
export type Answer = {
  id: string
  endpoint: string
  parameters: string
  status: number
  body: object
  requestId: string
  /** Unix time in seconds, aged as the clock was advanced. */
  answeredAt: number
}

export type ClockReading = { id: 'clock'; agedSeconds: number }

export type Records = {
  checkouts: Checkout
  paymentIntents: PaymentIntent
  charges: Charge
  refunds: Refund
  balanceTransactions: BalanceTransaction
  disputes: Dispute
  events: StripeEvent
  deliveries: Delivery
  answers: Answer
  clock: ClockReading
}
