import type { Order, OrderLine, StockTaken } from './orders.ts'
import { demandOf } from './stock.ts'

/** What is free again when tickets of an order end. */
export interface TicketsEnd {
  readonly stockFreed: readonly StockTaken[]
  readonly stockKept: readonly StockTaken[]
  readonly ticketTypes: readonly { readonly id: string; readonly sold: number; readonly revenueMinor: number }[]
}

/** @throws RangeError for a ticket that is not the order's, or that holds no stock any more. */
export function endTickets(
  order: Pick<Order, 'lines' | 'ticketIds' | 'stock'>,
  ticketIds: readonly string[],
): TicketsEnd {
  const lines = linesOfTickets(order, ticketIds).map((line) => ({ ...line, quantity: 1 }))
  const soldByType = Map.groupBy(lines, ({ ticketTypeId }) => ticketTypeId)
  const freed: StockTaken[] = []
  let kept = order.stock
  for (const { poolId, quantity } of demandOf(lines)) {
    let missing = quantity
    kept = kept.flatMap((taken) => {
      const part = taken.poolId === poolId ? Math.min(missing, taken.quantity) : 0
      if (part === 0) return [taken]
      missing -= part
      freed.push({ ...taken, quantity: part })
      return part === taken.quantity ? [] : [{ ...taken, quantity: taken.quantity - part }]
    })
    if (missing > 0) throw new RangeError(`the order does not hold ${quantity} places of ${poolId}`)
  }
  return {
    stockFreed: freed,
    stockKept: kept,
    ticketTypes: [...soldByType].map(([id, { length }]) => ({ id, sold: -length, revenueMinor: 0 })),
  }
}

/**
 * What each ticket has cost of the order's total, fees and discounts included: in proportion to its line, and rounded so that all
 * tickets together cost exactly the total.
 */
export function ticketShares(order: Pick<Order, 'lines' | 'ticketIds' | 'total'>): ReadonlyMap<string, number> {
  const lines = linesOfTickets(order, order.ticketIds)
  const whole = lines.reduce((sum, line) => sum + line.totalMinor / line.quantity, 0)
  const shares = new Map<string, number>()
  let weight = 0
  let given = 0
  for (const [at, line] of lines.entries()) {
    weight += line.totalMinor / line.quantity
    const isLast = at === lines.length - 1
    const until =
      isLast || whole === 0 ? order.total.amountMinor : Math.round((order.total.amountMinor * weight) / whole)
    shares.set(order.ticketIds[at] ?? '', until - given)
    given = until
  }
  return shares
}

function linesOfTickets(order: Pick<Order, 'lines' | 'ticketIds'>, ticketIds: readonly string[]): OrderLine[] {
  const lines = order.lines.flatMap((line) => Array.from({ length: line.quantity }, () => line))
  return ticketIds.map((ticketId) => {
    const line = lines[order.ticketIds.indexOf(ticketId)]
    if (!line) throw new RangeError(`the order has no ticket ${ticketId}`)
    return line
  })
}
