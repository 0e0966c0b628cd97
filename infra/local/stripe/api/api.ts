import { type Context, Hono } from 'hono'
import Stripe from 'stripe'
import { newId } from '../ids.ts'
import type { World } from '../world.ts'
import { requireKey } from './authentication.ts'
import { errorBody, invalidRequest, StripeFault } from './errors.ts'
import { expand } from './expand.ts'
import { listItems, parseForm } from './form.ts'
import { answerOnce, type Reply } from './idempotency.ts'
import { type Handler, routes } from './routes.ts'

/** The `/v1` API: what the `stripe` package speaks. */
export function stripeApi(world: World, secretKey: string | undefined): Hono {
  const app = new Hono()
  for (const [method, path, handler] of routes) {
    app.on(method, path, (c) => respond(c, secretKey, (requestId) => call(world, c, handler, requestId)))
  }
  app.all('*', (c) =>
    respond(c, secretKey, async () => {
      throw new StripeFault(404, {
        type: 'invalid_request_error',
        message: `Unrecognized request URL (${c.req.method}: ${c.req.path}). Please see https://stripe.com/docs.`,
      })
    }),
  )
  return app
}

async function call(world: World, c: Context, handler: Handler, requestId: string): Promise<Reply> {
  const isPost = c.req.method === 'POST'
  const encoded = isPost ? await c.req.text() : (c.req.url.split('?')[1] ?? '')
  const { expand: paths, ...params } = parseForm(encoded)
  const key = isPost ? (c.req.header('idempotency-key') ?? null) : null
  const cause = { id: requestId, idempotency_key: key }
  const run = () => expand(world, handler(world, { params, id: c.req.param('id') ?? '', cause }), expandPaths(paths))
  return answerOnce(
    world.ledger,
    { key, requestId, endpoint: c.req.path, parameters: encoded, now: Math.floor(world.clock.agedNowMs() / 1000) },
    run,
  )
}

function expandPaths(value: unknown): string[] {
  if (value === undefined) return []
  const paths = listItems(value)
  if (Array.isArray(paths) && paths.every((path) => typeof path === 'string')) return paths
  throw invalidRequest('Invalid array', { param: 'expand' })
}

/** Every answer, also a refusal or a crash, has Stripe's headers and, unless it is a success, Stripe's `error`. */
async function respond(c: Context, secretKey: string | undefined, run: (requestId: string) => Promise<Reply>) {
  const requestId = newId('req', 14)
  try {
    requireKey(c.req.header('authorization'), secretKey)
    return send(c, requestId, await run(requestId))
  } catch (fault) {
    return send(c, requestId, { ...faultReply(fault, requestId), requestId, isReplay: false })
  }
}

function faultReply(fault: unknown, requestId: string): { status: number; body: object } {
  if (fault instanceof StripeFault) return { status: fault.status, body: errorBody(fault.fields, requestId) }
  console.error('The Stripe simulator failed', fault)
  const message = 'Something went wrong on our end.'
  return { status: 500, body: errorBody({ type: 'api_error', message }, requestId) }
}

function send(c: Context, requestId: string, reply: Reply): Response {
  const headers = new Headers({
    'content-type': 'application/json',
    'cache-control': 'no-cache, no-store',
    'request-id': requestId,
    'stripe-version': c.req.header('stripe-version') ?? Stripe.API_VERSION,
  })
  const key = c.req.header('idempotency-key')
  if (key) headers.set('idempotency-key', key)
  if (key) headers.set('original-request', reply.requestId)
  if (reply.isReplay) headers.set('idempotent-replayed', 'true')
  return new Response(JSON.stringify(reply.body), { status: reply.status, headers })
}
