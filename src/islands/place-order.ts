import type { Problem } from '#contracts/common.ts'
import type { PlaceOrderRequest, PlaceOrderResponse } from '#contracts/orders.ts'
import { type Language, pathIn } from '#domain/languages.ts'
import type { Answer, AnswerSchema, Call } from '#src/api/client.ts'
import type { Texts } from '#src/i18n/texts.ts'
import { placedOrder } from './answers.ts'
import { attemptKey, endAttempt, type Memory } from './attempt.ts'
import { linesOf, type Quantities } from './cart.ts'

export interface Draft {
  readonly quantities: Quantities
  readonly name: string
  readonly email: string
  /** One for each ticket; empty ones take the buyer's name. */
  readonly attendees: readonly string[]
  /** A code that the server has accepted; empty: none. */
  readonly code?: string
  /** What the buyer was shown. */
  readonly totalMinor?: number
  /** Of the page: the order's mails and tickets follow it. */
  readonly language?: Language
}

export interface FieldError {
  readonly field: string
  readonly message: string
}

/** What the browser can say before it asks the server. */
export function draftErrors(
  { name, email }: Draft,
  words: Pick<Texts['buy'], 'enterName' | 'enterEmail'>,
): FieldError[] {
  const errors: FieldError[] = []
  if (!name.trim()) errors.push({ field: 'buyer.name', message: words.enterName })
  if (!/^\S+@\S+\.\S+$/.test(email.trim())) errors.push({ field: 'buyer.email', message: words.enterEmail })
  return errors
}

export function requestOf(eventId: string, draft: Draft): PlaceOrderRequest {
  const lines = linesOf(draft.quantities)
  const count = lines.reduce((sum, { quantity }) => sum + quantity, 0)
  const buyer = { name: draft.name.trim(), email: draft.email.trim() }
  const names = Array.from({ length: count }, (_, at) => draft.attendees[at]?.trim() ?? '')
  const attendees = names.some(Boolean) ? names.map((name) => ({ name: name || buyer.name })) : undefined
  return {
    ...{ eventId, lines, buyer },
    ...(attendees ? { attendees } : {}),
    ...(draft.code ? { code: draft.code } : {}),
    ...(draft.language ? { language: draft.language } : {}),
    ...(draft.totalMinor === undefined ? {} : { expectedTotalMinor: draft.totalMinor }),
  }
}

export type PlaceOutcome =
  | { readonly kind: 'go'; readonly url: string }
  | { readonly kind: 'refused'; readonly problem: Problem; readonly retryAfterSeconds?: number | undefined }

export interface PlaceOrderPorts {
  callApi: <T>(path: string, schema: AnswerSchema<T>, call: Call) => Promise<Answer<T>>
  memory: Memory
  newKey: () => string
}

/** Sends the order, as often as it is asked to, as one attempt; answers where the buyer goes next. */
export async function placeOrder(request: PlaceOrderRequest, ports: PlaceOrderPorts): Promise<PlaceOutcome> {
  const first = await send(request, ports)
  if (!isSpent(first)) return outcomeOf(first)
  endAttempt(ports.memory, request.eventId)
  return outcomeOf(await send(request, ports))
}

function send(request: PlaceOrderRequest, { callApi, memory, newKey }: PlaceOrderPorts) {
  // A price that moved while an answer was lost does not make it another order.
  const { expectedTotalMinor: _, language: __, ...asked } = request
  const idempotencyKey = attemptKey(memory, request.eventId, JSON.stringify(asked), newKey)
  return callApi('/api/orders', placedOrder, { method: 'POST', body: request, idempotencyKey })
}

/** The key stands for an order that came to nothing, or for one that no page of ours remembers. */
function isSpent(answer: Answer<PlaceOrderResponse>): boolean {
  if (!answer.ok) return answer.problem.code === 'idempotency_key_reused'
  return answer.value.order.status === 'expired' || answer.value.order.status === 'cancelled'
}

function outcomeOf(answer: Answer<PlaceOrderResponse>): PlaceOutcome {
  if (!answer.ok) return { kind: 'refused', problem: answer.problem, retryAfterSeconds: answer.retryAfterSeconds }
  const { order, key, payment } = answer.value
  return { kind: 'go', url: payment?.url ?? orderPath(order.id, key, order.language) }
}

/** The key stands behind the hash, so that it never reaches a server's log. */
export const orderPath = (id: string, key: string, language: Language): string =>
  `${pathIn(language, '/order/')}#${new URLSearchParams({ id, key })}`
