import type { Problem } from '#contracts/common.ts'

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false
      readonly problem: Problem
      /** How long the server asks to wait before the next try. */
      readonly retryAfterSeconds?: number
    }

export interface Call {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  /** The buyer's secret of one order. */
  readonly orderKey?: string | undefined
  readonly idempotencyKey?: string
}

/** Anything that can judge an answer: a zod schema, or a small guard where zod's 20 KB do not fit the page's budget. */
export interface AnswerSchema<T> {
  safeParse(json: unknown): { success: true; data: T } | { success: false }
}

/** The site's only fetch. Never throws: being offline is a problem with the code `offline`. */
export async function callApi<T>(path: string, schema: AnswerSchema<T>, call: Call = {}): Promise<Answer<T>> {
  const first = await send(path, schema, call)
  if (first.ok || first.problem.code !== 'session_expired') return first
  await send('/api/session', anything, {})
  return send(path, schema, call)
}

async function send<T>(path: string, schema: AnswerSchema<T>, call: Call): Promise<Answer<T>> {
  const body = call.body === undefined ? undefined : JSON.stringify(call.body)
  const headers = new Headers({ accept: 'application/json' })
  if (body !== undefined) headers.set('content-type', 'application/json')
  if (call.orderKey) headers.set('x-order-key', call.orderKey)
  if (call.idempotencyKey) headers.set('idempotency-key', call.idempotencyKey)
  // CloudFront signs what it sends to a function URL, and needs the body's hash from the browser for it.
  if (call.method && call.method !== 'GET') headers.set('x-amz-content-sha256', await sha256Hex(body ?? ''))
  let response: Response
  let text: string
  try {
    response = await fetch(path, { method: call.method ?? 'GET', headers, ...(body === undefined ? {} : { body }) })
    text = await response.text()
  } catch {
    return { ok: false, problem: localProblem('offline', 0) }
  }
  const json = parseJson(text)
  if (!response.ok) {
    const retryAfterSeconds = Number(response.headers.get('retry-after'))
    return {
      ok: false,
      problem: isProblem(json) ? json : localProblem('unreadable', response.status),
      ...(retryAfterSeconds > 0 ? { retryAfterSeconds } : {}),
    }
  }
  const parsed = schema.safeParse(json)
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, problem: localProblem('unreadable', response.status) }
}

const anything: AnswerSchema<unknown> = { safeParse: (data) => ({ success: true, data }) }

function isProblem(json: unknown): json is Problem {
  return typeof json === 'object' && json !== null && 'code' in json && 'title' in json && typeof json.code === 'string'
}

function parseJson(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text)
  } catch {
    return undefined
  }
}

const localProblem = (code: 'offline' | 'unreadable', status: number): Problem => ({
  type: 'about:blank',
  title:
    code === 'offline' ? 'No connection. Nothing was lost; try again.' : 'The answer could not be read. Try again.',
  status,
  code,
  requestId: '',
})

async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** RFC 9562 UUID version 7: a key for a command that may be repeated, which also says when it was first tried. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const time = Date.now().toString(16).padStart(12, '0')
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  const variant = '89ab'.charAt((bytes[8] ?? 0) & 3)
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
}
