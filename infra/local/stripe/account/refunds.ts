import { z } from 'zod'
import { invalidRequest, noSuch, refused } from '../api/errors.ts'
import { createdRange, email, integer, metadata, paging } from '../api/params.ts'
import { newId } from '../ids.ts'
import { type Change, put } from '../ledger/ledger.ts'
import type { Charge, Refund } from '../ledger/records.ts'
import { formatMoney } from '../money.ts'
import { eventChanges } from '../webhooks/events.ts'
import { BUYER_OR_CLOCK, type Cause, type World } from '../world.ts'
import { behaviourOf } from './cards.ts'
import { newBalanceTransaction } from './charges.ts'

export const refundCreateParams = z.strictObject({
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
  amount: integer(1).optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: metadata.optional(),
  instructions_email: email.optional(),
})

export const refundListParams = z.strictObject({
  ...paging,
  created: createdRange.optional(),
  payment_intent: z.string().optional(),
  charge: z.string().optional(),
})

export function createRefund(world: World, params: z.output<typeof refundCreateParams>, cause: Cause): Refund {
  const charge = chargeToRefund(world, params)
  const left = charge.amount - charge.amount_refunded
  if (isChargedBack(world, charge)) {
    const message = `Charge ${charge.id} has been charged back; cannot issue a refund.`
    throw refused(message, { code: 'charge_disputed' })
  }
  if (left === 0) {
    throw refused(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  }
  const amount = params.amount ?? left
  if (amount > left) throw tooMuch(amount, charge)

  const refund = newRefund(world, charge, amount, params)
  const refunded = withRefunded(charge, amount)
  world.ledger.commit(
    ...payOut(refund),
    put('charges', refunded),
    ...eventChanges(world, cause, 'refund.created', refund),
    ...eventChanges(world, cause, 'charge.refunded', refunded),
    ...(refund.status === 'succeeded' ? eventChanges(world, cause, 'refund.updated', refund) : []),
  )
  return refund
}

/** The bank's late answer about a refund: a pending one succeeds, any one can fail. False when it is already final. */
export function settleRefund(world: World, id: string, isPaid: boolean): boolean {
  const refund = world.ledger.refunds.get(id)
  const charge = world.ledger.charges.get(refund?.charge ?? '')
  if (!refund || !charge) throw noSuch('refund', id)
  if (refund.status === 'failed' || (isPaid && refund.status !== 'pending')) return false
  if (isPaid) {
    const succeeded: Refund = { ...refund, status: 'succeeded' }
    delete succeeded.pending_reason
    world.ledger.commit(put('refunds', succeeded), ...eventChanges(world, BUYER_OR_CLOCK, 'refund.updated', succeeded))
    return true
  }
  const returned = newBalanceTransaction({ ...refund, created: world.clock.now() }, 'refund', refund.amount)
  const failed: Refund = {
    ...refund,
    status: 'failed',
    failure_reason: 'expired_or_canceled_card',
    failure_balance_transaction: returned.id,
  }
  world.ledger.commit(
    put('balanceTransactions', returned),
    put('refunds', failed),
    put('charges', withRefunded(charge, -refund.amount)),
    ...eventChanges(world, BUYER_OR_CLOCK, 'refund.updated', failed),
    ...eventChanges(world, BUYER_OR_CLOCK, 'refund.failed', failed),
  )
  return true
}

function chargeToRefund(world: World, params: z.output<typeof refundCreateParams>): Charge {
  if (params.charge) {
    const charge = world.ledger.charges.get(params.charge)
    if (!charge) throw noSuch('charge', params.charge, 'charge')
    if (!charge.paid) throw refused(`Charge ${charge.id} was not paid; cannot issue a refund.`)
    return charge
  }
  if (!params.payment_intent) {
    throw invalidRequest('One of the following params should be provided for this request: payment_intent or charge.')
  }
  const intent = world.ledger.paymentIntents.get(params.payment_intent)
  if (!intent) throw noSuch('payment_intent', params.payment_intent, 'payment_intent')
  const charge = world.ledger.charges.get(intent.latest_charge ?? '')
  if (!charge?.paid) {
    throw refused(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`)
  }
  return charge
}

/** The money of a dispute that was won is back: it can be refunded again. */
function isChargedBack(world: World, charge: Charge): boolean {
  const disputes = [...world.ledger.disputes.values()].filter((dispute) => dispute.charge === charge.id)
  return disputes.some(({ status }) => status !== 'won')
}

function tooMuch(amount: number, charge: Charge) {
  const left = formatMoney(charge.amount - charge.amount_refunded, charge.currency)
  const against = charge.amount_refunded === 0 ? `charge amount (${left})` : `unrefunded amount on charge (${left})`
  const asked = formatMoney(amount, charge.currency)
  return refused(`Refund amount (${asked}) is greater than ${against}`, { param: 'amount' })
}

function withRefunded(charge: Charge, amount: number): Charge {
  const amountRefunded = charge.amount_refunded + amount
  return { ...charge, amount_refunded: amountRefunded, refunded: amountRefunded === charge.amount }
}

function newRefund(world: World, charge: Charge, amount: number, params: z.output<typeof refundCreateParams>): Refund {
  const isSlow = isRefundSlow(world, charge)
  return {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: newId('txn'),
    charge: charge.id,
    created: world.clock.now(),
    currency: charge.currency,
    customer: null,
    customer_account: null,
    metadata: params.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: isSlow ? 'pending' : 'succeeded',
    transfer_reversal: null,
    ...(isSlow ? { pending_reason: 'processing' as const } : {}),
  }
}

/** A debit is paid back by a bank transfer, and one test card is slow on purpose. */
function isRefundSlow(world: World, charge: Charge): boolean {
  if (charge.payment_method_details.type !== 'card') return true
  const checkout = [...world.ledger.checkouts.values()].find((c) => c.session.payment_intent === charge.payment_intent)
  const behaviour = behaviourOf(checkout?.attempt?.cardNumber ?? '')
  return behaviour.kind === 'pays' && behaviour.isRefundSlow === true
}

function payOut(refund: Refund): Change[] {
  const movement = newBalanceTransaction(refund, 'refund', -refund.amount)
  return [
    put('balanceTransactions', { ...movement, id: refund.balance_transaction ?? movement.id }),
    put('refunds', refund),
  ]
}
