import type { Answer, Ticket } from '#domain/orders.ts'
import { type Found, searchPages } from './search-pages.ts'

export interface AttendeePorts {
  /** Tickets of the event in the order of their sale, after the cursor. */
  tickets(eventId: string, limit: number, after?: string): Promise<readonly Ticket[]>
  cursorOf(ticket: Ticket): string
}

export interface ExportPorts extends AttendeePorts {
  /** By order; those without answers are not named. */
  answersOf(orderIds: readonly string[]): Promise<ReadonlyMap<string, readonly Answer[]>>
}

const pageSize = 200

/** Attendees whose name, e-mail address, ticket or order holds the search text, in the order of their sale. */
export const listAttendees = (
  ports: AttendeePorts,
  eventId: string,
  query: { readonly limit: number; readonly cursor?: string | undefined; readonly search?: string | undefined },
): Promise<Found<Ticket>> =>
  searchPages(
    {
      read: (limit, after) => ports.tickets(eventId, limit, after),
      placeOf: ports.cursorOf,
      textsOf: ({ attendeeName, attendeeEmail, id, orderId }) => [attendeeName, attendeeEmail, id, orderId],
    },
    query,
  )

/** Every ticket of the event, a page at a time. */
export async function* allTickets(ports: AttendeePorts, eventId: string): AsyncGenerator<readonly Ticket[]> {
  let after: string | undefined
  for (;;) {
    const page = await ports.tickets(eventId, pageSize, after)
    if (page.length > 0) yield page
    const last = page.at(-1)
    if (!last || page.length < pageSize) return
    after = ports.cursorOf(last)
  }
}

/** Every ticket of the event with what its buyer said, a page at a time. */
export async function* allAttendees(
  ports: ExportPorts,
  eventId: string,
): AsyncGenerator<readonly { readonly ticket: Ticket; readonly answers: readonly Answer[] }[]> {
  for await (const tickets of allTickets(ports, eventId)) {
    const answers = await ports.answersOf(tickets.map(({ orderId }) => orderId))
    yield tickets.map((ticket) => ({ ticket, answers: answers.get(ticket.orderId) ?? [] }))
  }
}
