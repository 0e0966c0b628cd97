import { createHmac } from 'node:crypto'
import type { DeliveryAttempt, StripeEvent } from '../ledger/records.ts'

export type Webhook = {
  url: string
  secret: string
  /** The wait before the first retry; it doubles each time. Default 1,000. */
  retryMilliseconds?: number
}

const ANSWER_MILLISECONDS = 20_000

export const isAccepted = ({ status }: DeliveryAttempt) => status !== null && status >= 200 && status < 300

/** `Stripe-Signature` by the real clock, because receivers refuse what is older than 300 seconds. */
function signature(body: string, secret: string): string {
  const seconds = Math.floor(Date.now() / 1000)
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`
}

/** Sends one signed webhook; what comes of it is the answer, never an exception. */
export async function postWebhook(
  { url, secret }: Webhook,
  event: StripeEvent,
  closing: AbortSignal,
): Promise<DeliveryAttempt> {
  const startedAt = Date.now()
  const body = JSON.stringify(event, null, 2)
  const outcome = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'stripe-signature': signature(body, secret),
    },
    body,
    redirect: 'manual',
    signal: AbortSignal.any([AbortSignal.timeout(ANSWER_MILLISECONDS), closing]),
  }).then(
    async (response) => {
      await response.body?.cancel()
      return { status: response.status, error: null }
    },
    (fault: unknown) => ({ status: null, error: reason(fault) }),
  )
  return { at: new Date(startedAt).toISOString(), ...outcome, milliseconds: Date.now() - startedAt }
}

function reason(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault)
  return fault.cause instanceof Error ? fault.cause.message || fault.cause.name : fault.message
}
