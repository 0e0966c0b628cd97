import type { Money } from '#domain/money.ts'
import { describePrice } from '../event-wording.ts'
import type { Locale, MailContent, MailEvent, MailOrder } from './mail-content.ts'
import { button, layOut, paragraph, whenAndWhere } from './markup.ts'

/** @param mail.refunded null when nothing was paid or the organiser refunds in another way */
export function renderEventCancelled(mail: {
  event: MailEvent
  order: Pick<MailOrder, 'id' | 'url'>
  refunded: Money | null
  locale: Locale
}): MailContent {
  const { event, order, refunded, locale } = mail
  return layOut({
    subject: `Cancelled: ${event.name}`,
    event,
    orderId: order.id,
    locale,
    blocks: [
      paragraph(
        'We are sorry: the organiser has cancelled this event. Your tickets are no longer valid; please do not travel.',
      ),
      whenAndWhere(event, locale),
      ...(refunded && refunded.amountMinor > 0
        ? [
            paragraph(
              `We are returning ${describePrice(refunded, locale)} to the card or account that you paid with. Banks take up to 10 days to show it.`,
            ),
          ]
        : []),
      button('See your order', order.url, event.accent),
    ],
  })
}
