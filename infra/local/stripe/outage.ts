import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { errorBody } from './api/errors.ts'
import type { Fetch } from './http.ts'
import { newId } from './ids.ts'

/**
 * How the simulator misbehaves:
 * - `down` answers 503, `unreachable` hangs up: nothing is done;
 * - `slow` waits `milliseconds` and then works;
 * - `errors` answers 500 to this share of API requests, and does nothing;
 * - `rate_limited` answers 429 to this share of API requests, and does nothing;
 * - `lost_answers` does what was asked, and hangs up on this share of API requests: only an idempotent retry is safe.
 */
export const outage = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('none') }),
  z.strictObject({ mode: z.literal('down') }),
  z.strictObject({ mode: z.literal('unreachable') }),
  z.strictObject({ mode: z.literal('slow'), milliseconds: z.coerce.number().int().min(0).max(120_000) }),
  z.strictObject({ mode: z.literal('errors'), rate: z.coerce.number().min(0).max(1) }),
  z.strictObject({ mode: z.literal('rate_limited'), rate: z.coerce.number().min(0).max(1) }),
  z.strictObject({ mode: z.literal('lost_answers'), rate: z.coerce.number().min(0).max(1) }),
])
export type Outage = z.output<typeof outage>

/** Puts the current outage before `fetch`; the control routes stay reachable. */
export function withOutage(current: () => Outage, fetch: (request: Request) => Promise<Response>): Fetch {
  return async (request) => {
    const { pathname } = new URL(request.url)
    if (pathname === '/' || pathname.startsWith('/_control')) return fetch(request)
    const isApi = pathname.startsWith('/v1/')
    const trouble = current()
    switch (trouble.mode) {
      case 'none':
        return fetch(request)
      case 'down':
        return failure(503, 'Stripe is temporarily unavailable.')
      case 'unreachable':
        return null
      case 'slow':
        await wait(trouble.milliseconds)
        return fetch(request)
      case 'errors':
        return isApi && Math.random() < trouble.rate
          ? failure(500, 'An unknown error occurred on our side.')
          : fetch(request)
      case 'rate_limited':
        return isApi && Math.random() < trouble.rate
          ? failure(429, 'Too many requests hit the API too quickly.', 'rate_limit')
          : fetch(request)
      case 'lost_answers': {
        const answer = await fetch(request)
        return isApi && Math.random() < trouble.rate ? null : answer
      }
    }
  }
}

function failure(status: number, message: string, code?: string): Response {
  const requestId = newId('req', 14)
  const type = code ? 'invalid_request_error' : 'api_error'
  return Response.json(errorBody({ type, message, ...(code ? { code } : {}) }, requestId), {
    status,
    headers: { 'request-id': requestId },
  })
}
