import { type Context, Hono } from 'hono'
import { storableNumber } from '../account/cards.ts'
import { debitAmong } from '../account/payment-methods.ts'
import {
  answer3dSecure,
  isWaitingFor3dSecure,
  type PaymentOutcome,
  payByCard,
  payByDebit,
} from '../account/payments.ts'
import { findCheckout } from '../account/sessions.ts'
import { type Form, parseForm } from '../api/form.ts'
import type { Checkout } from '../ledger/records.ts'
import type { World } from '../world.ts'
import { buyerErrors, type CardValues, cardErrors, valuesFrom } from './card-form.ts'
import { securityHeaders } from './layout.ts'
import { expiredPage, paidPage, payPage, threeDSecurePage, unknownPage } from './views.ts'

type Reply = { status: 200 | 303 | 402 | 404 | 409 | 410 | 422; html: string; location?: string }

/** The hosted payment page: one address, which shows what can be done with the session now. */
export function hostedPages(world: World): Hono {
  const app = new Hono()
  app.get('/c/pay/:id', (c) => {
    const wantsAnotherCard = c.req.query('card') === 'another'
    return send(
      c,
      world.ledger.batch(() => show(world, c.req.param('id'), wantsAnotherCard)),
    )
  })
  app.post('/c/pay/:id', async (c) => {
    const form = parseForm(await c.req.text())
    return send(
      c,
      world.ledger.batch(() => submit(world, c.req.param('id'), form)),
    )
  })
  return app
}

function show(world: World, id: string, wantsAnotherCard: boolean): Reply {
  const checkout = findCheckout(world, id)
  if (!checkout) return { status: 404, html: unknownPage() }
  if (checkout.session.status === 'complete') return { status: 200, html: paidPage(checkout) }
  if (checkout.session.status === 'expired') return { status: 410, html: expiredPage(checkout) }
  const asks = isWaitingFor3dSecure(world, checkout) && !wantsAnotherCard
  if (asks) return { status: 200, html: threeDSecurePage(checkout) }
  return { status: 200, html: payPage(checkout, {}) }
}

/** Reads the session and pays it without waiting in between: of two presses of Pay, the second finds it paid. */
function submit(world: World, id: string, form: Form): Reply {
  const checkout = findCheckout(world, id)
  if (checkout?.session.status !== 'open') {
    const reply = show(world, id, false)
    return { ...reply, status: reply.status === 200 ? 409 : reply.status }
  }
  const values = valuesFrom(form, checkout.session.customer_email)
  const answer = form.three_d_secure
  if (answer !== undefined && isWaitingFor3dSecure(world, checkout)) {
    return afterPayment(checkout, answer3dSecure(world, checkout, answer === 'complete'), keptFrom(checkout, values))
  }
  const isDebit = form.payment_method === 'bank_debit' && debitAmong(checkout.session.payment_method_types)
  return isDebit ? submitDebit(world, checkout, values) : submitCard(world, checkout, values)
}

/** The 3-D-Secure step sends no fields: what is kept of the attempt saves the buyer from typing it again. */
function keptFrom({ attempt }: Checkout, values: CardValues): CardValues {
  return { ...values, email: attempt?.email ?? values.email, billingName: attempt?.name ?? values.billingName }
}

function submitCard(world: World, checkout: Checkout, values: CardValues): Reply {
  const errors = cardErrors(values, new Date())
  if (Object.keys(errors).length > 0) return { status: 422, html: payPage(checkout, { values, errors }) }
  const { email, billingName: name } = values
  const cardNumber = storableNumber(values.cardNumber)
  return afterPayment(checkout, payByCard(world, checkout, { email, name, cardNumber }), values)
}

function submitDebit(world: World, checkout: Checkout, values: CardValues): Reply {
  const errors = buyerErrors(values)
  if (Object.keys(errors).length > 0) return { status: 422, html: payPage(checkout, { values, errors }) }
  payByDebit(world, checkout, { email: values.email, name: values.billingName, cardNumber: null })
  return toShop(checkout)
}

function afterPayment(checkout: Checkout, outcome: PaymentOutcome, values: CardValues): Reply {
  switch (outcome.kind) {
    case 'paid':
      return toShop(checkout)
    case 'needs_3d_secure':
      return { status: 200, html: threeDSecurePage(checkout) }
    case 'declined':
      return { status: 402, html: payPage(checkout, { values: { ...values, cardCvc: '' }, refusal: outcome.message }) }
  }
}

function toShop({ session }: Checkout): Reply {
  const location = (session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id)
  return { status: 303, html: '', location }
}

function send(c: Context, reply: Reply): Response {
  for (const [name, value] of Object.entries(securityHeaders)) c.header(name, value)
  return reply.location
    ? c.redirect(reply.location, 303)
    : c.html(reply.html, reply.status === 303 ? 200 : reply.status)
}
