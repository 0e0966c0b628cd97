import { refundedMinor } from '#domain/order-changes.ts'
import { isPaid } from '#domain/order-decisions.ts'
import { sumShards } from '#domain/stock.ts'
import type { Books } from './books.ts'

/** The books on a few lines, for those who want to see them balance. */
export function printBooks({ orders, tickets, shards, payments, statistics, confirmations }: Books): string {
  const states = Map.groupBy(orders, ({ status }) => status)
  const paid = orders.filter(isPaid)
  const lines = [
    ...sumShards(shards).map(
      ({ capacity, left, held, sold }) => `places      ${left} left + ${held} held + ${sold} sold = ${capacity}`,
    ),
    `orders      ${[...states].map(([status, some]) => `${some.length} ${status}`).join(', ')}`,
    `tickets     ${tickets.filter(({ status }) => status === 'valid').length} valid of ${tickets.length}`,
    `mails       ${confirmations.length} with ${sum(confirmations.map(({ pages }) => pages))} pages`,
    `Stripe      ${sum(payments.map(({ amountMinor }) => amountMinor))} taken in ${payments.length} payments, ${sum(payments.map((one) => one.refundedMinor))} given back`,
    `orders say  ${sum(paid.map(({ total }) => total.amountMinor))} paid, ${sum(orders.map(refundedMinor))} given back`,
    ...statistics.map(
      (one) => `statistics  ${one.revenueMinor} taken, ${one.refundedMinor} given back, ${one.sold} sold`,
    ),
  ]
  return lines.map((line) => `  ${line}`).join('\n')
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
