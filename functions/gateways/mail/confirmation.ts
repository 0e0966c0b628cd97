import type { Locale, MailContent, MailEvent, MailOrder } from './mail-content.ts'
import { button, layOut, orderLines, paragraph, whenAndWhere } from './markup.ts'

/** "Here are your tickets", sent with the PDF and the calendar file. */
export function renderConfirmation(mail: { event: MailEvent; order: MailOrder; locale: Locale }): MailContent {
  const { event, order, locale } = mail
  const count = order.lines.reduce((sum, line) => sum + line.quantity, 0)
  const [tickets, are] = count === 1 ? ['ticket', 'is'] : ['tickets', 'are']
  return layOut({
    subject: `Your ${tickets}: ${event.name}`,
    event,
    orderId: order.id,
    locale,
    blocks: [
      paragraph(
        `Your ${tickets} ${are} attached. Show the QR code at the door, on your phone or on paper: each admits one person, once.`,
      ),
      whenAndWhere(event, locale),
      orderLines(order, locale),
      button(`See your ${tickets}`, order.url, event.accent),
      paragraph(
        'Whoever has this link or a code can use your order: share them only with the people who come with you.',
      ),
    ],
  })
}
