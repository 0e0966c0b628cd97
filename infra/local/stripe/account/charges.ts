import { newId } from '../ids.ts'
import type { Attempt, BalanceTransaction, Charge, PaymentIntent } from '../ledger/records.ts'
import { fractionDigits } from '../money.ts'
import { brandOf } from './cards.ts'
import { debitAmong } from './payment-methods.ts'

const FEE_PERMILLE = 29
const FIXED_FEE_MINOR = 30
const DAYS_UNTIL_AVAILABLE = 2

export function chargeFor(
  intent: PaymentIntent,
  attempt: Attempt,
  created: number,
): { charge: Charge; balanceTransaction: BalanceTransaction } {
  const draft = newCharge(intent, attempt, created)
  const fixed = fractionDigits(intent.currency) === 2 ? FIXED_FEE_MINOR : 0
  const fee = Math.round((intent.amount * FEE_PERMILLE) / 1000) + fixed
  const balanceTransaction = newBalanceTransaction(draft, 'charge', intent.amount, fee)
  const charge: Charge = {
    ...draft,
    amount_captured: intent.amount,
    balance_transaction: balanceTransaction.id,
    captured: true,
    outcome: {
      ...{
        advice_code: null,
        network_advice_code: null,
        network_decline_code: null,
        network_status: 'approved_by_network',
      },
      ...{ reason: null, risk_level: 'normal', seller_message: 'Payment complete.', type: 'authorized' },
    },
    paid: true,
    status: 'succeeded',
  }
  return { charge, balanceTransaction }
}

export function failedChargeFor(
  intent: PaymentIntent,
  attempt: Attempt,
  refusal: { code: string; declineCode: string | null; message: string },
  created: number,
): Charge {
  return {
    ...newCharge(intent, attempt, created),
    failure_code: refusal.code,
    failure_message: refusal.message,
    outcome: {
      ...{ network_status: 'declined_by_network', reason: refusal.declineCode, risk_level: 'normal' },
      ...{ seller_message: 'The bank did not accept the payment.', type: 'issuer_declined' },
    },
    status: 'failed',
  }
}

/** A movement on the account's balance; money that leaves has a negative amount. */
export function newBalanceTransaction(
  source: { id: string; created: number; currency: string },
  type: 'charge' | 'refund' | 'adjustment',
  amount: number,
  fee = 0,
): BalanceTransaction {
  const { currency, created } = source
  return {
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: created + DAYS_UNTIL_AVAILABLE * 86_400,
    created,
    currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0 ? [] : [{ amount: fee, currency, description: 'Stripe processing fees', type: 'stripe_fee' }],
    net: amount - fee,
    reporting_category: type === 'adjustment' ? 'dispute' : type,
    source: source.id,
    status: 'pending',
    type,
  }
}

function newCharge(intent: PaymentIntent, attempt: Attempt, created: number): Charge {
  return {
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: { address: null, email: attempt.email, name: attempt.name, phone: null, tax_id: null },
    calculated_statement_descriptor: 'SIMULATOR',
    captured: false,
    created,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: newId('pm'),
    payment_method_details: paymentMethodDetails(attempt, debitAmong(intent.payment_method_types)),
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'pending',
    transfer_data: null,
    transfer_group: null,
  }
}

function paymentMethodDetails({ cardNumber }: Attempt, debit = 'sepa_debit'): Charge['payment_method_details'] {
  if (!cardNumber) return { type: debit, [debit]: { last4: '3000' } }
  const brand = brandOf(cardNumber)
  return {
    type: 'card',
    card: {
      ...{ brand, country: 'US', funding: 'credit', network: brand, last4: cardNumber.slice(-4) },
      ...{ checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' }, wallet: null },
    },
  }
}
