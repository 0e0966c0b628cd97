import type { Money } from '#domain/money.ts'
import type { RefundCause } from '#domain/orders.ts'
import { describePrice } from '../event-wording.ts'
import type { Locale, MailContent, MailEvent, MailOrder } from './mail-content.ts'
import { button, layOut, paragraph } from './markup.ts'

const openings: Record<RefundCause, string> = {
  no_tickets:
    'We are sorry: your payment arrived after the time to pay had ended, and the tickets had gone to others. You have no tickets for this event.',
  duplicate: 'You paid twice for one order. The second payment is on its way back; your tickets stay valid.',
  requested: 'Your refund is on its way, as you asked. The refunded tickets no longer open the door.',
  by_organiser: 'The organiser has refunded you. Tickets that were refunded no longer open the door.',
  at_provider: 'The organiser has refunded you. If that is the whole price, your tickets no longer open the door.',
  event_cancelled:
    'The organiser had cancelled the event before your payment arrived. You have no tickets; please do not travel.',
}

export function renderRefundNotice(mail: {
  event: MailEvent
  order: Pick<MailOrder, 'id' | 'url'>
  refunded: Money
  cause: RefundCause
  locale: Locale
}): MailContent {
  const { event, order, refunded, cause, locale } = mail
  const amount = describePrice(refunded, locale)
  return layOut({
    subject: cause === 'no_tickets' ? `No tickets, money back: ${event.name}` : `Refund of ${amount}: ${event.name}`,
    event,
    orderId: order.id,
    locale,
    blocks: [
      paragraph(openings[cause]),
      paragraph(
        `We are returning ${amount} to the card or account that you paid with. Banks take up to 10 days to show it.`,
      ),
      button('See your order', order.url, event.accent),
    ],
  })
}
