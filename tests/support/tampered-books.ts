import type { Books } from './books.ts'

/** Books that were right, each time with one thing wrong, by its name. They must hold a paid order and one whose hold has ended. */
export function tamperWith(books: Books): Record<string, Books> {
  const { orders, tickets, shards, statistics, payments, confirmations } = books
  const paid = required(orders.find(({ status, total }) => status === 'paid' && total.amountMinor > 0))
  const over = required(orders.find(({ status }) => status === 'expired'))
  const ticket = required(tickets.find(({ orderId }) => orderId === paid.id))
  const shard = required(shards.find(({ poolId }) => poolId === paid.stock[0]?.poolId))
  const totals = required(statistics.find(({ eventId }) => eventId === paid.eventId))
  const late = { id: 'pi_late', orderId: over.id, amountMinor: 1600, refundedMinor: 0 }
  const stocked = (changes: object) => ({ ...books, shards: replace(shards, shard, { ...shard, ...changes }) })
  return {
    'a ticket is missing': { ...books, tickets: replace(tickets, ticket) },
    'a ticket too many': { ...books, tickets: [...tickets, { ...ticket, id: `${ticket.id}-copy` }] },
    'a ticket of an order that is over': {
      ...books,
      tickets: replace(tickets, ticket, { ...ticket, orderId: over.id }),
    },
    'a payment is missing': { ...books, payments: payments.filter(({ orderId }) => orderId !== paid.id) },
    'a payment bought nothing': { ...books, payments: [...payments, late] },
    'a payment came twice': { ...books, payments: [...payments, { ...late, orderId: paid.id }] },
    'an order is missing': { ...books, orders: replace(orders, paid) },
    'an order is still held': { ...books, orders: replace(orders, over, { ...over, status: 'held' }) },
    'a place is lost': stocked({ left: shard.left - 1 }),
    'a place is still held': stocked({ left: shard.left - 1, held: shard.held + 1 }),
    'a place is sold to nobody': stocked({ left: shard.left - 1, sold: shard.sold + 1 }),
    'the statistics are behind': {
      ...books,
      statistics: replace(statistics, totals, { ...totals, sold: totals.sold - 1 }),
    },
    'a mail is missing': { ...books, confirmations: confirmations.filter(({ orderId }) => orderId !== paid.id) },
    'a mail for nothing': { ...books, confirmations: [...confirmations, { orderId: over.id, pages: 1 }] },
  }
}

const replace = <T>(all: readonly T[], one: T, ...by: T[]): T[] => [...all.filter((other) => other !== one), ...by]

function required<T>(found: T | undefined): T {
  if (found === undefined) throw new Error('these books hold too little to tamper with')
  return found
}
