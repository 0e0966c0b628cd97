import type { OrderView } from '#contracts/orders.ts'
import type { EventRecord } from '#domain/catalog.ts'
import { sumCharges } from '#domain/charges.ts'
import type { Language } from '#domain/languages.ts'
import type { Money } from '#domain/money.ts'
import { isCancellable } from '#domain/order-decisions.ts'
import { languageFor, shownNameOf } from '#domain/order-language.ts'
import type { Order, Ticket } from '#domain/orders.ts'
import { eventPath, inLanguage, languagesOf } from '#domain/translations.ts'
import type { OrderPorts } from './order-ports.ts'

export interface ViewPorts extends Pick<OrderPorts, 'getEvent' | 'tickets' | 'now'> {
  signTicket(ticket: { readonly eventId: string; readonly ticketId: string }): string
}

/** An order as its buyer sees it: with the codes of its valid tickets. */
export async function viewOrder(ports: ViewPorts, order: Order): Promise<OrderView> {
  const [event, tickets] = await Promise.all([ports.getEvent(order.eventId), ports.tickets.getTickets(order.ticketIds)])
  if (!event) throw new Error(`order ${order.id} is for an event that does not exist`)
  const money = (amountMinor: number): Money => ({ amountMinor, currency: order.total.currency })
  return {
    id: order.id,
    status: order.status,
    language: languageFor(order, event),
    event: viewEvent(event, languageFor(order, event)),
    buyer: order.buyer,
    lines: order.lines.map(
      ({ ticketTypeId, ticketTypeName, shownAs, phase, quantity, unitPriceMinor, totalMinor }) => ({
        ticketTypeId,
        ticketTypeName: shownAs ?? ticketTypeName,
        ...(phase === undefined ? {} : { phase }),
        quantity,
        unitPrice: money(unitPriceMinor),
        total: money(totalMinor),
      }),
    ),
    total: order.total,
    ...viewCharges(order, money),
    holdExpiresAt: order.holdExpiresAt,
    holdExtended: order.holdExtended,
    cancellable: isCancellable(order, event, ports.now()),
    tickets: tickets.map((ticket) => viewTicket(ports, ticket, order)),
    refunds: order.refunds.map(({ amountMinor, status, at, reason }) => ({
      amount: money(amountMinor),
      status,
      at,
      reason,
    })),
    createdAt: order.createdAt,
  }
}

function viewCharges(
  { lines, fee, tax, discountCode }: Order,
  money: (amountMinor: number) => Money,
): Pick<OrderView, 'discount' | 'fee' | 'tax'> {
  const { feeMinor, taxMinor } = sumCharges(lines)
  return {
    ...(discountCode ? { discount: { code: discountCode.code, amount: money(discountCode.discountMinor) } } : {}),
    ...(fee && feeMinor > 0 ? { fee: { amount: money(feeMinor), mode: fee.mode } } : {}),
    ...(tax && taxMinor > 0 ? { tax: { ...tax, amount: money(taxMinor) } } : {}),
  }
}

function viewEvent(event: EventRecord, language: Language): OrderView['event'] {
  const path = eventPath({ slug: event.slug, languages: languagesOf(event) }, language)
  const { id, slug, name, startsAt, endsAt, doorsAt, timeZone, organiser } = inLanguage(event, language)
  const { street, postalCode, city, country } = event.venue
  return {
    ...{ id, slug, path, name, startsAt, endsAt, timeZone, accent: organiser.accent },
    ...(doorsAt === undefined ? {} : { doorsAt }),
    venue: { name: event.venue.name, street, postalCode, city, country },
  }
}

function viewTicket(ports: ViewPorts, ticket: Ticket, order: Order): OrderView['tickets'][number] {
  const ticketTypeName = shownNameOf(order, ticket)
  const { id, eventId, attendeeName, price, status, admission } = ticket
  return {
    ...{ id, ticketTypeName, attendeeName, price, status },
    ...(status === 'valid' ? { code: ports.signTicket({ eventId, ticketId: id }) } : {}),
    ...(admission ? { admittedAt: admission.at } : {}),
  }
}
