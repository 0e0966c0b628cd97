import { type Change, put } from '../ledger/ledger.ts'
import type { Attempt, Checkout, PaymentIntent } from '../ledger/records.ts'
import { eventChanges } from '../webhooks/events.ts'
import { BUYER_OR_CLOCK, type World } from '../world.ts'
import { behaviourOf, type CardBehaviour, NOT_AUTHENTICATED } from './cards.ts'
import { chargeFor, failedChargeFor } from './charges.ts'
import { disputeChanges } from './disputes.ts'
import { declinedIntent, newIntent } from './intents.ts'
import { debitAmong } from './payment-methods.ts'
import { customerDetails } from './session-object.ts'

export type PaymentOutcome = { kind: 'paid' } | { kind: 'needs_3d_secure' } | { kind: 'declined'; message: string }

/** Tries to pay an open session; the caller has made sure that it is open. */
export function payByCard(world: World, checkout: Checkout, attempt: Attempt & { cardNumber: string }): PaymentOutcome {
  return attemptPayment(world, { ...checkout, attempt }, behaviourOf(attempt.cardNumber))
}

/** The buyer's answer to the 3-D-Secure question that `payByCard` asked. */
export function answer3dSecure(world: World, checkout: Checkout, isRecognised: boolean): PaymentOutcome {
  const behaviour = behaviourOf(checkout.attempt?.cardNumber ?? '')
  if (behaviour.kind !== 'asks_for_3d_secure') throw new Error(`${checkout.id} does not wait for 3-D Secure`)
  if (isRecognised) return attemptPayment(world, checkout, behaviour.afterwards)
  const { intent, changes } = intentOf(world, checkout)
  const refusal = { code: 'payment_intent_authentication_failure', declineCode: null, message: NOT_AUTHENTICATED }
  const failed = declinedIntent(intent, refusal, null)
  world.ledger.commit(
    ...changes,
    put('paymentIntents', failed),
    ...buyerEvent(world, 'payment_intent.payment_failed', failed),
  )
  return { kind: 'declined', message: NOT_AUTHENTICATED }
}

export function isWaitingFor3dSecure(world: World, { session }: Checkout): boolean {
  const intent = session.payment_intent ? world.ledger.paymentIntents.get(session.payment_intent) : undefined
  return session.status === 'open' && intent?.status === 'requires_action'
}

/** A debit is promised at once and paid, or not, days later: see `settleDebit`. */
export function payByDebit(world: World, checkout: Checkout, attempt: Attempt) {
  const { intent, changes, checkout: linked } = intentOf(world, { ...checkout, attempt })
  const debit = debitAmong(checkout.session.payment_method_types) ?? 'sepa_debit'
  const processing: PaymentIntent = { ...intent, status: 'processing', payment_method_types: [debit] }
  const completed = completedCheckout(linked, attempt, 'unpaid')
  world.ledger.commit(
    ...changes,
    put('paymentIntents', processing),
    put('checkouts', completed),
    ...buyerEvent(world, 'payment_intent.processing', processing),
    ...buyerEvent(world, 'checkout.session.completed', completed.session),
  )
}

/** The bank's late answer to a debit. False when the session waits for none. */
export function settleDebit(world: World, checkout: Checkout, isPaid: boolean): boolean {
  const { intent, changes } = intentOf(world, checkout)
  const { attempt } = checkout
  if (intent.status !== 'processing' || !attempt) return false
  if (isPaid) {
    const paid: Checkout = { ...checkout, session: { ...checkout.session, payment_status: 'paid' } }
    world.ledger.commit(
      ...changes,
      ...collect(world, intent, attempt),
      put('checkouts', paid),
      ...buyerEvent(world, 'checkout.session.async_payment_succeeded', paid.session),
    )
    return true
  }
  const refusal = {
    code: 'payment_intent_payment_attempt_failed',
    declineCode: null,
    message: 'The bank returned the debit.',
  }
  world.ledger.commit(
    ...changes,
    ...fail(world, intent, attempt, refusal),
    ...buyerEvent(world, 'checkout.session.async_payment_failed', checkout.session),
  )
  return true
}

function attemptPayment(world: World, checkout: Checkout, behaviour: CardBehaviour): PaymentOutcome {
  const { attempt } = checkout
  if (!attempt) throw new Error(`${checkout.id} has no payment attempt`)
  const { intent, changes, checkout: linked } = intentOf(world, checkout)
  switch (behaviour.kind) {
    case 'asks_for_3d_secure': {
      const asking: PaymentIntent = { ...intent, status: 'requires_action', last_payment_error: null }
      const event = buyerEvent(world, 'payment_intent.requires_action', asking)
      world.ledger.commit(...changes, put('checkouts', linked), put('paymentIntents', asking), ...event)
      return { kind: 'needs_3d_secure' }
    }
    case 'declines':
      world.ledger.commit(...changes, put('checkouts', linked), ...fail(world, intent, attempt, behaviour))
      return { kind: 'declined', message: behaviour.message }
    case 'pays': {
      const completed = completedCheckout(linked, attempt, 'paid')
      world.ledger.commit(
        ...changes,
        ...collect(world, intent, attempt),
        put('checkouts', completed),
        ...buyerEvent(world, 'checkout.session.completed', completed.session),
      )
      if (behaviour.isDisputed) world.ledger.commit(...disputeChanges(world, intent.id, 'fraudulent'))
      return { kind: 'paid' }
    }
  }
}

function intentOf(world: World, checkout: Checkout): { intent: PaymentIntent; changes: Change[]; checkout: Checkout } {
  const existing = world.ledger.paymentIntents.get(checkout.session.payment_intent ?? '')
  if (existing) return { intent: existing, changes: [], checkout }
  const intent = newIntent(checkout, world.clock.now())
  return {
    intent,
    changes: [put('paymentIntents', intent), ...buyerEvent(world, 'payment_intent.created', intent)],
    checkout: { ...checkout, session: { ...checkout.session, payment_intent: intent.id } },
  }
}

function collect(world: World, intent: PaymentIntent, attempt: Attempt): Change[] {
  const { charge, balanceTransaction } = chargeFor(intent, attempt, world.clock.now())
  const succeeded: PaymentIntent = {
    ...intent,
    status: 'succeeded',
    amount_received: intent.amount,
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
  }
  return [
    put('balanceTransactions', balanceTransaction),
    put('charges', charge),
    put('paymentIntents', succeeded),
    ...buyerEvent(world, 'charge.succeeded', charge),
    ...buyerEvent(world, 'payment_intent.succeeded', succeeded),
  ]
}

type Refusal = { code: string; declineCode: string | null; message: string }

function fail(world: World, intent: PaymentIntent, attempt: Attempt, refusal: Refusal): Change[] {
  const charge = failedChargeFor(intent, attempt, refusal, world.clock.now())
  const failed = declinedIntent(intent, refusal, charge)
  return [
    put('charges', charge),
    put('paymentIntents', failed),
    ...buyerEvent(world, 'charge.failed', charge),
    ...buyerEvent(world, 'payment_intent.payment_failed', failed),
  ]
}

function completedCheckout(checkout: Checkout, attempt: Attempt, paymentStatus: 'paid' | 'unpaid'): Checkout {
  return {
    ...checkout,
    session: {
      ...checkout.session,
      status: 'complete',
      payment_status: paymentStatus,
      customer_details: customerDetails(attempt.email, attempt.name),
      url: null,
    },
  }
}

const buyerEvent = (world: World, type: string, object: object) => eventChanges(world, BUYER_OR_CLOCK, type, object)
