import type { EventRecord } from '#domain/catalog.ts'
import { quantityOf, refundedMinor } from '#domain/order-changes.ts'
import { isPaid } from '#domain/order-decisions.ts'
import type { Order, Ticket } from '#domain/orders.ts'
import { salesKeys } from '#functions/store/keys.ts'
import { parseOrder } from '#functions/store/orders.ts'
import { createStatisticsStore, type EventStatistics } from '#functions/store/statistics.ts'
import { parseTicket } from '#functions/store/tickets.ts'
import type { Told } from './actors.ts'
import { eventId } from './event.ts'
import type { StreamRecord } from './memory-dynamo/table.ts'
import type { Item } from './memory-dynamo/values.ts'
import type { World } from './world.ts'

export interface Violation {
  readonly invariant: string
  readonly says: string
}

const count = (value: unknown): number => (typeof value === 'number' ? value : 0)
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
const isOf = (item: Item, kind: string): boolean => String(item.pk).startsWith(kind)

/** What must be true after every single commit. */
export function checkCommit(records: readonly StreamRecord[], maxPerBuyer: number | null): Violation[] {
  return records.flatMap(({ oldImage, newImage }): Violation[] => {
    if (!newImage) return []
    if (isOf(newImage, 'POOL#')) return checkShard(newImage)
    if (isOf(newImage, 'TICKET#') && oldImage) return checkTicketChange(oldImage, newImage)
    if (isOf(newImage, 'LIMIT#') && (count(newImage.taken) < 0 || count(newImage.taken) > (maxPerBuyer ?? 0)))
      return [{ invariant: 'buyer within limit', says: `${newImage.pk} has ${newImage.taken}` }]
    return []
  })
}

function checkShard({ pk, capacity, left, held, sold }: Item): Violation[] {
  const counts = [count(left), count(held), count(sold)]
  if (sum(counts) === capacity && counts.every((one) => one >= 0)) return []
  return [{ invariant: 'stock adds up', says: `${pk}: left ${left}, held ${held}, sold ${sold} of ${capacity}` }]
}

function checkTicketChange(before: Item, after: Item): Violation[] {
  const violation = (invariant: string) => [{ invariant, says: `${before.pk}` }]
  if (before.status === 'revoked' && after.status !== 'revoked') return violation('a revoked ticket stays revoked')
  if (before.admission !== null && after.status === 'revoked') return violation('a used ticket is not revoked')
  if (before.admission !== null && JSON.stringify(before.admission) !== JSON.stringify(after.admission))
    return violation('an admission is never changed')
  if (before.createdAt !== after.createdAt) return violation('a ticket is made once')
  return []
}

/** What must be true when the dust has settled. */
export async function checkBooks(world: World, event: EventRecord, told: Told): Promise<Violation[]> {
  const items = world.database.itemsOf('sales')
  const orders = items.filter((item) => isOf(item, 'ORDER#') && item.sk === 'ORDER').map(parseOrder)
  const tickets = items.filter((item) => isOf(item, 'TICKET#')).map(parseTicket)
  const statistics = await createStatisticsStore(world.calm, 'sales').readStatistics(eventId)
  const found: Violation[] = []
  const expect = (invariant: string, actual: unknown, expected: unknown) => {
    if (actual !== expected) found.push({ invariant, says: `${actual} instead of ${expected}` })
  }

  checkStock(items, orders, event, expect)
  for (const order of orders) checkOrder(order, tickets, expect)
  for (const { orderId } of tickets)
    expect(
      'a ticket has its order',
      orders.some(({ id }) => id === orderId),
      true,
    )
  checkMoney(world, orders, expect)
  checkStatistics(statistics, orders, tickets, expect)
  checkLimits(items, orders, expect)
  checkScans(items, told, expect)
  return found
}

type Expect = (invariant: string, actual: unknown, expected: unknown) => void

function checkStock(items: readonly Item[], orders: readonly Order[], event: EventRecord, expect: Expect): void {
  const shards = items.filter((item) => isOf(item, 'POOL#'))
  for (const { poolId, shard, sold, held, pk } of shards) {
    const taken = orders.flatMap(({ stock }) => stock.filter((one) => one.poolId === poolId && one.shard === shard))
    expect(`${pk} is sold as orders say`, sold, sum(taken.map(({ quantity }) => quantity)))
    expect(`${pk} holds nothing`, held, 0)
  }
  for (const { id, capacity } of event.pools) {
    const ofPool = shards.filter(({ poolId }) => poolId === id)
    expect(`the pool ${id} has the event's capacity`, sum(ofPool.map((shard) => count(shard.capacity))), capacity)
  }
}

function checkOrder(order: Order, tickets: readonly Ticket[], expect: Expect): void {
  const own = tickets.filter(({ orderId }) => orderId === order.id)
  // Who was in when the event was cancelled stays in, with his money back.
  const valid = own.filter(({ status, admission }) => status === 'valid' && (isPaid(order) || admission === null))
  expect(`the order ${order.id} is over or paid`, order.status === 'held', false)
  expect(`the order ${order.id} waits for nobody`, order.dueAt, null)
  expect(`the order ${order.id} has its tickets`, valid.length, isPaid(order) ? quantityOf(order) : 0)
  expect(`the order ${order.id} knows its tickets`, order.ticketIds.length, own.length)
  for (const { id } of own) expect(`the ticket ${id} is in its order`, order.ticketIds.includes(id), true)
}

/** What came in and did not go back, for each payment that was ever made. */
function checkMoney({ provider }: World, orders: readonly Order[], expect: Expect): void {
  for (const { id, state, orderId, intentId, amount } of provider.sessions()) {
    expect(`the page ${id} is closed or paid`, state === 'open' || state === 'processing', false)
    if (state !== 'paid' || intentId === null) continue
    const order = orders.find((one) => one.id === orderId)
    const isOwn = order?.payment?.paymentIntentId === intentId
    const refunds = order?.refunds.filter((one) => one.paymentIntentId === intentId) ?? []
    const back = sum(refunds.filter(({ status }) => status === 'succeeded').map((refund) => refund.amountMinor))
    const failed = sum(refunds.filter(({ status }) => status === 'failed').map((refund) => refund.amountMinor))
    expect(`${id}: the provider's books are ours`, provider.netOf(intentId), amount.amountMinor - back)
    const buysTickets = isOwn && order !== undefined && isPaid(order)
    expect(
      `${id} ends in tickets or a refund`,
      amount.amountMinor - back - failed,
      buysTickets ? amount.amountMinor : 0,
    )
  }
  for (const order of orders) {
    if (!isPaid(order) || order.total.amountMinor === 0) continue
    const paid = provider.sessions().some(({ intentId }) => intentId === order.payment?.paymentIntentId)
    expect(`${order.id} was paid`, paid, true)
  }
}

function checkStatistics(
  statistics: EventStatistics,
  orders: readonly Order[],
  tickets: readonly Ticket[],
  expect: Expect,
): void {
  const everSold = orders.filter(({ ticketIds }) => ticketIds.length > 0)
  const sold = orders.filter(isPaid)
  expect('statistics: orders', statistics.orders, everSold.length)
  expect('statistics: sold', statistics.sold, sum(sold.map(quantityOf)))
  expect('statistics: revenue', statistics.revenueMinor, sum(everSold.map(({ total }) => total.amountMinor)))
  expect('statistics: refunded', statistics.refundedMinor, sum(everSold.map(refundedMinor)))
  expect('statistics: admitted', statistics.admitted, tickets.filter(({ admission }) => admission !== null).length)
  for (const [id, type] of statistics.ticketTypes) {
    const lines = (some: readonly Order[]) =>
      some.flatMap((order) => order.lines.filter(({ ticketTypeId }) => ticketTypeId === id))
    expect(`statistics: sold ${id}`, type.sold, sum(lines(sold).map(({ quantity }) => quantity)))
    expect(`statistics: revenue ${id}`, type.revenueMinor, sum(lines(everSold).map(({ totalMinor }) => totalMinor)))
  }
}

function checkLimits(items: readonly Item[], orders: readonly Order[], expect: Expect): void {
  for (const { pk, taken } of items.filter((item) => isOf(item, 'LIMIT#'))) {
    const own = orders.filter((order) => salesKeys.buyerLimit(eventId, order.buyer.email).pk === pk && isPaid(order))
    expect(`${pk} counts the buyer's tickets`, taken, sum(own.map(quantityOf)))
  }
}

function checkScans(items: readonly Item[], { scans }: Told, expect: Expect): void {
  for (const [scanId, verdicts] of scans) expect(`${scanId} is answered alike`, new Set(verdicts).size, 1)
  const admitted = items.filter((item) => isOf(item, 'SCAN#') && item.verdict === 'admitted')
  expect('a ticket enters once', new Set(admitted.map(({ ticketId }) => ticketId)).size, admitted.length)
}
