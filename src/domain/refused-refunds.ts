import type { Instant } from './catalog.ts'
import { change, newRefund, noSaleAt, type OrderChange } from './order-changes.ts'
import { isPaid } from './order-decisions.ts'
import type { Dispute } from './orders.ts'

/**
 * Adds a new refund to a change that leaves the buyer with neither tickets nor money: the provider had refused to pay back, because a
 * bank held the money or because other refunds were on their way, and the books now know what stood in its way.
 *
 * It is owed again once for each piece of such news. What a bank has sent back, or what was refused for no reason that the books know,
 * is for somebody to look at. A part of an order that goes on is for its organiser to refund again.
 */
export function withRefundOwedAgain(decided: OrderChange, paymentIntentId: string, now: Instant): OrderChange {
  const { before, after } = decided
  const isOwn = after.payment?.paymentIntentId === paymentIntentId
  if (isOwn && isPaid(after)) return decided
  const refunds = after.refunds.filter((one) => one.paymentIntentId === paymentIntentId)
  const disputes = after.disputes.filter((one) => one.paymentIntentId === paymentIntentId)
  const refused = refunds.filter(({ status, providerId }) => status === 'failed' && providerId === null)
  const last = refused.at(-1)
  if (!last || disputes.some(({ status }) => status === 'open')) return decided

  const back = sum(refunds.filter(({ status }) => status !== 'failed'))
  const amountMinor = after.total.amountMinor - back - sum(disputes.filter(({ status }) => status === 'lost'))
  const news = refunds.filter(({ cause }) => cause === 'at_provider').length + wonOf(disputes)
  if (amountMinor <= 0 || news <= Math.max(0, ...refunds.map(({ afterNews = 0 }) => afterNews))) return decided

  const { cause, reason } = last
  const owed = newRefund(after, { paymentIntentId, amountMinor, cause, reason, afterNews: news }, now)
  const { after: owing } = change(before, { ...after, refunds: [...after.refunds, owed] }, now)
  const sales = decided.sales ?? noSaleAt(now)
  const refundedMinor = sales.refundedMinor + (isOwn ? amountMinor : 0)
  return {
    ...decided,
    after: { ...owing, version: after.version },
    sales: isOwn ? { ...sales, refundedMinor } : decided.sales,
  }
}

const wonOf = (disputes: readonly Dispute[]): number => disputes.filter(({ status }) => status === 'won').length

const sum = (some: readonly { readonly amountMinor: number }[]): number =>
  some.reduce((total, { amountMinor }) => total + amountMinor, 0)
