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
  const endedByType = new Map<string, number>()
  for (const { ticketTypeId: id } of lines) endedByType.set(id, (endedByType.get(id) ?? 0) + 1)
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
    ticketTypes: [...endedByType].map(([id, ended]) => ({ id, sold: -ended, revenueMinor: 0 })),
  }
}

function linesOfTickets(order: Pick<Order, 'lines' | 'ticketIds'>, ticketIds: readonly string[]): OrderLine[] {
  const lines = order.lines.flatMap((line) => Array.from({ length: line.quantity }, () => line))
  return ticketIds.map((ticketId) => {
    const line = lines[order.ticketIds.indexOf(ticketId)]
    if (!line) throw new RangeError(`the order has no ticket ${ticketId}`)
    return line
  })
}
