import type { PlaceOrderRequest } from '#contracts/orders.ts'

/** As long as the edge keeps availability: a ticket that comes back is seen as soon there as here. */
const hintMs = 2000
const mostHints = 1000

type Asked = Pick<PlaceOrderRequest, 'eventId' | 'lines'>

/**
 * What this process has just seen sold out. It spares the refused buyer's transaction; it never lets anybody in, and it is forgotten
 * after two seconds, so that a ticket that was given back is sold.
 */
export function createSoldOutHint(nowMs: () => number) {
  const until = new Map<string, number>()

  return {
    isSoldOut: (asked: Asked): boolean => nowMs() < (until.get(nameOf(asked)) ?? 0),

    remember(asked: Asked): void {
      const name = nameOf(asked)
      until.delete(name)
      until.set(name, nowMs() + hintMs)
      const [oldest] = until.keys()
      if (until.size > mostHints && oldest !== undefined) until.delete(oldest)
    },
  }
}

export type SoldOutHint = ReturnType<typeof createSoldOutHint>

/** Quantities do not matter: where nothing is left, one ticket is too many. */
const nameOf = ({ eventId, lines }: Asked): string =>
  [eventId, ...new Set(lines.map(({ ticketTypeId }) => ticketTypeId).toSorted())].join(' ')
