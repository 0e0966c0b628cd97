import { quantityOf } from '#domain/order-changes.ts'
import { isPaid } from '#domain/order-decisions.ts'
import type { Order, Ticket } from '#domain/orders.ts'
import { demandOf } from '#domain/stock.ts'
import { type Expect, sum } from './books.ts'

/** Tickets that stand for a place: of a paid order, and not given back. */
export const soldTickets = (order: Order, tickets: readonly Ticket[]): Ticket[] =>
  isPaid(order) ? tickets.filter(({ orderId, status }) => orderId === order.id && status === 'valid') : []

/**
 * Each order is over or paid, and has the tickets and the places that it should.
 *
 * @param isOver the event has been cancelled
 */
export function checkOrders(
  orders: readonly Order[],
  tickets: readonly Ticket[],
  isOver: boolean,
  expect: Expect,
): void {
  for (const order of orders) checkOrder(order, tickets, isOver, expect)
  const ids = new Set(orders.map(({ id }) => id))
  for (const { orderId } of tickets) expect('a ticket has its order', ids.has(orderId), true)
}

function checkOrder(order: Order, tickets: readonly Ticket[], isOver: boolean, expect: Expect): void {
  const { id, ticketIds, status, refunds } = order
  const own = tickets.filter(({ orderId }) => orderId === id)
  // Who was in when his order ended stays in, with his money back.
  const valid = own.filter((ticket) => ticket.status === 'valid' && (isPaid(order) || ticket.admission === null))
  const ended = new Set(refunds.flatMap((refund) => refund.ticketIds ?? []))
  expect(`the order ${id} is over or paid`, status === 'held', false)
  expect(`the order ${id} waits for nobody`, order.dueAt, null)
  expect(`the order ${id} has its tickets`, valid.length, isPaid(order) ? quantityOf(order) - ended.size : 0)
  expect(`the order ${id} knows its tickets`, ticketIds.length, own.length)
  for (const ticket of own) expect(`the ticket ${ticket.id} is in its order`, ticketIds.includes(ticket.id), true)
  if (isPaid(order)) expect(`the paid order ${id} has tickets`, valid.length > 0, true)
  if (isOver) expect(`the order ${id} ended with its event`, isPaid(order), false)
  checkPlaces(order, tickets, expect)
}

/** The places that it took are those of its tickets, pool by pool. */
function checkPlaces(order: Order, tickets: readonly Ticket[], expect: Expect): void {
  const sold = new Set(soldTickets(order, tickets).map(({ id }) => id))
  const lines = order.lines.flatMap((line) => Array.from({ length: line.quantity }, () => ({ ...line, quantity: 1 })))
  const due = demandOf(lines.filter((_, at) => sold.has(order.ticketIds[at] ?? '')))
  for (const { poolId, quantity } of due) {
    const taken = order.stock.filter((one) => one.poolId === poolId)
    expect(`${order.id} has its places of ${poolId}`, sum(taken.map((one) => one.quantity)), quantity)
  }
  const places = sum(order.stock.map(({ quantity }) => quantity))
  expect(`${order.id} has its places and no others`, places, sum(due.map(({ quantity }) => quantity)))
}
