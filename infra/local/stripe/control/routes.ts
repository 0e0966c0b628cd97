import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { closeDispute, disputeChanges } from '../account/disputes.ts'
import { settleDebit } from '../account/payments.ts'
import { settleRefund } from '../account/refunds.ts'
import { expireDueSessions, requireCheckout } from '../account/sessions.ts'
import { errorBody, invalidRequest, noSuch, StripeFault } from '../api/errors.ts'
import { parseForm } from '../api/form.ts'
import { parseParams } from '../api/params.ts'
import { newId } from '../ids.ts'
import { outage } from '../outage.ts'
import { securityHeaders } from '../page/layout.ts'
import { controlPage } from './page.ts'
import { type Control, deliveriesOf, stateOf } from './state.ts'

const MAX_REDELIVERIES = 50
const outcome = z.enum(['succeeded', 'failed'])

const redeliverParams = z.strictObject({
  event: z.string().optional(),
  type: z.string().optional(),
  times: z.coerce.number().int().min(1).max(MAX_REDELIVERIES).default(1),
})

/** Each route is `POST /_control/<name>` with a JSON or form body and answers with the state after it. */
const actions: Record<string, (control: Control, body: object) => object | Promise<object>> = {
  pause: ({ postman }) => Object.assign(postman.switches, { isPaused: true }),
  resume: ({ postman }) => Object.assign(postman.switches, { isPaused: false }),
  shuffle({ postman }, body) {
    const { on } = parseParams(z.strictObject({ on: z.union([z.boolean(), z.stringbool()]) }), body)
    return Object.assign(postman.switches, { isShuffled: on })
  },
  duplicates({ postman }, body) {
    const { copies } = parseParams(z.strictObject({ copies: z.coerce.number().int().min(0).max(20) }), body)
    return Object.assign(postman.switches, { duplicates: copies })
  },
  async redeliver({ world, postman }, body) {
    const { event, type, times } = parseParams(redeliverParams, body)
    if (event && !world.ledger.events.has(event)) throw noSuch('event', event)
    const chosen = [...world.ledger.events.values()].filter(
      (candidate) => (!event || candidate.id === event) && (!type || candidate.type === type),
    )
    const redelivered: object[] = []
    for (const { id, type: kind } of chosen) {
      redelivered.push({ id, type: kind, attempts: await postman.redeliver(id, times) })
    }
    return { redelivered }
  },
  discard: ({ postman }) => ({ discarded: postman.discard() }),
  'advance-clock'({ world }, body) {
    const { seconds } = parseParams(z.strictObject({ seconds: z.coerce.number().int().min(1).max(31_536_000) }), body)
    world.clock.advance(seconds)
    expireDueSessions(world)
    return { agedSeconds: world.clock.agedSeconds() }
  },
  outage(control, body) {
    control.outage = parseParams(outage, body)
    return { outage: control.outage }
  },
  'settle-debit'({ world }, body) {
    const { session: id, outcome: end } = parseParams(z.strictObject({ session: z.string(), outcome }), body)
    if (!settleDebit(world, requireCheckout(world, id), end === 'succeeded')) {
      throw invalidRequest(`Checkout Session ${id} does not wait for a bank debit.`)
    }
    return requireCheckout(world, id).session
  },
  'settle-refund'({ world }, body) {
    const { refund: id, outcome: end } = parseParams(z.strictObject({ refund: z.string(), outcome }), body)
    if (!settleRefund(world, id, end === 'succeeded')) throw invalidRequest(`Refund ${id} is final.`)
    return world.ledger.refunds.get(id) ?? {}
  },
  dispute({ world }, body) {
    const params = z.strictObject({ payment_intent: z.string(), reason: z.string().max(60).default('fraudulent') })
    const { payment_intent: id, reason } = parseParams(params, body)
    world.ledger.commit(...disputeChanges(world, id, reason))
    return [...world.ledger.disputes.values()].find((dispute) => dispute.payment_intent === id) ?? {}
  },
  'close-dispute'({ world }, body) {
    const params = z.strictObject({ dispute: z.string(), outcome: z.enum(['won', 'lost']) })
    const { dispute, outcome: end } = parseParams(params, body)
    return closeDispute(world, dispute, end)
  },
  reset(control) {
    control.world.ledger.reset()
    control.postman.discard()
    Object.assign(control.postman.switches, { isPaused: false, isShuffled: false, duplicates: 0 })
    control.outage = { mode: 'none' }
    return {}
  },
}

export function controlRoutes(control: Control): Hono {
  const app = new Hono()
  app.get('/', (c) => c.redirect('/_control/', 302))
  app.get('/_control', (c) => c.redirect('/_control/', 302))
  app.get('/_control/', (c) => c.html(controlPage(control), 200, securityHeaders))
  app.get('/_control/state', (c) => c.json(stateOf(control)))
  app.get('/_control/events', (c) => c.json({ events: deliveriesOf(control) }))
  app.post('/_control/:name', (c) => act(control, c))
  return app
}

async function act(control: Control, c: Context): Promise<Response> {
  try {
    const action = actions[c.req.param('name') ?? '']
    if (!action) throw new StripeFault(404, { type: 'invalid_request_error', message: 'No such control.' })
    const result = await action(control, await bodyOf(c))
    control.postman.wake()
    if (c.req.header('accept')?.includes('text/html')) return c.redirect('/_control/', 303)
    return c.json({ ok: true, state: stateOf(control), result })
  } catch (fault) {
    if (!(fault instanceof StripeFault)) throw fault
    return Response.json(errorBody(fault.fields, newId('req', 14)), { status: fault.status })
  }
}

async function bodyOf(c: Context): Promise<object> {
  const text = await c.req.text()
  if (!c.req.header('content-type')?.includes('json')) return parseForm(text)
  try {
    const body: unknown = JSON.parse(text || '{}')
    if (typeof body === 'object' && body !== null) return body
  } catch {}
  throw invalidRequest('The body must be a JSON object.')
}
