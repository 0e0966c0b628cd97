import type { Ticket } from '#domain/orders.ts'

export interface AttendeePorts {
  /** Tickets of the event in the order of their sale, after the cursor. */
  tickets(eventId: string, limit: number, after?: string): Promise<readonly Ticket[]>
  cursorOf(ticket: Ticket): string
}

const pageSize = 200
/** A search gives up for this time after so many tickets; its cursor goes on from there. */
const maxLookedAt = 10_000

export interface AttendeePage {
  readonly tickets: readonly Ticket[]
  readonly cursor: string | null
}

/** Attendees whose name, e-mail address, ticket or order holds the search text, in the order of their sale. */
export async function listAttendees(
  ports: AttendeePorts,
  eventId: string,
  query: { readonly limit: number; readonly cursor?: string | undefined; readonly search?: string | undefined },
): Promise<AttendeePage> {
  const wanted = foldCase(query.search ?? '')
  const found: Ticket[] = []
  let after = query.cursor
  for (let lookedAt = 0; lookedAt < maxLookedAt; ) {
    const size = wanted === '' ? query.limit : pageSize
    const page = await ports.tickets(eventId, size, after)
    for (const ticket of page) {
      after = ports.cursorOf(ticket)
      if (matches(ticket, wanted)) found.push(ticket)
      if (found.length === query.limit) return { tickets: found, cursor: after }
    }
    if (page.length < size) return { tickets: found, cursor: null }
    lookedAt += page.length
  }
  return { tickets: found, cursor: after ?? null }
}

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

const matches = (ticket: Ticket, wanted: string): boolean =>
  [ticket.attendeeName, ticket.attendeeEmail, ticket.id, ticket.orderId].some((text) => foldCase(text).includes(wanted))

const foldCase = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trim()
