import type { SalesDelta } from '#domain/order-changes.ts'
import type { Order, Ticket } from '#domain/orders.ts'
import { addSales } from '#functions/store/statistics.ts'
import { putTicket } from '#functions/store/tickets.ts'
import { transact } from '#functions/store/transaction.ts'
import { dynamo, tableNames, ticketSigner } from '#functions/wiring.ts'
import { newId } from './desk.ts'

/** A ticket as a sale leaves it in the database, with its signed code. */
export async function sellTicket(event: { id: string }, changes: Partial<Ticket> = {}) {
  const ticket: Ticket = {
    id: newId('tkt'),
    orderId: newId('ord'),
    eventId: event.id,
    ticketTypeId: newId('tty'),
    ticketTypeName: 'Standing',
    attendeeName: 'Ada Löwe',
    attendeeEmail: 'ada@people.example',
    price: { amountMinor: 1500, currency: 'EUR' },
    status: 'valid',
    admission: null,
    createdAt: new Date().toISOString(),
    ...changes,
  }
  await transact(dynamo(), [putTicket(tableNames().sales, ticket)])
  return { ...ticket, code: ticketSigner().signTicket({ eventId: ticket.eventId, ticketId: ticket.id }) }
}

/** Adds to an event's statistics as an order of it does. */
export async function countSale(order: Pick<Order, 'id' | 'eventId' | 'timeZone'>, sales: SalesDelta): Promise<void> {
  await transact(dynamo(), [addSales(tableNames().sales, order, sales)])
}
