import type { EventRecord } from '#domain/catalog.ts'
import type { Order, Refund } from '#domain/orders.ts'
import type { BuyerMail } from '../../usecases/tell-buyer.ts'
import { addressOf, documentLocale as locale } from '../../usecases/ticket-documents.ts'
import { calendarContentType, renderCalendar } from '../ticket-calendar.ts'
import { renderConfirmation } from './confirmation.ts'
import { renderEventCancelled } from './event-cancelled.ts'
import type { MailEvent, MailOrder } from './mail-content.ts'
import type { Mailer } from './mailer.ts'
import { renderRefundNotice } from './refund-notice.ts'

/** The mails that an order owes its buyer, written and handed to the mailer. */
export function createBuyerMail(mailer: Mailer, orderUrl: (orderId: string) => string): BuyerMail {
  const mailOrder = ({ id, lines, total, discountCode, tax }: Order): MailOrder => ({
    ...{ id, lines, total, discountCode, tax },
    url: orderUrl(id),
  })

  return {
    async sendConfirmation(order, event, ticketsPdf) {
      await mailer.send({
        ...renderConfirmation({ event: mailEvent(event), order: mailOrder(order), locale }),
        to: order.buyer,
        attachments: [
          { filename: 'tickets.pdf', content: ticketsPdf, contentType: 'application/pdf' },
          calendarFile(order, event),
        ],
      })
    },

    async sendRefundNotice(order: Order, event: EventRecord, refund: Refund) {
      const { cause, amountMinor } = refund
      const refunded = { amountMinor, currency: order.total.currency }
      await mailer.send({
        ...renderRefundNotice({ event: mailEvent(event), order: mailOrder(order), refunded, cause, locale }),
        to: order.buyer,
      })
    },

    async sendEventCancelled(order, event, refund) {
      const refunded = refund && { amountMinor: refund.amountMinor, currency: order.total.currency }
      await mailer.send({
        ...renderEventCancelled({ event: mailEvent(event), order: mailOrder(order), refunded, locale }),
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
      url: orderUrl(order.id),
      organiser: { name: event.organiser.name },
      locale,
    })
    return { filename: 'event.ics', content, contentType: calendarContentType({ isCancelled }) }
  }
}

const mailEvent = ({ name, startsAt, endsAt, doorsAt, timeZone, venue, organiser }: EventRecord): MailEvent => ({
  ...{ name, startsAt, endsAt, doorsAt, timeZone },
  venueName: venue.name,
  address: addressOf(venue),
  organiserName: organiser.name,
  accent: organiser.accent,
})
