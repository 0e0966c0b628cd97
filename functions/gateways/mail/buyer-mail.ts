import type { EventRecord } from '#domain/catalog.ts'
import type { Language } from '#domain/languages.ts'
import { languageFor } from '#domain/order-language.ts'
import type { Order, Refund } from '#domain/orders.ts'
import { inLanguage } from '#domain/translations.ts'
import type { BuyerMail } from '../../usecases/tell-buyer.ts'
import { addressOf } from '../../usecases/ticket-documents.ts'
import { calendarContentType, renderCalendar } from '../ticket-calendar.ts'
import { renderConfirmation } from './confirmation.ts'
import { renderEventCancelled } from './event-cancelled.ts'
import type { MailEvent, MailOrder } from './mail-content.ts'
import type { Mailer } from './mailer.ts'
import { renderRefundNotice } from './refund-notice.ts'

/** The mails that an order owes its buyer, written and handed to the mailer. */
export function createBuyerMail(
  mailer: Mailer,
  orderUrl: (orderId: string, from?: 'payment' | 'success', language?: Language) => string,
): BuyerMail {
  const mailOrder = ({ id, lines, total, discountCode, tax, language }: Order): MailOrder => ({
    ...{ id, total, discountCode, tax },
    lines: lines.map((line) => ({ ...line, ticketTypeName: line.shownAs ?? line.ticketTypeName })),
    url: orderUrl(id, undefined, language),
  })

  return {
    async sendConfirmation(order, written, ticketsPdf) {
      const { event, language } = spoken(order, written)
      await mailer.send({
        ...renderConfirmation({ event: mailEvent(event), order: mailOrder(order), language }),
        to: order.buyer,
        attachments: [
          { filename: 'tickets.pdf', content: ticketsPdf, contentType: 'application/pdf' },
          calendarFile(order, event),
        ],
      })
    },

    async sendRefundNotice(order: Order, written: EventRecord, refund: Refund) {
      const { event, language } = spoken(order, written)
      const { cause, amountMinor } = refund
      const refunded = { amountMinor, currency: order.total.currency }
      await mailer.send({
        ...renderRefundNotice({ event: mailEvent(event), order: mailOrder(order), refunded, cause, language }),
        to: order.buyer,
      })
    },

    async sendEventCancelled(order, written, refund) {
      const { event, language } = spoken(order, written)
      const refunded = refund && { amountMinor: refund.amountMinor, currency: order.total.currency }
      await mailer.send({
        ...renderEventCancelled({ event: mailEvent(event), order: mailOrder(order), refunded, language }),
        to: order.buyer,
        attachments: [calendarFile(order, event)],
      })
    },
  }

  function calendarFile(order: Order, event: EventRecord) {
    const isCancelled = event.status === 'cancelled'
    const content = renderCalendar({
      ...mailEvent(event),
      id: event.id,
      version: event.version,
      isCancelled,
      updatedAt: event.updatedAt,
      url: orderUrl(order.id, undefined, order.language),
      organiser: { name: event.organiser.name },
      language: languageFor(order, event),
    })
    return { filename: 'event.ics', content, contentType: calendarContentType({ isCancelled }) }
  }
}

/** The event as the order's buyer reads it. */
function spoken(order: Order, written: EventRecord): { event: EventRecord; language: Language } {
  const language = languageFor(order, written)
  return { event: inLanguage(written, language), language }
}

const mailEvent = ({ name, startsAt, endsAt, doorsAt, timeZone, venue, organiser }: EventRecord): MailEvent => ({
  ...{ name, startsAt, endsAt, doorsAt, timeZone },
  venueName: venue.name,
  address: addressOf(venue),
  organiserName: organiser.name,
  accent: organiser.accent,
})
