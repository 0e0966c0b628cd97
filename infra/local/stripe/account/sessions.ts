import { invalidRequest, noSuch, refused } from '../api/errors.ts'
import type { SessionCreateParams } from '../api/session-params.ts'
import { newId } from '../ids.ts'
import { type Change, put } from '../ledger/ledger.ts'
import type { Checkout, LineItem, Session } from '../ledger/records.ts'
import { formatMoney, MAXIMUM_MINOR, minimumMinor } from '../money.ts'
import { eventChanges } from '../webhooks/events.ts'
import { BUYER_OR_CLOCK, type Cause, type World } from '../world.ts'
import { isDueToExpire } from './expiry.ts'
import { paymentMethodsFor } from './payment-methods.ts'
import { newSession } from './session-object.ts'

const SHORTEST_SECONDS = 30 * 60
const LONGEST_SECONDS = 24 * 60 * 60

export function createSession(world: World, params: SessionCreateParams): Session {
  const now = world.clock.now()
  const expiresAt = params.expires_at ?? now + LONGEST_SECONDS
  checkExpiry(expiresAt, now)
  const lineItems = params.line_items.map((item) => newLineItem(item, now))
  const { currency, amountMinor } = totalOf(lineItems)

  const paymentMethods = paymentMethodsFor(currency, {
    allowed: params.allowed_payment_method_types,
    excluded: params.excluded_payment_method_types,
  })
  if (paymentMethods.length === 0) throw invalidRequest('No valid payment method types for this Checkout Session.')
  const id = newId('cs_test', 58)
  const session = newSession(params, {
    ...{ id, currency, amountMinor, paymentMethods, expiresAt, created: now },
    url: `${world.publicUrl}/c/pay/${id}`,
  })
  const { metadata = {}, description = null, receipt_email: receiptEmail = null } = params.payment_intent_data ?? {}
  world.ledger.commit(
    put('checkouts', {
      ...{ id, session, lineItems, attempt: null },
      intent: { metadata, description, receiptEmail },
      agedSecondsAtStart: world.clock.agedSeconds(),
    }),
  )
  return session
}

function checkExpiry(expiresAt: number, now: number) {
  const param = 'expires_at'
  if (expiresAt < now + SHORTEST_SECONDS) {
    throw invalidRequest('The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', {
      param,
    })
  }
  if (expiresAt > now + LONGEST_SECONDS) {
    throw invalidRequest('The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', {
      param,
    })
  }
}

function newLineItem(item: SessionCreateParams['line_items'][number], created: number): LineItem {
  const { currency, unit_amount: unitAmount, product_data: product } = item.price_data
  const amount = unitAmount * item.quantity
  return {
    id: newId('li'),
    object: 'item',
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency,
    description: product.name,
    metadata: item.metadata ?? {},
    price: {
      ...{ id: newId('price'), object: 'price', active: false, billing_scheme: 'per_unit', created, currency },
      ...{ custom_unit_amount: null, livemode: false, lookup_key: null, metadata: {}, nickname: null },
      ...{ product: newId('prod', 14), recurring: null, tax_behavior: item.price_data.tax_behavior ?? 'unspecified' },
      ...{ tiers_mode: null, transform_quantity: null, type: 'one_time' },
      unit_amount: unitAmount,
      unit_amount_decimal: String(unitAmount),
    },
    quantity: item.quantity,
  }
}

function totalOf(lineItems: LineItem[]): { currency: string; amountMinor: number } {
  const [first] = lineItems
  if (!first)
    throw invalidRequest('Missing required param: line_items.', { code: 'parameter_missing', param: 'line_items' })
  const { currency } = first
  if (lineItems.some((item) => item.currency !== currency)) {
    throw invalidRequest('All prices on a Checkout Session must have the same currency.', { param: 'line_items' })
  }
  const amountMinor = lineItems.reduce((sum, item) => sum + item.amount_total, 0)
  if (amountMinor < minimumMinor(currency)) {
    const least = formatMoney(minimumMinor(currency), currency)
    throw invalidRequest(`The Checkout Session's total amount must be at least ${least}.`, { code: 'amount_too_small' })
  }
  if (amountMinor > MAXIMUM_MINOR) {
    const most = formatMoney(MAXIMUM_MINOR, currency)
    throw invalidRequest(`The Checkout Session's total amount must be no more than ${most}.`, {
      code: 'amount_too_large',
    })
  }
  return { currency, amountMinor }
}

/** The session as it is now: one whose time has passed is expired here, before anyone can act on it. */
export function findCheckout(world: World, id: string): Checkout | undefined {
  const checkout = world.ledger.checkouts.get(id)
  if (!checkout || !isDueToExpire(checkout, world.clock)) return checkout
  return expire(world, checkout, BUYER_OR_CLOCK)
}

export function requireCheckout(world: World, id: string): Checkout {
  const checkout = findCheckout(world, id)
  if (!checkout) throw noSuch('checkout.session', id, 'session')
  return checkout
}

export function expireSession(world: World, id: string, cause: Cause): Session {
  const checkout = requireCheckout(world, id)
  const { status } = checkout.session
  if (status !== 'open') {
    const rule = 'Only Checkout Sessions with a status in ["open"] can be expired.'
    throw refused(`${rule} This Checkout Session has a status of \`${status}\`.`)
  }
  return expire(world, checkout, cause).session
}

export function expireDueSessions(world: World) {
  for (const checkout of world.ledger.checkouts.values()) {
    if (isDueToExpire(checkout, world.clock)) expire(world, checkout, BUYER_OR_CLOCK)
  }
}

function expire(world: World, checkout: Checkout, cause: Cause): Checkout {
  const expired: Checkout = { ...checkout, session: { ...checkout.session, status: 'expired', url: null } }
  world.ledger.commit(
    put('checkouts', expired),
    ...cancelIntent(world, expired, cause),
    ...eventChanges(world, cause, 'checkout.session.expired', expired.session),
  )
  return expired
}

function cancelIntent(world: World, { session }: Checkout, cause: Cause): Change[] {
  const intent = session.payment_intent ? world.ledger.paymentIntents.get(session.payment_intent) : undefined
  if (!intent) return []
  const canceled = {
    ...intent,
    status: 'canceled' as const,
    canceled_at: world.clock.now(),
    cancellation_reason: 'automatic' as const,
    next_action: null,
  }
  return [put('paymentIntents', canceled), ...eventChanges(world, cause, 'payment_intent.canceled', canceled)]
}
