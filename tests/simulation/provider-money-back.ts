import type { Instant } from '#domain/catalog.ts'
import type { Dispute, Refund } from '#domain/orders.ts'
import type { ForeignRefund } from '#functions/usecases/payment-provider.ts'
import type { News, Session } from './provider.ts'

interface MoneyBack {
  readonly id: string
  readonly orderId: string
  /** Ours; null when it was made in the dashboard. */
  readonly refundId: string | null
  readonly intentId: string
  readonly amountMinor: number
  readonly at: Instant
  status: Refund['status']
}

interface Complaint {
  readonly id: string
  readonly orderId: string
  readonly intentId: string
  readonly amountMinor: number
  status: Dispute['status']
}

export type MoneyBackAnswer = Pick<Refund, 'status'> & { readonly providerId: string }

/** Refunds and disputes in the provider's books. */
export function createMoneyBack(
  now: () => Instant,
  outbox: News[],
  paidWith: (intentId: string) => Session | undefined,
) {
  const refunds: MoneyBack[] = []
  const disputes: Complaint[] = []
  /** What the next refunds answer at first, in turn. */
  let answers: readonly Refund['status'][] = ['succeeded']

  const answerOf = ({ id, status }: MoneyBack): MoneyBackAnswer => ({ providerId: id, status })

  function tell(refund: MoneyBack): void {
    const { orderId, refundId, intentId } = refund
    if (refundId === null) outbox.push({ kind: 'moved', orderId, intentId })
    else outbox.push({ kind: 'refund', orderId, refundId, refund: answerOf(refund) })
  }

  function tellDispute({ id, orderId, intentId, amountMinor, status }: Complaint): void {
    const dispute = { providerId: id, paymentIntentId: intentId, amountMinor, status, reason: 'general' }
    outbox.push({ kind: 'dispute', orderId, dispute })
  }

  function giveBack(what: Omit<MoneyBack, 'id' | 'at' | 'status'>): MoneyBackAnswer {
    const status = answers[refunds.length % answers.length] ?? 'succeeded'
    const made = { ...what, id: `re_${refunds.length + 1}`, at: now(), status }
    refunds.push(made)
    tell(made)
    return answerOf(made)
  }

  /** What is left of a payment: a bank that has not decided yet has the money. */
  function netOf(intentId: string): number {
    let net = paidWith(intentId)?.amount.amountMinor ?? 0
    for (const one of refunds) if (one.intentId === intentId && one.status !== 'failed') net -= one.amountMinor
    for (const one of disputes)
      if (one.intentId === intentId && (one.status === 'open' || one.status === 'lost')) net -= one.amountMinor
    return net
  }

  const isDisputed = (intentId: string): boolean =>
    disputes.some((one) => one.intentId === intentId && one.status === 'open')

  /** Somebody gives money back in the dashboard: all that is left, or a part of it. */
  function refundThere({ orderId, intentId }: Session, isPart: boolean): void {
    const left = intentId === null ? 0 : netOf(intentId)
    if (intentId === null || left <= 0 || isDisputed(intentId)) return
    giveBack({ orderId, refundId: null, intentId, amountMinor: isPart ? Math.ceil(left / 3) : left })
  }

  /** The buyer complains at his bank, which asks first, or takes the money at once; one complaint a payment. */
  function dispute({ orderId, intentId }: Session, status: 'inquiry' | 'open'): void {
    const left = intentId === null ? 0 : netOf(intentId)
    if (intentId === null || left <= 0) return
    const known = disputes.find((one) => one.intentId === intentId)
    if (known && (known.status !== 'inquiry' || status === 'inquiry' || left < known.amountMinor)) return
    const made = known ?? { id: `dp_${disputes.length + 1}`, orderId, intentId, amountMinor: left, status }
    made.status = status
    if (!known) disputes.push(made)
    tellDispute(made)
  }

  function settleBanks(agrees: boolean): void {
    for (const refund of refunds) {
      if (refund.status !== 'pending') continue
      refund.status = agrees ? 'succeeded' : 'failed'
      tell(refund)
    }
    for (const one of disputes) {
      if (one.status !== 'open' && one.status !== 'inquiry') continue
      // An inquiry that is closed has come to nothing.
      one.status = agrees || one.status === 'inquiry' ? 'won' : 'lost'
      tellDispute(one)
    }
  }

  const succeeded = ({ intentId }: Session) =>
    refunds.find((one) => one.intentId === intentId && one.status === 'succeeded')

  /** The buyer's bank sends back what it had taken: no such account. */
  function bounce(payment: Session): void {
    const refund = succeeded(payment)
    if (!refund) return
    refund.status = 'failed'
    tell(refund)
  }

  function readRefund(providerId: string): MoneyBackAnswer {
    const found = refunds.find(({ id }) => id === providerId)
    if (!found) throw new Error(`No such refund: ${providerId}`)
    return answerOf(found)
  }

  function madeFor(refundId: string): { readonly answer: MoneyBackAnswer; readonly at: Instant } | undefined {
    const found = refunds.find((refund) => refund.refundId === refundId)
    return found && { answer: answerOf(found), at: found.at }
  }

  const foreignRefunds = (intentId: string): ForeignRefund[] =>
    refunds
      .filter((one) => one.intentId === intentId && one.refundId === null)
      .map((one) => ({ ...answerOf(one), amountMinor: one.amountMinor }))

  return {
    ...{ giveBack, netOf, isDisputed, refundThere, dispute, settleBanks, bounce, readRefund, madeFor, foreignRefunds },
    disputes,
    isWaiting: (): boolean =>
      refunds.some(({ status }) => status === 'pending') ||
      disputes.some(({ status }) => status === 'open' || status === 'inquiry'),
    hasRefunded: (payment: Session): boolean => succeeded(payment) !== undefined,
    answerRefunds(next: readonly Refund['status'][]) {
      answers = next
    },
  }
}
