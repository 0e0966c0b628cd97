import type { Order } from '#domain/orders.ts'
import { type Found, searchPages } from './search-pages.ts'

export interface EventOrderPorts {
  /** Orders of the event, the newest first, after the cursor. */
  orders(eventId: string, limit: number, before?: string): Promise<readonly Order[]>
  placeOf(order: Order): string
}

/** Orders whose buyer, attendees or id hold the search text, the newest first. */
export const listEventOrders = (
  ports: EventOrderPorts,
  eventId: string,
  query: { readonly limit: number; readonly cursor?: string | undefined; readonly search?: string | undefined },
): Promise<Found<Order>> =>
  searchPages(
    {
      read: (limit, after) => ports.orders(eventId, limit, after),
      placeOf: ports.placeOf,
      textsOf: ({ id, buyer, attendees }) => [id, buyer.name, buyer.email, ...attendees.map(({ name }) => name)],
    },
    query,
  )
