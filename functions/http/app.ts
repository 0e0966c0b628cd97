import { Logger } from '@aws-lambda-powertools/logger'
import type { Context, MiddlewareHandler } from 'hono'
import { Hono } from 'hono'
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda'
import { HTTPException } from 'hono/http-exception'
import type { z } from 'zod'
import { config } from '../config.ts'
import { isThrottled, StoreBusy } from '../store/busy.ts'
import { problemOf, type RefusalCode } from './problems.ts'

export interface AppEnv {
  Bindings: { event: LambdaEvent; lambdaContext: LambdaContext }
  Variables: { requestId: string }
}
export type AppContext = Context<AppEnv>

const logger = new Logger({ serviceName: 'marquee' })

/** Ends a request with a problem document; thrown by guards, caught once in `createApp`. */
export class Refused extends Error {
  readonly code: RefusalCode
  readonly errors: { field: string; message: string }[] | undefined
  /** When it is this caller's turn; only for `too_busy` and `payment_unavailable`. */
  readonly retryAfterSeconds: number | undefined
  constructor(code: RefusalCode, errors?: { field: string; message: string }[], retryAfterSeconds?: number) {
    super(code)
    this.code = code
    this.errors = errors
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** A function's HTTP app: request ids, cross-site guard, problem documents, faults logged once and answered `internal`. */
export function createApp(): Hono<AppEnv> {
  const app = new Hono<AppEnv>()
  app.use(async (c, next) => {
    c.set('requestId', c.env?.lambdaContext?.awsRequestId ?? crypto.randomUUID())
    await next()
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
    c.header('x-request-id', c.get('requestId'))
  })
  app.use(refuseCrossSite)
  app.notFound((c) => {
    const allowed = methodsAt(app, c.req.path)
    const refused = refuseWith(c, allowed.length > 0 ? 'method_not_allowed' : 'not_found')
    if (allowed.length > 0) refused.headers.set('allow', allowed.join(', '))
    return refused
  })
  app.onError((error, c) => {
    if (error instanceof Refused) return refuseWith(c, error.code, error.errors, error.retryAfterSeconds)
    if (error instanceof StoreBusy || isThrottled(error)) return refuseWith(c, 'too_busy')
    if (error instanceof HTTPException && error.status < 500) return refuseWith(c, 'invalid_request')
    logger.error('fault', { requestId: c.get('requestId'), method: c.req.method, path: c.req.path, error })
    return refuseWith(c, 'internal')
  })
  return app
}

/** The methods that an address answers to. */
const methodsAt = ({ router }: Hono<AppEnv>, path: string): string[] =>
  ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter((method) =>
    router.match(method, path)[0].some(([[, route]]) => route.method === method),
  )

export const lambdaHandler = (app: Hono<AppEnv>) => handle(app)

export function refuseWith(
  c: AppContext,
  code: RefusalCode,
  errors?: { field: string; message: string }[],
  retryAfterSeconds = 5,
): Response {
  const problem = problemOf(code, c.get('requestId'), { errors })
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-request-id': c.get('requestId'),
  }
  if (code === 'too_busy' || code === 'payment_unavailable') headers['retry-after'] = String(retryAfterSeconds)
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}

/** A browser names the page's origin on every request that writes: one that is not ours rides on somebody's cookies. */
const refuseCrossSite: MiddlewareHandler<AppEnv> = async (c, next) => {
  const origin = c.req.header('origin')
  const reads = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!reads && origin !== undefined && origin !== config().SITE_URL) throw new Refused('cross_site')
  await next()
}

export async function readBody<S extends z.ZodType>(c: AppContext, schema: S): Promise<z.output<S>> {
  let body: unknown
  try {
    body = await c.req.json()
  } catch {
    throw new Refused('invalid_json')
  }
  return parse(schema, body)
}

export const readQuery = <S extends z.ZodType>(c: AppContext, schema: S): z.output<S> => parse(schema, c.req.query())

/** A path parameter that is no id at all is answered like an id that does not exist. */
export function readId<S extends z.ZodType<string>>(c: AppContext, name: string, schema: S): string {
  const result = schema.safeParse(c.req.param(name))
  if (!result.success) throw new Refused('not_found')
  return result.data
}

export function readIdempotencyKey(c: AppContext): string {
  const key = c.req.header('idempotency-key')
  if (key === undefined || !/^[\x21-\x7e]{16,200}$/.test(key)) throw new Refused('idempotency_key_missing')
  return key
}

function parse<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const errors = result.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }))
  throw new Refused('invalid_request', errors)
}
