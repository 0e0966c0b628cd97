import type { EventRecord } from '#domain/catalog.ts'
import { eventSaleState } from '#domain/sale-state.ts'
import { type ShardStock, sumShards } from '#domain/stock.ts'
import { parseOrder } from '#functions/store/orders.ts'
import { createStatisticsStore } from '#functions/store/statistics.ts'
import { parseTicket } from '#functions/store/tickets.ts'
import { hashOf } from '#functions/usecases/order-ids.ts'
import { checkCode, checkLimits, checkStatistics } from './check-counts.ts'
import { checkMoney } from './check-money.ts'
import { checkOrders } from './check-orders.ts'
import { eventId } from './event.ts'
import type { Item } from './memory-dynamo/values.ts'
import { requestKey } from './organisers.ts'
import type { Told } from './told.ts'
import type { World } from './world.ts'

export interface Violation {
  readonly invariant: string
  readonly says: string
}

export type Expect = (invariant: string, actual: unknown, expected: unknown) => void

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

/** What must be true when the dust has settled. */
export async function checkBooks(world: World, event: EventRecord, told: Told): Promise<Violation[]> {
  const items = world.database.itemsOf('sales')
  const of = (kind: string) => items.filter(({ pk }) => typeof pk === 'string' && pk.startsWith(kind))
  const orders = of('ORDER#')
    .filter(({ sk }) => sk === 'ORDER')
    .map(parseOrder)
  const tickets = of('TICKET#').map(parseTicket)
  const statistics = await createStatisticsStore(world.calm, 'sales').readStatistics(eventId)
  const found: Violation[] = []
  const expect: Expect = (invariant, actual, expected) => {
    if (actual !== expected) found.push({ invariant, says: `${actual} instead of ${expected}` })
  }

  const isOver = of('CANCELLATION#').length > 0
  const shards = of('POOL#')
  // Off the site, perhaps cancelled then: it has no stock, and no orders that would have to end.
  const isWithdrawn = event.status === 'draft' || (event.status === 'cancelled' && shards.length === 0)
  if (isWithdrawn) expect('a withdrawn event has no stock', shards.length, 0)
  else expect('a cancelled event stays cancelled', event.status === 'cancelled', isOver)
  checkOrders(orders, tickets, isOver, expect)
  checkStock(shards, orders, isWithdrawn ? [] : event.pools, expect)
  checkMoney(world.provider, orders, tickets, told, expect)
  checkStatistics(statistics, orders, tickets, expect)
  checkCode(of('CODE#'), orders, expect)
  checkLimits(of('LIMIT#'), orders, tickets, expect)
  checkScans(of('SCAN#'), told, expect)
  if (!isWithdrawn) checkSaleState(shards, event, world, expect)
  for (const { id, holdExtended } of orders)
    if (holdExtended) expect(`the extension of ${id} is told`, told.extensions.get(id)?.some(isMadeOrOpen), true)
  for (const { orderId, key, ticketId } of told.endedBefore) {
    const ending = orders.find(({ id }) => id === orderId)?.refunds.find((one) => one.ticketIds?.includes(ticketId))
    const isOwn = ending?.request?.key === hashOf(['usr', requestKey(key)])
    expect(`a request of ${orderId} is not refused for what it did`, isOwn, false)
  }
  for (const [request, ids] of told.refunds) expect(`${request} is one refund`, new Set(ids).size, 1)
  return found
}

const isMadeOrOpen = (answer: string): boolean => answer !== 'refused'

function checkStock(
  shards: readonly Item[],
  orders: readonly ReturnType<typeof parseOrder>[],
  pools: EventRecord['pools'],
  expect: Expect,
): void {
  const sold = new Map<string, number>()
  for (const { stock } of orders)
    for (const { poolId, shard, quantity } of stock)
      sold.set(`POOL#${poolId}#${shard}`, (sold.get(`POOL#${poolId}#${shard}`) ?? 0) + quantity)
  for (const shard of shards) {
    expect(`${shard.pk} is sold as orders say`, shard.sold, sold.get(String(shard.pk)) ?? 0)
    expect(`${shard.pk} holds nothing`, shard.held, 0)
  }
  for (const { id, capacity } of pools) {
    const ofPool = shards.filter(({ poolId }) => poolId === id)
    expect(`the pool ${id} has the event's capacity`, sum(ofPool.map((shard) => Number(shard.capacity))), capacity)
  }
}

/** What the page says of sales is what the stock says, by the clock of one of us. */
function checkSaleState(items: readonly Item[], event: EventRecord, { clock, skewsMs }: World, expect: Expect): void {
  const shards = items.map(
    ({ poolId, shard, capacity, left, held, sold }): ShardStock => ({
      ...{ poolId: String(poolId), shard: Number(shard), capacity: Number(capacity) },
      ...{ left: Number(left), held: Number(held), sold: Number(sold) },
    }),
  )
  const [state, ...others] = [0, ...skewsMs].map((ahead) =>
    eventSaleState(event, sumShards(shards), new Date(clock.ms + ahead).toISOString()),
  )
  if (!others.includes(event.saleState)) expect('the page says what is left', event.saleState, state)
}

function checkScans(scans: readonly Item[], told: Told, expect: Expect): void {
  for (const [scanId, verdicts] of told.scans) expect(`${scanId} is answered alike`, new Set(verdicts).size, 1)
  const admitted = scans.filter(({ verdict }) => verdict === 'admitted')
  expect('a ticket enters once', new Set(admitted.map(({ ticketId }) => ticketId)).size, admitted.length)
}
