import type { Money } from '#domain/money.ts'
import type { RefundCause } from '#domain/orders.ts'
import { documents } from '#src/i18n/documents.ts'
import { fill } from '#src/i18n/fill.ts'
import { describePrice } from '../event-wording.ts'
import type { Language, MailContent, MailEvent, MailOrder } from './mail-content.ts'
import { button, layOut, paragraph } from './markup.ts'

/** Of nothing: tickets have ended, and no money goes back. */
export function renderRefundNotice(mail: {
  event: MailEvent
  order: Pick<MailOrder, 'id' | 'url'>
  refunded: Money
  cause: RefundCause
  language: Language
}): MailContent {
  const { event, order, refunded, cause, language } = mail
  const words = documents[language]
  const amount = describePrice(refunded, language)
  const isMoney = refunded.amountMinor > 0
  const subject = isMoney ? words.refundSubject : words.endedSubject
  return layOut({
    subject: fill(cause === 'no_tickets' ? words.noTicketsSubject : subject, { amount, event: event.name }),
    event,
    orderId: order.id,
    language,
    blocks: [
      ...(isMoney ? [paragraph(words[cause]), paragraph(fill(words.returning, { amount }))] : [paragraph(words.ended)]),
      button(words.seeOrder, order.url, event.accent),
    ],
  })
}
