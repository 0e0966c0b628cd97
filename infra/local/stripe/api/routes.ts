import { z } from 'zod'
import { createRefund, refundCreateParams, refundListParams } from '../account/refunds.ts'
import { createSession, expireDueSessions, expireSession, requireCheckout } from '../account/sessions.ts'
import type { Cause, World } from '../world.ts'
import { noSuch } from './errors.ts'
import type { Form } from './form.ts'
import { isWithin, newestFirst, pageOf } from './lists.ts'
import { createdRange, list, paging, parseParams } from './params.ts'
import { sessionCreateParams, sessionListParams } from './session-params.ts'

type Call = { params: Form; id: string; cause: Cause }
export type Handler = (world: World, call: Call) => object

const nothing = z.strictObject({})
const pageParams = z.strictObject(paging)
const paymentListParams = z.strictObject({
  ...paging,
  created: createdRange.optional(),
  customer: z.string().optional(),
})
const chargeListParams = paymentListParams.extend({ payment_intent: z.string().optional() })
const disputeListParams = chargeListParams.extend({ charge: z.string().optional() })
const eventListParams = z.strictObject({
  ...paging,
  created: createdRange.optional(),
  type: z.string().optional(),
  types: list(z.string(), 20).optional(),
  delivery_success: z.enum(['true', 'false']).optional(),
})

/** True where the caller did not ask, or asked for this. */
const isAsked = (asked: string | undefined, actual: string | null) => asked === undefined || asked === actual

export const routes: [method: 'GET' | 'POST', path: string, handler: Handler][] = [
  [
    'POST',
    '/v1/checkout/sessions',
    (world, { params }) => createSession(world, parseParams(sessionCreateParams, params)),
  ],
  [
    'GET',
    '/v1/checkout/sessions',
    (world, { params }) => {
      const asked = parseParams(sessionListParams, params)
      expireDueSessions(world)
      const found = newestFirst(
        world.ledger.checkouts,
        ({ session }) =>
          isWithin(session.created, asked.created) &&
          isAsked(asked.payment_intent, session.payment_intent) &&
          isAsked(asked.status, session.status),
      )
      return pageOf(
        found.map(({ session }) => session),
        asked,
        '/v1/checkout/sessions',
      )
    },
  ],
  [
    'GET',
    '/v1/checkout/sessions/:id',
    (world, { id, params }) => {
      parseParams(nothing, params)
      return requireCheckout(world, id).session
    },
  ],
  [
    'GET',
    '/v1/checkout/sessions/:id/line_items',
    (world, { id, params }) =>
      pageOf(
        requireCheckout(world, id).lineItems,
        parseParams(pageParams, params),
        `/v1/checkout/sessions/${id}/line_items`,
      ),
  ],
  ['POST', '/v1/checkout/sessions/:id/expire', (world, { id, cause }) => expireSession(world, id, cause)],

  ['GET', '/v1/payment_intents/:id', retrieve('payment_intent', (world) => world.ledger.paymentIntents, 'intent')],
  [
    'GET',
    '/v1/payment_intents',
    (world, { params }) => {
      const asked = parseParams(paymentListParams, params)
      const found = newestFirst(
        world.ledger.paymentIntents,
        (intent) => isWithin(intent.created, asked.created) && isAsked(asked.customer, null),
      )
      return pageOf(found, asked, '/v1/payment_intents')
    },
  ],

  ['GET', '/v1/charges/:id', retrieve('charge', (world) => world.ledger.charges)],
  [
    'GET',
    '/v1/charges',
    (world, { params }) => {
      const asked = parseParams(chargeListParams, params)
      const found = newestFirst(
        world.ledger.charges,
        (charge) =>
          isWithin(charge.created, asked.created) &&
          isAsked(asked.payment_intent, charge.payment_intent) &&
          isAsked(asked.customer, null),
      )
      return pageOf(found, asked, '/v1/charges')
    },
  ],

  [
    'POST',
    '/v1/refunds',
    (world, { params, cause }) => createRefund(world, parseParams(refundCreateParams, params), cause),
  ],
  ['GET', '/v1/refunds/:id', retrieve('refund', (world) => world.ledger.refunds)],
  [
    'GET',
    '/v1/refunds',
    (world, { params }) => {
      const asked = parseParams(refundListParams, params)
      const found = newestFirst(
        world.ledger.refunds,
        (refund) =>
          isWithin(refund.created, asked.created) &&
          isAsked(asked.payment_intent, refund.payment_intent) &&
          isAsked(asked.charge, refund.charge),
      )
      return pageOf(found, asked, '/v1/refunds')
    },
  ],

  ['GET', '/v1/balance_transactions/:id', retrieve('balance_transaction', (world) => world.ledger.balanceTransactions)],
  ['GET', '/v1/disputes/:id', retrieve('dispute', (world) => world.ledger.disputes)],
  [
    'GET',
    '/v1/disputes',
    (world, { params }) => {
      const asked = parseParams(disputeListParams, params)
      const found = newestFirst(
        world.ledger.disputes,
        (dispute) =>
          isWithin(dispute.created, asked.created) &&
          isAsked(asked.payment_intent, dispute.payment_intent) &&
          isAsked(asked.charge, dispute.charge),
      )
      return pageOf(found, asked, '/v1/disputes')
    },
  ],

  ['GET', '/v1/events/:id', retrieve('event', (world) => world.ledger.events)],
  [
    'GET',
    '/v1/events',
    (world, { params }) => {
      const asked = parseParams(eventListParams, params)
      const found = newestFirst(
        world.ledger.events,
        (event) =>
          isWithin(event.created, asked.created) &&
          isAsked(asked.type, event.type) &&
          (asked.types?.includes(event.type) ?? true) &&
          isAsked(asked.delivery_success, String(event.pending_webhooks === 0)),
      )
      return pageOf(found, asked, '/v1/events')
    },
  ],
]

function retrieve(object: string, table: (world: World) => ReadonlyMap<string, object>, param = 'id'): Handler {
  return (world, { id, params }) => {
    parseParams(nothing, params)
    const record = table(world).get(id)
    if (!record) throw noSuch(object, id, param)
    return record
  }
}
