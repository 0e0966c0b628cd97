import { lookLater, settleRefund } from '#domain/order-changes.ts'
import type { Order, Refund } from '#domain/orders.ts'
import { withRefundOwedAgain } from '#domain/refused-refunds.ts'
import { type OrderPorts, untilCommitted } from './order-ports.ts'
import { PaymentUnavailable, RefundRefused } from './payment-provider.ts'

type RefundPorts = Pick<OrderPorts, 'orders' | 'payments' | 'now'>
type ProviderAnswer = Pick<Refund, 'status' | 'providerId'>

/**
 * Carries out the refunds that the order owes. The order says so before the provider is asked, and the provider knows each by our
 * id: after a crash anywhere in between, the sweeper comes here again and nobody is paid twice.
 */
export async function sendRefunds(ports: RefundPorts, order: Order): Promise<void> {
  for (const refund of order.refunds) {
    const { status, paymentIntentId } = refund
    if (status !== 'pending' || paymentIntentId === null) continue
    const answer = await askProvider(ports, order, { ...refund, paymentIntentId })
    if (!answer) return
    await recordRefund(ports, order.id, refund.id, answer)
  }
}

/** What the provider says of a refund, written down once. Order and refund that are not ours are ignored. */
export async function recordRefund(
  ports: RefundPorts,
  orderId: string,
  refundId: string,
  answer: ProviderAnswer,
): Promise<void> {
  await untilCommitted(async () => {
    const order = await ports.orders.getOrder(orderId)
    const refund = order?.refunds.find(({ id }) => id === refundId)
    if (!order || !refund || refund.paymentIntentId === null || isOldNews(refund, answer)) return null
    const isSame = refund.status === answer.status && refund.providerId === answer.providerId
    const now = ports.now()
    const change = isSame
      ? lookLater(order, now)
      : withRefundOwedAgain(settleRefund(order, refundId, answer, now), refund.paymentIntentId, now)
    return (await ports.orders.commitChange(change)) ? null : 'changed'
  })
}

/**
 * Webhooks come in any order: what succeeded can still fail at the bank, but nothing becomes pending again. A refusal made no refund, so
 * it says nothing about one that another sender was granted a moment later.
 */
function isOldNews(refund: Refund, answer: ProviderAnswer): boolean {
  if (refund.providerId === null) return refund.status === 'failed' && answer.providerId === null
  if (answer.providerId === null || refund.status === 'failed') return true
  return refund.status === 'succeeded' && answer.status !== 'failed'
}

async function askProvider(
  ports: RefundPorts,
  order: Order,
  refund: Refund & { readonly paymentIntentId: string },
): Promise<ProviderAnswer | null> {
  try {
    if (refund.providerId !== null) return await ports.payments.readRefund(refund.providerId)
    return await ports.payments.refund({
      orderId: order.id,
      refundId: refund.id,
      paymentIntentId: refund.paymentIntentId,
      amount: { amountMinor: refund.amountMinor, currency: order.total.currency },
      owedSince: refund.at,
    })
  } catch (error) {
    if (error instanceof PaymentUnavailable) return null
    // What stands in its way is not in our books yet: it is owed again when it is.
    if (error instanceof RefundRefused) return { providerId: null, status: 'failed' }
    throw error
  }
}
