import type { EventRecord } from '#domain/catalog.ts'
import { parseOrder } from '#functions/store/orders.ts'
import type { play } from './simulate.ts'

/** What a run came through: states of orders and tickets, money on its ways, and faults by the kind of call that they hit. */
export function reachedBy({ world, told, transitions }: Awaited<ReturnType<typeof play>>): Set<string> {
  const seen = new Set(transitions)
  for (const fault of world.faults.seen) seen.add(`fault ${fault}`)
  for (const one of reachedByEvents(told.events)) seen.add(one)
  for (const { isMisfit, attempt } of world.provider.sessions())
    if (attempt === 0) seen.add(isMisfit ? 'a payment that does not fit' : 'a payment from elsewhere')
  for (const { status } of world.provider.money.disputes) seen.add(`dispute ${status}`)
  for (const [, ids] of told.refunds) if (ids.length > 1) seen.add('a refund that is asked for twice')
  for (const item of world.database.itemsOf('sales')) {
    if (item.verdict !== undefined) seen.add(`scan ${item.verdict}`)
    if (item.sk === 'CANCELLATION') seen.add(`cancellation ${item.finishedAt === null ? 'open' : 'finished'}`)
    if (item.sk === 'CODE' && item.isRemoved === true) seen.add('a removed code')
    if (item.sk === 'CODE' && Number(item.version) > 1) seen.add('an edited code')
    if (item.sk === 'ORDER') for (const one of reachedByOrder(item)) seen.add(one)
  }
  return seen
}

function reachedByEvents(events: readonly EventRecord[]): string[] {
  const windows = events.flatMap(({ ticketTypes }) => ticketTypes.slice(0, 1))
  const isAfter = (status: string) => events.some((event, at) => at > 0 && event.status === status)
  const isAgain = events.some(({ status }, at) => status === 'published' && events[at - 1]?.status === 'draft')
  return [
    ...(new Set(windows.map(({ priceMinor }) => priceMinor)).size > 1 ? ['another price'] : []),
    ...(new Set(events.map(({ maxPerBuyer }) => maxPerBuyer)).size > 1 ? ['another limit'] : []),
    ...(windows.some(({ salesEndAt }) => salesEndAt !== undefined) ? ['sales that were ended'] : []),
    ...(windows.some(({ salesStartAt }) => salesStartAt !== undefined) ? ['sales that were put off'] : []),
    ...(isAfter('draft') ? ['a withdrawn event'] : []),
    ...(isAgain ? ['an event that was published again'] : []),
  ]
}

function reachedByOrder(item: object): string[] {
  const { lines, stock, payment, total, holdExtended, refunds, disputes, discountCode, cancelledBy, status } =
    parseOrder(item)
  const seen = (isSeen: boolean, name: string) => (isSeen ? [name] : [])
  const isSpread = stock.length > new Set(stock.map(({ poolId }) => poolId)).size
  return [
    ...seen(isSpread, 'stock of several shards'),
    ...seen((payment?.attempt ?? 0) > 1, 'a second payment page'),
    ...seen(holdExtended, 'an extended hold'),
    ...seen(lines.some(({ phase }) => phase !== undefined) && lines.length > 1, 'an order over two prices'),
    ...seen(discountCode !== undefined, `a code on an order that is ${status}`),
    ...seen(discountCode !== undefined && total.amountMinor === 0, 'a code that leaves nothing to pay'),
    ...seen(
      lines.some(({ charges }) => (charges?.feeMinor ?? 0) > 0),
      'a fee',
    ),
    ...seen(
      lines.some(({ charges }) => (charges?.taxMinor ?? 0) > 0),
      'a tax',
    ),
    ...seen(cancelledBy === 'event', 'a paid order that ended with its event'),
    ...seen(
      refunds.some(({ amountMinor }) => amountMinor === 0),
      'tickets that ended without money',
    ),
    ...refunds.flatMap(({ cause, status: refund, ticketIds = [] }) => [
      `refund ${cause} ${refund}`,
      ...seen(ticketIds.length > 0, `refund ${cause} of tickets`),
    ]),
    ...disputes.map((dispute) => `dispute told ${dispute.status}`),
  ]
}
