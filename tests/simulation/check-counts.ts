import { sumCharges } from '#domain/charges.ts'
import { lostMinor, refundedMinor } from '#domain/order-changes.ts'
import { isPaid } from '#domain/order-decisions.ts'
import type { Order, Ticket } from '#domain/orders.ts'
import { salesKeys } from '#functions/store/keys.ts'
import type { EventStatistics } from '#functions/store/statistics.ts'
import { type Expect, sum } from './books.ts'
import { soldTickets } from './check-orders.ts'
import { eventId } from './event.ts'
import type { Item } from './memory-dynamo/values.ts'

/** The organiser's figures are what orders and tickets say. */
export function checkStatistics(
  statistics: EventStatistics,
  orders: readonly Order[],
  tickets: readonly Ticket[],
  expect: Expect,
): void {
  const everSold = orders.filter(({ ticketIds }) => ticketIds.length > 0)
  const sold = orders.flatMap((order) => soldTickets(order, tickets))
  const lines = everSold.flatMap((order) => order.lines)
  expect('statistics: orders', statistics.orders, everSold.length)
  expect('statistics: sold', statistics.sold, sold.length)
  expect('statistics: revenue', statistics.revenueMinor, sum(everSold.map(({ total }) => total.amountMinor)))
  const back = sum(everSold.map((order) => refundedMinor(order) + lostMinor(order)))
  expect('statistics: refunded', statistics.refundedMinor, back)
  expect('statistics: admitted', statistics.admitted, tickets.filter(({ admission }) => admission !== null).length)
  const ended = orders.filter(({ cancelledBy }) => cancelledBy === 'event').length
  expect('statistics: ended by the event', statistics.cancelledByEvent, ended)
  for (const [name, amount] of Object.entries(sumCharges(lines)))
    expect(`statistics: ${name}`, Reflect.get(statistics, name), amount)
  for (const [id, type] of statistics.ticketTypes) {
    const ofType = lines.filter(({ ticketTypeId }) => ticketTypeId === id)
    expect(`statistics: sold ${id}`, type.sold, sold.filter(({ ticketTypeId }) => ticketTypeId === id).length)
    expect(`statistics: revenue ${id}`, type.revenueMinor, sum(ofType.map(({ totalMinor }) => totalMinor)))
  }
}

/** A code was used as often as orders that are held or sold have used it. */
export function checkCode(codes: readonly Item[], orders: readonly Order[], expect: Expect): void {
  for (const { pk, code, uses, spentMinor } of codes) {
    const used = orders
      .filter(isPaid)
      .flatMap(({ discountCode: use }) => (use !== undefined && use.code === code ? [use] : []))
    expect(`${pk} counts its uses`, uses, sum(used.map((use) => use.uses)))
    expect(`${pk} counts what it took off`, spentMinor, sum(used.map((use) => use.discountMinor)))
  }
}

export function checkLimits(
  limits: readonly Item[],
  orders: readonly Order[],
  tickets: readonly Ticket[],
  expect: Expect,
): void {
  for (const { pk, taken } of limits) {
    const own = orders.filter(
      ({ buyer, isBuyerLimited }) => isBuyerLimited && salesKeys.buyerLimit(eventId, buyer.email).pk === pk,
    )
    expect(`${pk} counts the buyer's tickets`, taken, own.flatMap((order) => soldTickets(order, tickets)).length)
  }
}
