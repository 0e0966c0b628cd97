import { isDeepStrictEqual } from 'node:util'
import type { TicketType } from '#domain/catalog.ts'
import type { Order, OrderLine } from '#domain/orders.ts'
import { saleWindow } from '#domain/pricing.ts'
import { parseOrder } from '#functions/store/orders.ts'
import type { Violation } from './books.ts'
import type { StreamRecord } from './memory-dynamo/table.ts'
import { type Item, isList, isMap, type Value } from './memory-dynamo/values.ts'
import type { Told } from './told.ts'

/** What must be true after every single commit. */
export function checkCommit({ oldImage, newImage }: StreamRecord, told: Told, found: Violation[]): void {
  if (!newImage) return
  const kind = String(newImage.pk).slice(0, String(newImage.pk).indexOf('#'))
  const violation = (invariant: string, says: unknown = newImage.pk) => found.push({ invariant, says: String(says) })
  if (kind === 'POOL') checkShard(newImage, violation)
  else if (kind === 'TICKET' && oldImage) checkTicket(oldImage, newImage, violation)
  else if (kind === 'ORDER' && newImage.sk === 'ORDER') checkOrder(oldImage, newImage, told, violation)
  else if (kind === 'CODE') checkCode(oldImage, newImage, violation)
  else if (kind === 'LIMIT') checkLimit(newImage, told, violation)
  else if (kind === 'CANCELLATION' && oldImage && count(newImage.version) !== count(oldImage.version) + 1)
    violation('a cancellation only goes on')
}

type Report = (invariant: string, says?: unknown) => void

export const count = (value: unknown): number => (typeof value === 'number' ? value : 0)

function checkShard({ pk, capacity, left, held, sold }: Item, violation: Report): void {
  const isFine = count(left) >= 0 && count(held) >= 0 && count(sold) >= 0
  if (!isFine || count(left) + count(held) + count(sold) !== capacity)
    violation('stock adds up', `${pk}: left ${left}, held ${held}, sold ${sold} of ${capacity}`)
}

function checkTicket(before: Item, after: Item, violation: Report): void {
  if (before.status === 'revoked' && after.status !== 'revoked') violation('a revoked ticket stays revoked')
  if (before.admission !== null && after.status === 'revoked') violation('a used ticket is not revoked')
  if (before.admission !== null && JSON.stringify(before.admission) !== JSON.stringify(after.admission))
    violation('an admission is never changed')
  if (before.createdAt !== after.createdAt) violation('a ticket is made once')
}

/** A limit that was lowered stands above what some have bought already. */
function checkLimit({ pk, taken }: Item, { events }: Told, violation: Report): void {
  const most = Math.max(...events.map(({ maxPerBuyer }) => maxPerBuyer ?? Number.POSITIVE_INFINITY))
  if (count(taken) < 0 || count(taken) > most) violation('buyer within limit', `${pk} has ${taken}`)
}

/** Uses may stay above a limit that was lowered, but nobody goes over it; a code that was paid for counts though it is removed. */
function checkCode(before: Item | undefined, after: Item, violation: Report): void {
  if (count(after.uses) < 0 || count(after.spentMinor) < 0) violation('a code is not given back twice')
  const isOver = (name: string, limit: Value | undefined) =>
    count(after[name]) > count(before?.[name]) && typeof limit === 'number' && count(after[name]) > limit
  if (after.isRemoved) return
  if (isOver('uses', after.maxUses)) violation('a code within its uses', `${after.uses} of ${after.maxUses}`)
  if (isOver('spentMinor', after.budgetMinor))
    violation('a code within its budget', `${after.spentMinor} of ${after.budgetMinor}`)
}

function checkOrder(before: Item | undefined, after: Item, told: Told, violation: Report): void {
  if (!before) checkNewOrder(parseOrder(after), told, violation)
  else if (isDeepStrictEqual([before.lines, before.total], [after.lines, after.total]) === false)
    violation('an order costs what it did')
  checkPromise(before, after, violation)
}

/** The event was on sale, and at these prices, in one of the states in which it can have been seen. */
function checkNewOrder({ id, createdAt, lines }: Order, told: Told, violation: Report): void {
  const seen = told.eventsSeenBy(id).filter(({ status }) => status === 'published')
  const open = seen.filter((event) =>
    lines.every(({ ticketTypeId }) => {
      const type = event.ticketTypes.find((one) => one.id === ticketTypeId)
      return type !== undefined && createdAt < event.endsAt && saleWindow(type, createdAt) === 'open'
    }),
  )
  if (open.length === 0) violation('an order is made while sales are open', id)
  const isPriced = open.some(({ ticketTypes }) =>
    lines.every((line) => pricesOf(ticketTypes, line).includes(listPriceOf(line))),
  )
  if (open.length > 0 && !isPriced) violation('an order has the prices of its time', id)
}

const listPriceOf = ({ unitPriceMinor, quantity, charges }: OrderLine): number =>
  unitPriceMinor + (charges?.discountMinor ?? 0) / quantity

const pricesOf = (types: readonly TicketType[], { ticketTypeId }: OrderLine): number[] =>
  types
    .filter(({ id }) => id === ticketTypeId)
    .flatMap(({ priceMinor, phases = [] }) => [priceMinor, ...phases.map((phase) => phase.priceMinor)])

/** Whoever promises money must have it: a refund of ours is never more than what the books have left of its payment. */
function checkPromise(before: Item | undefined, after: Item, violation: Report): void {
  const refunds = listOf(after.refunds)
  const latest = refunds.at(-1)
  if (!latest || refunds.length === listOf(before?.refunds).length || latest.cause === 'at_provider') return
  const isSame = (one: Item) => one.paymentIntentId === latest.paymentIntentId
  const back = sum(refunds.filter((one) => isSame(one) && one.status !== 'failed'))
  const lost = sum(listOf(after.disputes).filter((one) => isSame(one) && one.status === 'lost'))
  const paid = isMap(after.total) ? count(after.total.amountMinor) : 0
  if (listOf(after.disputes).some((one) => isSame(one) && one.status === 'open'))
    violation('nothing is promised while the bank has the money')
  if (back + lost > paid) violation('no more is promised than was paid', `${back} + ${lost} of ${paid}`)
}

const listOf = (value: Value | undefined): Item[] => (isList(value) ? value.filter(isMap) : [])
const sum = (some: readonly Item[]): number => some.reduce((total, one) => total + count(one.amountMinor), 0)
