import { afterPage, type Cancellation, isWaiting } from '#domain/cancellations.ts'
import { endCancelledOrder } from './end-cancelled-order.ts'
import type { OrderPorts } from './order-ports.ts'
import { withPatience } from './patience.ts'
import { PaymentUnavailable } from './payment-provider.ts'

export interface CancellationPorts extends OrderPorts {
  readonly cancellations: {
    getCancellation(eventId: string): Promise<Cancellation | null>
    /** False when another run has gone on with it. */
    saveCancellation(cancellation: Cancellation): Promise<boolean>
    openCancellations(): Promise<readonly string[]>
  }
  bucketOrderIds(
    eventId: string,
    bucket: number,
    limit: number,
    after: string | null,
  ): Promise<{ readonly ids: readonly string[]; readonly next: string | null }>
  readonly eventBuckets: number
  report(problem: string, orderId: string, error: unknown): void
}

export interface CancellationSummary {
  ended: number
  /** The payment provider was silent: another pass comes back to them. */
  unanswered: number
  failed: number
  finished: number
}

const pageSize = 50
/** Enough to use the provider's rate while each answer takes its time. */
const atOnce = 8

/**
 * Ends the orders of events that were cancelled, a page at a time, until the deadline; the next run goes on where this one stopped. One
 * order that fails, or whose payment provider is silent, holds up no other, in this event and in those after it: it is tried again in
 * another pass.
 *
 * @param deadlineMs Unix time after which nothing new is begun.
 */
export async function endCancelledEvents(ports: CancellationPorts, deadlineMs: number): Promise<CancellationSummary> {
  const summary: CancellationSummary = { ended: 0, unanswered: 0, failed: 0, finished: 0 }
  const patient = { ...ports, payments: withPatience(ports.payments) }
  const isOver = () => Date.now() > deadlineMs
  for (const eventId of await ports.cancellations.openCancellations()) {
    let cancellation = await ports.cancellations.getCancellation(eventId)
    while (cancellation && cancellation.finishedAt === null && !isWaiting(cancellation, ports.now()) && !isOver()) {
      const next = await endPage(patient, cancellation, summary, isOver)
      if (next?.finishedAt) summary.finished++
      cancellation = next
    }
  }
  return summary
}

/** Null when the page could not be finished now, or another run is at the same work. */
async function endPage(
  ports: CancellationPorts,
  cancellation: Cancellation,
  summary: CancellationSummary,
  isOver: () => boolean,
): Promise<Cancellation | null> {
  const { eventId, bucket, after } = cancellation
  const { ids, next } = await ports.bucketOrderIds(eventId, bucket, pageSize, after)
  const waiting = [...ids]
  let isClean = true
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined && !isOver(); id = waiting.shift())
      if (!(await endOne(ports, id, summary))) isClean = false
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  if (isOver() && waiting.length > 0) return null
  const step = afterPage(cancellation, { next, isClean }, ports.eventBuckets, ports.now())
  return (await ports.cancellations.saveCancellation(step)) ? step : null
}

async function endOne(ports: CancellationPorts, orderId: string, summary: CancellationSummary): Promise<boolean> {
  try {
    if ((await endCancelledOrder(ports, orderId)) === 'ended') summary.ended++
    return true
  } catch (error) {
    const isSilence = error instanceof PaymentUnavailable
    summary[isSilence ? 'unanswered' : 'failed']++
    if (!isSilence) ports.report('an order could not end', orderId, error)
    else if (summary.unanswered === 1) ports.report('the payment provider is silent', orderId, error)
    return false
  }
}
