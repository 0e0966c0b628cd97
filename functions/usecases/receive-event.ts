import { endFailedPayment } from './expire-hold.ts'
import type { OrderPorts } from './order-ports.ts'
import type { PaymentEvent } from './payment-provider.ts'
import { type MoneyBackOutcome, receiveDispute, receiveForeignRefunds } from './receive-money-back.ts'
import { receivePayment, receivePromise } from './receive-payment.ts'
import { recordRefund } from './send-refunds.ts'

export type EventOutcome = 'done' | 'ignored' | 'mismatch'

/** What the payment provider reports, in any order and any number of times. */
export async function receiveEvent(ports: OrderPorts, event: PaymentEvent): Promise<EventOutcome> {
  if (event.kind === 'other') return 'ignored'
  if (event.kind === 'refund') {
    await recordRefund(ports, event.orderId, event.refundId, event.refund)
    return 'done'
  }
  if (event.kind === 'refunds') return outcomeOf(await receiveForeignRefunds(ports, event))
  if (event.kind === 'dispute') return outcomeOf(await receiveDispute(ports, event.orderId, event.dispute))
  const { checkout } = event
  // Sessions of somebody else who shares the account carry no order of ours.
  if (!checkout.orderId?.startsWith('ord_')) return 'ignored'
  switch (checkout.state) {
    case 'paid': {
      const outcome = await receivePayment(ports, checkout)
      return outcome.kind === 'settled' ? 'done' : 'mismatch'
    }
    case 'processing':
      await receivePromise(ports, checkout)
      return 'done'
    case 'closed':
      await endFailedPayment(ports, checkout.orderId)
      return 'done'
    case 'open':
      return 'ignored'
  }
}

const outcomeOf = (outcome: MoneyBackOutcome): EventOutcome => (outcome === 'done' ? 'done' : 'mismatch')
