import { isPaid } from '#domain/order-decisions.ts'
import { parseOrder } from '#functions/store/orders.ts'
import type { Violation } from './books.ts'
import { letterOf } from './post.ts'
import type { World } from './world.ts'

/** Buyers have been told of tickets and refunds: at least once each, and once only where nothing went wrong. */
export function checkPost({ database, post }: Pick<World, 'database' | 'post'>, isCalm: boolean): Violation[] {
  const owed = database.itemsOf('sales').flatMap((item) => {
    if (item.sk !== 'ORDER') return []
    const order = parseOrder(item)
    const isOver = order.cancelledBy === 'event'
    const refunds = order.refunds.filter(
      ({ status, cause }) => status !== 'failed' && !(isOver && cause === 'event_cancelled'),
    )
    return [
      ...(isPaid(order) ? [letterOf(order.id)] : []),
      ...(isOver ? [letterOf(order.id, { id: 'event-cancelled' })] : []),
      ...refunds.map((refund) => letterOf(order.id, refund)),
    ]
  })
  const missing = owed.filter((letter) => !post.letters.has(letter))
  const twice = isCalm ? [...post.letters].filter(([, count]) => count > 1).map(([letter]) => letter) : []
  return [
    ...missing.map((says) => ({ invariant: 'a buyer is told', says })),
    ...twice.map((says) => ({ invariant: 'a buyer is told once', says })),
  ]
}
