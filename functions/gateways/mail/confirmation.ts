import { localeOf } from '#domain/languages.ts'
import { documents } from '#src/i18n/documents.ts'
import { fill, fillCount } from '#src/i18n/fill.ts'
import type { Language, MailContent, MailEvent, MailOrder } from './mail-content.ts'
import { button, layOut, orderLines, paragraph, whenAndWhere } from './markup.ts'

/** "Here are your tickets", sent with the PDF and the calendar file. */
export function renderConfirmation(mail: { event: MailEvent; order: MailOrder; language: Language }): MailContent {
  const { event, order, language } = mail
  const words = documents[language]
  const locale = localeOf[language]
  const count = order.lines.reduce((sum, line) => sum + line.quantity, 0)
  return layOut({
    subject: fill(fillCount(words.confirmSubject, count, locale), { event: event.name }),
    event,
    orderId: order.id,
    language,
    blocks: [
      paragraph(fillCount(words.confirmText, count, locale)),
      whenAndWhere(event, language),
      orderLines(order, language),
      button(fillCount(words.seeTickets, count, locale), order.url, event.accent),
      paragraph(words.share),
    ],
  })
}
