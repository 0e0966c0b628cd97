import { noSuch, refused } from '../api/errors.ts'
import { newId } from '../ids.ts'
import { type Change, put } from '../ledger/ledger.ts'
import type { Dispute } from '../ledger/records.ts'
import { eventChanges } from '../webhooks/events.ts'
import { BUYER_OR_CLOCK, type World } from '../world.ts'

const DAYS_TO_ANSWER = 7

/** The buyer asks his bank for the money back; only a paid charge that is not yet disputed can be. */
export function disputeChanges(world: World, paymentIntentId: string, reason: string): Change[] {
  const intent = world.ledger.paymentIntents.get(paymentIntentId)
  const charge = world.ledger.charges.get(intent?.latest_charge ?? '')
  if (!charge?.paid) throw noSuch('payment_intent', paymentIntentId, 'payment_intent')
  if (charge.disputed) throw refused(`Charge ${charge.id} is already disputed.`, { code: 'charge_disputed' })
  const now = world.clock.now()
  const dispute: Dispute = {
    id: newId('du'),
    object: 'dispute',
    amount: charge.amount - charge.amount_refunded,
    balance_transactions: [],
    charge: charge.id,
    created: now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: {},
    evidence_details: {
      due_by: now + DAYS_TO_ANSWER * 86_400,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason,
    status: 'needs_response',
  }
  return [
    put('disputes', dispute),
    put('charges', { ...charge, disputed: true }),
    ...eventChanges(world, BUYER_OR_CLOCK, 'charge.dispute.created', dispute),
    ...eventChanges(world, BUYER_OR_CLOCK, 'charge.dispute.funds_withdrawn', dispute),
  ]
}

export function closeDispute(world: World, id: string, outcome: 'won' | 'lost'): Dispute {
  const dispute = world.ledger.disputes.get(id)
  if (!dispute) throw noSuch('dispute', id)
  if (dispute.status !== 'needs_response') throw refused(`Dispute ${id} is already ${dispute.status}.`)
  const closed: Dispute = { ...dispute, status: outcome }
  const moneyIsBack = eventChanges(world, BUYER_OR_CLOCK, 'charge.dispute.funds_reinstated', closed)
  world.ledger.commit(
    put('disputes', closed),
    ...eventChanges(world, BUYER_OR_CLOCK, 'charge.dispute.closed', closed),
    ...(outcome === 'won' ? moneyIsBack : []),
  )
  return closed
}
