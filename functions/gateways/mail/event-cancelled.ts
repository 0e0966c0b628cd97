import type { Money } from '#domain/money.ts'
import { documents } from '#src/i18n/documents.ts'
import { fill } from '#src/i18n/fill.ts'
import { describePrice } from '../event-wording.ts'
import type { Language, MailContent, MailEvent, MailOrder } from './mail-content.ts'
import { button, layOut, paragraph, whenAndWhere } from './markup.ts'

/** @param mail.refunded null when nothing was paid or the organiser refunds in another way */
export function renderEventCancelled(mail: {
  event: MailEvent
  order: Pick<MailOrder, 'id' | 'url'>
  refunded: Money | null
  language: Language
}): MailContent {
  const { event, order, refunded, language } = mail
  const words = documents[language]
  return layOut({
    subject: fill(words.cancelledSubject, { event: event.name }),
    event,
    orderId: order.id,
    language,
    blocks: [
      paragraph(words.cancelledText),
      whenAndWhere(event, language),
      ...(refunded && refunded.amountMinor > 0
        ? [paragraph(fill(words.returning, { amount: describePrice(refunded, language) }))]
        : []),
      button(words.seeOrder, order.url, event.accent),
    ],
  })
}
