import type { Retention } from './ledger.ts'
import type { Answer } from './records.ts'

const ANSWERS_SECONDS = 24 * 60 * 60
const EVENTS_SECONDS = 30 * 24 * 60 * 60

export const isRemembered = ({ answeredAt }: Answer, agedNowSeconds: number): boolean =>
  answeredAt > agedNowSeconds - ANSWERS_SECONDS

/** As at Stripe, an idempotency key is forgotten after a day and an event after a month. */
export function retentionAt(nowSeconds: number): Retention {
  const isRecent = (second: number) => second > nowSeconds - EVENTS_SECONDS
  return {
    answers: (answer) => isRemembered(answer, nowSeconds),
    events: ({ created, pending_webhooks: pending }) => pending > 0 || isRecent(created),
    deliveries: ({ state, attempts }) => state === 'pending' || isRecent(Date.parse(attempts.at(-1)?.at ?? '') / 1000),
  }
}
