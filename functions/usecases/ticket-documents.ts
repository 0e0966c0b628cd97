import { createHash } from 'node:crypto'
import type { EventRecord, Venue } from '#domain/catalog.ts'
import { localeOf } from '#domain/languages.ts'
import { languageFor, shownNameOf } from '#domain/order-language.ts'
import type { Order, Ticket } from '#domain/orders.ts'
import { inLanguage } from '#domain/translations.ts'
import type { OrderPorts } from './order-ports.ts'
import type { TicketPrint } from './ticket-print.ts'

export interface DocumentPorts extends Pick<OrderPorts, 'getEvent' | 'tickets'> {
  signTicket(ticket: { readonly eventId: string; readonly ticketId: string }): string
  renderPdf(tickets: readonly TicketPrint[]): Promise<Uint8Array>
  readonly files: {
    readFile(key: string): Promise<Uint8Array | null>
    /** Null when there is no such file. */
    readEtag(key: string): Promise<string | null>
    putFile(key: string, file: { readonly body: Uint8Array; readonly contentType: string }): Promise<boolean>
    /** A link that opens the file for so many seconds, to be saved as `fileName`. */
    signUrl(key: string, seconds: number, fileName: string): Promise<string>
  }
}

const linkSeconds = 300

/** The PDF of an order's valid tickets, or of one of them; null when there is none. Made at the first request and kept. */
export async function readTicketsPdf(ports: DocumentPorts, order: Order): Promise<Uint8Array | null> {
  const prints = await printsOf(ports, order)
  if (prints.length === 0) return null
  const stored = await ports.files.readFile(nameOf(order.id, prints))
  return stored ?? renderAndKeep(ports, order.id, prints)
}

export async function linkToTicketsPdf(ports: DocumentPorts, order: Order, ticketId?: string): Promise<string | null> {
  const all = await printsOf(ports, order)
  const prints = ticketId === undefined ? all : all.filter((print) => print.ticketId === ticketId)
  const [first] = prints
  if (!first) return null
  const name = nameOf(order.id, prints)
  if ((await ports.files.readEtag(name)) === null) await renderAndKeep(ports, order.id, prints)
  return ports.files.signUrl(name, linkSeconds, `${prints.length === 1 ? 'ticket' : 'tickets'}-${order.id}.pdf`)
}

async function renderAndKeep(
  ports: DocumentPorts,
  orderId: string,
  prints: readonly TicketPrint[],
): Promise<Uint8Array> {
  const bytes = await ports.renderPdf(prints)
  await ports.files.putFile(nameOf(orderId, prints), { body: bytes, contentType: 'application/pdf' })
  return bytes
}

/** Named after all that is printed: a revoked ticket, a new name or a later start make another document. */
function nameOf(orderId: string, prints: readonly TicketPrint[]): string {
  const hash = createHash('sha256').update(JSON.stringify(prints)).digest('hex')
  return `tickets/${orderId}/${hash.slice(0, 32)}.pdf`
}

async function printsOf(ports: DocumentPorts, order: Order): Promise<TicketPrint[]> {
  const [event, tickets] = await Promise.all([ports.getEvent(order.eventId), ports.tickets.getTickets(order.ticketIds)])
  if (!event) throw new Error(`order ${order.id} is for an event that does not exist`)
  const valid = tickets.filter(({ status }) => status === 'valid')
  return valid.map((ticket) =>
    printOf(event, order, ticket, ports.signTicket({ eventId: event.id, ticketId: ticket.id })),
  )
}

function printOf(written: EventRecord, order: Order, ticket: Ticket, code: string): TicketPrint {
  const language = languageFor(order, written)
  const event = inLanguage(written, language)
  const ticketTypeName = shownNameOf(order, ticket)
  const { startsAt, endsAt, doorsAt, timeZone, venue, organiser } = event
  const { id, orderId, attendeeName, price } = ticket
  return {
    ...{ code, ticketId: id, orderId, eventName: event.name, startsAt, endsAt, timeZone },
    ...(doorsAt === undefined ? {} : { doorsAt }),
    ...{ venueName: venue.name, address: addressOf(venue), ticketTypeName, attendeeName, price },
    ...{ organiserName: organiser.name, accent: organiser.accent, language, locale: localeOf[language] },
  }
}

export const addressOf = ({ street, postalCode, city, country }: Venue): string =>
  `${street}, ${[postalCode, city].filter((part) => part !== '').join(' ')}, ${country}`
