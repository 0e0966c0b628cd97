import type { Instant } from '#domain/catalog.ts'
import { type Look, lookAtOrder } from './expire-hold.ts'
import type { OrderPorts } from './order-ports.ts'
import { withPatience } from './patience.ts'
import { PaymentUnavailable } from './payment-provider.ts'

export interface SweepPorts extends OrderPorts {
  /** Each due partition's orders, a page at a time, the longest overdue first. */
  dueOrderIds(bucket: number, now: Instant): AsyncIterable<readonly string[]>
  readonly dueBuckets: number
  report(problem: string, orderId: string, error: unknown): void
}

export type SweepSummary = Record<Look | 'unanswered' | 'failed', number>

/** In each partition. What the provider accepts is kept by the pace of the port. */
const atOnce = 2

/**
 * Looks at every order that is due. One that fails, or whose payment provider is silent, keeps its stock and stays due; the others go on:
 * those that never had a payment page need nobody's answer.
 *
 * @param deadlineMs Unix time after which nothing new is begun; the rest waits for the next minute.
 */
export async function sweepHolds(ports: SweepPorts, deadlineMs: number): Promise<SweepSummary> {
  const summary: SweepSummary = { expired: 0, paid: 0, waiting: 0, refunds: 0, nothing: 0, unanswered: 0, failed: 0 }
  const patient = { ...ports, payments: withPatience(ports.payments) }
  const isOver = () => Date.now() > deadlineMs
  await Promise.all(Array.from({ length: ports.dueBuckets }, (_, bucket) => sweepBucket(bucket)))
  return summary

  async function sweepBucket(bucket: number): Promise<void> {
    for await (const orderIds of ports.dueOrderIds(bucket, ports.now())) {
      const waiting = [...orderIds]
      const work = async () => {
        for (let id = waiting.shift(); id !== undefined && !isOver(); id = waiting.shift()) await look(id)
      }
      await Promise.all(Array.from({ length: atOnce }, work))
      if (isOver()) return
    }
  }

  async function look(orderId: string): Promise<void> {
    try {
      summary[await lookAtOrder(patient, orderId)]++
    } catch (error) {
      const isSilence = error instanceof PaymentUnavailable
      summary[isSilence ? 'unanswered' : 'failed']++
      if (!isSilence) ports.report('an order could not be looked at', orderId, error)
      else if (summary.unanswered === 1) ports.report('the payment provider is silent', orderId, error)
    }
  }
}
