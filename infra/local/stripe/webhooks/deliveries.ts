import { setTimeout as wait } from 'node:timers/promises'
import { put } from '../ledger/ledger.ts'
import type { Delivery, DeliveryAttempt, StripeEvent } from '../ledger/records.ts'
import type { World } from '../world.ts'
import { isAccepted, postWebhook, type Webhook } from './webhook.ts'

/** What can be done to webhooks to see whether a receiver copes. A restart puts all back to normal. */
export type Switches = { isPaused: boolean; isShuffled: boolean; duplicates: number }

export type Postman = {
  switches: Switches
  /** Looks at the queue again, after a switch or the clock was changed. */
  wake(): void
  /** Sends an event `times` times at once, whatever its state, also while paused. */
  redeliver(eventId: string, times: number): Promise<DeliveryAttempt[]>
  /** Drops what is queued, as if the network had lost it for good. */
  discard(): number
  close(): Promise<void>
}

const AT_ONCE = 8
const LONGEST_WAIT_MILLISECONDS = 60_000
const GIVE_UP_SECONDS = 3 * 24 * 60 * 60
const SPREAD_MILLISECONDS = 300

/** Delivers queued webhooks in the background until the receiver answers 2xx; what is queued survives a restart. */
export function startPostman(world: World, webhook: Webhook | undefined): Postman {
  const { ledger, clock } = world
  const switches: Switches = { isPaused: false, isShuffled: false, duplicates: 0 }
  const queued = new Set<string>()
  const underWay = new Set<Promise<unknown>>()
  const sending = new Set<string>()
  const closing = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let isAwake = false

  for (const delivery of ledger.deliveries.values()) if (delivery.state === 'pending') queued.add(delivery.id)
  ledger.onCommit((changes) => {
    for (const { table, record } of changes) if (table === 'deliveries') requeue(record.id)
    wake()
  })

  function requeue(id: string) {
    if (ledger.deliveries.get(id)?.state === 'pending') queued.add(id)
    else queued.delete(id)
  }

  function wake() {
    if (isAwake || closing.signal.aborted) return
    isAwake = true
    clearTimeout(timer)
    timer = setTimeout(sendDue, 0)
  }

  function sendDue() {
    isAwake = false
    const free = AT_ONCE - sending.size
    if (!webhook || switches.isPaused || closing.signal.aborted || free === 0) return
    const { due, next } = whatIsDue(clock.agedNowMs())
    if (switches.isShuffled) due.sort(() => Math.random() - 0.5)
    for (const id of due.slice(0, free)) follow(deliver(webhook, id))
    if (next !== null) timer = setTimeout(sendDue, Math.min(next, LONGEST_WAIT_MILLISECONDS))
  }

  /** What can be sent now, and in how many milliseconds there will be more. */
  function whatIsDue(now: number): { due: string[]; next: number | null } {
    const due: string[] = []
    let next = Infinity
    for (const id of queued) {
      const delivery = ledger.deliveries.get(id)
      if (!delivery || sending.has(id)) continue
      if (delivery.nextAttemptAt <= now) due.push(id)
      else next = Math.min(next, delivery.nextAttemptAt - now)
    }
    return { due, next: Number.isFinite(next) ? next : null }
  }

  function follow(work: Promise<void>) {
    const followed = work.catch((fault: unknown) => console.error('A webhook could not be recorded', fault))
    underWay.add(followed)
    void followed.then(() => underWay.delete(followed))
  }

  async function deliver(to: Webhook, id: string) {
    sending.add(id)
    try {
      if (switches.isShuffled) await wait(Math.random() * SPREAD_MILLISECONDS)
      await attemptAndRecord(to, id)
    } finally {
      sending.delete(id)
      wake()
    }
  }

  async function attemptAndRecord(to: Webhook, id: string): Promise<DeliveryAttempt | null> {
    const event = ledger.events.get(id)
    if (!event) return null
    const attempt = await postWebhook(to, event, closing.signal)
    const delivery = ledger.deliveries.get(id)
    if (closing.signal.aborted || !delivery) return attempt
    const after = afterAttempt(delivery, event, attempt, to.retryMilliseconds ?? 1000)
    const settled = after.state === 'delivered' ? [put('events', { ...event, pending_webhooks: 0 })] : []
    ledger.commit(put('deliveries', after), ...settled)
    return attempt
  }

  function afterAttempt(delivery: Delivery, event: StripeEvent, attempt: DeliveryAttempt, retryMs: number): Delivery {
    const attempts = [...delivery.attempts, attempt]
    const now = clock.agedNowMs()
    if (isAccepted(attempt)) {
      const copies = delivery.attempts.some(isAccepted) ? delivery.copiesLeft : switches.duplicates
      if (copies === 0) return { ...delivery, attempts, state: 'delivered' }
      const nextAttemptAt = now + Math.random() * SPREAD_MILLISECONDS
      return { ...delivery, attempts, copiesLeft: copies - 1, nextAttemptAt }
    }
    if (delivery.state !== 'pending') return { ...delivery, attempts }
    const nextAttemptAt = now + Math.min(retryMs * 2 ** (attempts.length - 1), LONGEST_WAIT_MILLISECONDS)
    const isHopeless = nextAttemptAt > (event.created + GIVE_UP_SECONDS) * 1000
    return { ...delivery, attempts, nextAttemptAt, state: isHopeless ? 'given_up' : 'pending' }
  }

  wake()
  return {
    switches,
    wake,
    async redeliver(eventId, times) {
      if (!webhook) return []
      const attempts = await Promise.all(Array.from({ length: times }, () => attemptAndRecord(webhook, eventId)))
      return attempts.filter((attempt) => attempt !== null)
    },
    discard() {
      const lost = [...queued].flatMap((id) => ledger.deliveries.get(id) ?? [])
      queued.clear()
      ledger.commit(...lost.map((delivery) => put('deliveries', { ...delivery, state: 'discarded' })))
      return lost.length
    },
    async close() {
      clearTimeout(timer)
      closing.abort()
      await Promise.all(underWay)
    },
  }
}
