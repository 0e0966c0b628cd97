import { newId } from '../ids.ts'
import type { Charge, Checkout, PaymentIntent } from '../ledger/records.ts'

/** The PaymentIntent that Checkout makes when a buyer first presses Pay. */
export function newIntent({ session, intent }: Checkout, created: number): PaymentIntent {
  const id = newId('pi')
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: session.amount_total,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: `${id}_${newId('secret')}`,
    confirmation_method: 'automatic',
    created,
    currency: session.currency,
    customer: null,
    customer_account: null,
    description: intent.description,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: intent.metadata,
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: null,
    payment_method_types: ['card'],
    payment_record: null,
    processing: null,
    receipt_email: intent.receiptEmail,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  }
}

export function declinedIntent(
  intent: PaymentIntent,
  refusal: { code: string; declineCode: string | null; message: string },
  charge: Charge | null,
): PaymentIntent {
  return {
    ...intent,
    status: 'requires_payment_method',
    latest_charge: charge?.id ?? intent.latest_charge,
    payment_method: null,
    last_payment_error: {
      type: 'card_error',
      code: refusal.code,
      message: refusal.message,
      ...(refusal.declineCode ? { decline_code: refusal.declineCode } : {}),
      ...(charge ? { charge: charge.id } : {}),
    },
  }
}
