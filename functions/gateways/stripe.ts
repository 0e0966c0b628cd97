import Stripe from 'stripe'
import type { Language } from '#domain/languages.ts'
import type { Dispute, DisputeStatus, Refund } from '#domain/orders.ts'
import {
  type Checkout,
  type CheckoutRequest,
  type ForeignRefund,
  type PaymentEvent,
  type PaymentProvider,
  PaymentUnavailable,
  RefundRefused,
  type RefundRequest,
} from '../usecases/payment-provider.ts'
import { fromStripeAmount, toStripeAmount } from './stripe-amounts.ts'

/** A webhook is refused when it was signed longer ago than this. */
const signatureToleranceSeconds = 300

/** Stripe forgets a key after 24 hours; the rest is for clocks that differ and calls that take their time. */
const keyLivesMs = 20 * 3_600_000

const busyCodes = new Set(['idempotency_key_in_use', 'lock_timeout', 'rate_limit'])

/** The payment provider behind Stripe's own SDK; amounts outside are in ISO 4217 minor units. */
export function createStripeProvider(stripe: Stripe, webhookSecret: string, nowMs = Date.now): PaymentProvider {
  const readCheckout = async (sessionId: string): Promise<Checkout> =>
    checkoutOf(await answered(stripe.checkout.sessions.retrieve(sessionId, { expand: ['payment_intent'] })))

  return {
    async openCheckout(request) {
      const idempotencyKey = `${request.orderId}-checkout-${request.attempt}`
      return checkoutOf(await answered(stripe.checkout.sessions.create(sessionParams(request), { idempotencyKey })))
    },

    readCheckout,

    async closeCheckout(sessionId) {
      try {
        return checkoutOf(await answered(stripe.checkout.sessions.expire(sessionId)))
      } catch (error) {
        // Stripe expires open sessions only: whatever became of this one is the answer.
        if (error instanceof Stripe.errors.StripeInvalidRequestError) return readCheckout(sessionId)
        throw error
      }
    },

    async refund(request) {
      const params = {
        payment_intent: request.paymentIntentId,
        metadata: { orderId: request.orderId, refundId: request.refundId },
      }
      const amount = toStripeAmount(request.amount)
      const first = nowMs() - Date.parse(request.owedSince) > keyLivesMs ? await findRefund(request) : null
      if (first) return first
      try {
        const refund = await answered(
          stripe.refunds.create({ ...params, amount }, { idempotencyKey: request.refundId }),
        )
        return refundOf(refund)
      } catch (error) {
        const made = await findRefund(request)
        if (made) return made
        if (error instanceof Stripe.errors.StripeInvalidRequestError) throw refusedOrLater(error)
        throw error
      }
    },

    async readRefund(providerId) {
      return refundOf(await answered(stripe.refunds.retrieve(providerId)))
    },

    async readEvent(rawBody, signature) {
      let event: Stripe.Event
      try {
        event = await stripe.webhooks.constructEventAsync(rawBody, signature, webhookSecret, signatureToleranceSeconds)
      } catch {
        return null
      }
      return paymentEventOf(event)
    },
  }

  async function paymentEventOf(event: Stripe.Event): Promise<PaymentEvent> {
    switch (event.type) {
      case 'checkout.session.completed':
      case 'checkout.session.async_payment_succeeded':
        return { kind: 'checkout', checkout: checkoutOf(event.data.object) }
      case 'checkout.session.expired':
      case 'checkout.session.async_payment_failed':
        return { kind: 'checkout', checkout: { ...checkoutOf(event.data.object), state: 'closed' } }
      case 'refund.created':
      case 'refund.updated':
      case 'refund.failed': {
        const { metadata, payment_intent } = event.data.object
        const [orderId, refundId] = [metadata?.orderId, metadata?.refundId]
        if (orderId !== undefined && refundId !== undefined)
          return { kind: 'refund', orderId, refundId, refund: refundOf(event.data.object) }
        return foreignRefunds(event.type, payment_intent)
      }
      case 'charge.refunded':
        return foreignRefunds(event.type, event.data.object.payment_intent)
      case 'charge.dispute.created':
      case 'charge.dispute.updated':
      case 'charge.dispute.closed':
        return disputeEvent(event.type, event.data.object)
      default:
        return { kind: 'other', type: event.type }
    }
  }

  /** What was refunded in the dashboard names no order: its payment does. The state of now is asked for, whatever the event says. */
  async function foreignRefunds(type: string, intent: string | Stripe.PaymentIntent | null): Promise<PaymentEvent> {
    const order = await orderOf(intent)
    if (!order) return { kind: 'other', type }
    const { paymentIntentId } = order
    const { data } = await answered(stripe.refunds.list({ payment_intent: paymentIntentId, limit: 100 }))
    const refunds = data.filter(({ metadata }) => metadata?.refundId === undefined).map(foreignRefundOf)
    return { kind: 'refunds', ...order, refunds }
  }

  async function disputeEvent(type: string, dispute: Stripe.Dispute): Promise<PaymentEvent> {
    const order = await orderOf(dispute.payment_intent)
    if (!order) return { kind: 'other', type }
    const { orderId, paymentIntentId } = order
    return { kind: 'dispute', orderId, dispute: disputeOf(dispute, paymentIntentId) }
  }

  async function orderOf(intent: string | Stripe.PaymentIntent | null) {
    const paymentIntentId = idOf(intent)
    if (paymentIntentId === null) return null
    const { metadata } = await answered(stripe.paymentIntents.retrieve(paymentIntentId))
    const orderId = metadata.orderId
    return orderId?.startsWith('ord_') ? { orderId, paymentIntentId } : null
  }

  /** A refund whose answer was lost for longer than Stripe remembers its key: it carries our id. */
  async function findRefund({ paymentIntentId, refundId }: RefundRequest): Promise<ProviderRefund | null> {
    const { data } = await answered(stripe.refunds.list({ payment_intent: paymentIntentId, limit: 100 }))
    const refund = data.find(({ metadata }) => metadata?.refundId === refundId)
    return refund ? refundOf(refund) : null
  }
}

type ProviderRefund = Pick<Refund, 'status'> & { readonly providerId: string }

/** Stripe's page has no Arabic: it follows the browser then. */
const pageLocales = { en: 'en', de: 'de', es: 'es', ja: 'ja', ar: 'auto' } as const satisfies Record<
  Language,
  Stripe.Checkout.SessionCreateParams.Locale
>

function sessionParams(request: CheckoutRequest): Stripe.Checkout.SessionCreateParams {
  const { currency } = request.total
  return {
    mode: 'payment',
    line_items: request.lines.map((line) => ({
      quantity: line.quantity,
      price_data: {
        currency: currency.toLowerCase(),
        unit_amount: toStripeAmount({ amountMinor: line.unitPriceMinor, currency }),
        product_data: { name: line.name },
      },
    })),
    client_reference_id: request.orderId,
    metadata: { orderId: request.orderId },
    payment_intent_data: { metadata: { orderId: request.orderId } },
    customer_email: request.buyerEmail,
    success_url: request.successUrl,
    cancel_url: request.cancelUrl,
    expires_at: Math.floor(Date.parse(request.expiresAt) / 1000),
    ...(request.language ? { locale: pageLocales[request.language] } : {}),
  }
}

function checkoutOf(session: Stripe.Checkout.Session): Checkout {
  const intent = session.payment_intent
  const currency = (session.currency ?? '').toUpperCase()
  return {
    sessionId: session.id,
    url: session.url ?? null,
    orderId: session.client_reference_id,
    state: stateOf(session),
    amount: { amountMinor: fromStripeAmount(session.amount_total ?? 0, currency), currency },
    paymentIntentId: idOf(intent),
  }
}

/** A completed session that is not paid waits for a bank, unless its payment intent says that the bank has refused. */
function stateOf({ status, payment_status, payment_intent }: Stripe.Checkout.Session): Checkout['state'] {
  if (payment_status === 'paid') return 'paid'
  if (status === 'expired') return 'closed'
  if (status !== 'complete') return 'open'
  const intent = typeof payment_intent === 'object' ? payment_intent?.status : undefined
  return intent === 'requires_payment_method' || intent === 'canceled' ? 'closed' : 'processing'
}

const refundStates = { pending: 'pending', requires_action: 'pending', succeeded: 'succeeded' } as const

function refundOf({ id, status }: Stripe.Refund): ProviderRefund {
  const known = status === 'pending' || status === 'requires_action' || status === 'succeeded'
  return { providerId: id, status: known ? refundStates[status] : 'failed' }
}

const foreignRefundOf = (refund: Stripe.Refund): ForeignRefund => ({
  ...refundOf(refund),
  amountMinor: fromStripeAmount(refund.amount, refund.currency.toUpperCase()),
})

const disputeOf = (dispute: Stripe.Dispute, paymentIntentId: string): Omit<Dispute, 'at'> => ({
  providerId: dispute.id,
  paymentIntentId,
  amountMinor: fromStripeAmount(dispute.amount, dispute.currency.toUpperCase()),
  status: disputeStatusOf(dispute.status),
  reason: dispute.reason,
})

/** An inquiry leaves the money where it is, and one that is closed has come to nothing. */
function disputeStatusOf(status: Stripe.Dispute.Status): DisputeStatus {
  if (status === 'lost') return 'lost'
  if (status === 'won' || status === 'warning_closed' || status === 'prevented') return 'won'
  return status === 'warning_needs_response' || status === 'warning_under_review' ? 'inquiry' : 'open'
}

const idOf = (intent: string | Stripe.PaymentIntent | null): string | null =>
  typeof intent === 'string' ? intent : (intent?.id ?? null)

/** An account that is short of money today may have it tomorrow; anything else that Stripe refuses, it refuses for good. */
const refusedOrLater = (error: Stripe.errors.StripeInvalidRequestError): Error =>
  error.code === 'balance_insufficient'
    ? new PaymentUnavailable('the account is short of money', { cause: error })
    : new RefundRefused('the refund cannot be made', { cause: error })

/** Passing trouble at Stripe becomes `PaymentUnavailable`; a request that Stripe refuses is a fault of ours. */
async function answered<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    const isPassing =
      error instanceof Stripe.errors.StripeConnectionError ||
      error instanceof Stripe.errors.StripeAPIError ||
      error instanceof Stripe.errors.StripeRateLimitError ||
      (error instanceof Stripe.errors.StripeError && busyCodes.has(error.code ?? ''))
    if (isPassing) throw new PaymentUnavailable('the payment provider does not answer', { cause: error })
    throw error
  }
}
