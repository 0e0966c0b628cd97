import { ScanCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import { quantityOf, refundedMinor } from '#domain/order-changes.ts'
import { isPaid } from '#domain/order-decisions.ts'
import type { Order, Ticket } from '#domain/orders.ts'
import { type ShardStock, sumShards } from '#domain/stock.ts'
import { fromStripeAmount } from '#functions/gateways/stripe-amounts.ts'
import { parseOrder } from '#functions/store/orders.ts'
import { createStatisticsStore } from '#functions/store/statistics.ts'
import { parseTicket } from '#functions/store/tickets.ts'
import type { BackOffice } from './back-office.ts'
import { countPdfPages } from './pdf.ts'
import type { SentMail } from './walks.ts'

/** All that a stack has sold, from each of its sources. */
export interface Books {
  readonly orders: readonly Order[]
  readonly tickets: readonly Ticket[]
  readonly shards: readonly ShardStock[]
  readonly statistics: readonly EventTotals[]
  /** What the payment provider has taken and given back. */
  readonly payments: readonly TakenPayment[]
  readonly confirmations: readonly Confirmation[]
}

interface EventTotals {
  readonly eventId: string
  readonly orders: number
  readonly sold: number
  readonly revenueMinor: number
  readonly refundedMinor: number
}

interface TakenPayment {
  readonly id: string
  readonly orderId: string
  readonly amountMinor: number
  readonly refundedMinor: number
}

export interface Confirmation {
  readonly orderId: string
  /** Of the attached PDF: one a ticket. */
  readonly pages: number
}

const shardSchema = z.object({
  ...{ poolId: z.string(), shard: z.int(), capacity: z.int() },
  ...{ left: z.int(), held: z.int(), sold: z.int() },
})

export const readBooks = async (office: BackOffice): Promise<Books> =>
  readBooksOf(office, await readConfirmations(office))

export type Ledgers = Pick<BackOffice, 'client' | 'tables' | 'stripe'>

/** For those who keep the mails themselves. */
export async function readBooksOf(office: Ledgers, confirmations: readonly Confirmation[]): Promise<Books> {
  const [items, payments] = await Promise.all([readItems(office), readPayments(office)])
  const ofKind = (kind: string) => items.filter(({ sk }) => sk === kind)
  const orders = ofKind('ORDER').map(parseOrder)
  const statistics = createStatisticsStore(office.client, office.tables.sales)
  const totalsOf = async (eventId: string): Promise<EventTotals> => ({
    eventId,
    ...(await statistics.readStatistics(eventId)),
  })
  return {
    ...{ orders, payments, confirmations },
    tickets: ofKind('TICKET').map(parseTicket),
    shards: ofKind('STOCK').map((item) => shardSchema.parse(item)),
    statistics: await Promise.all([...new Set(orders.map(({ eventId }) => eventId))].map(totalsOf)),
  }
}

async function readItems({ client, tables }: Ledgers): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = []
  let from: Record<string, unknown> | undefined
  do {
    const page = await client.send(
      new ScanCommand({
        TableName: tables.sales,
        ConsistentRead: true,
        ...(from ? { ExclusiveStartKey: from } : {}),
      }),
    )
    items.push(...(page.Items ?? []))
    from = page.LastEvaluatedKey
  } while (from)
  return items
}

async function readPayments({ stripe }: Ledgers): Promise<TakenPayment[]> {
  const intents = await stripe.paymentIntents.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 })
  const refunds = await stripe.refunds.list({ limit: 100 }).autoPagingToArray({ limit: 10_000 })
  return intents
    .filter(({ status }) => status === 'succeeded')
    .map(({ id, metadata, amount_received, currency }) => {
      const given = refunds.filter((refund) => refund.payment_intent === id && refund.status === 'succeeded')
      const minor = (amount: number) => fromStripeAmount(amount, currency.toUpperCase())
      return {
        ...{ id, orderId: metadata.orderId ?? '', amountMinor: minor(amount_received) },
        refundedMinor: minor(sum(given.map(({ amount }) => amount))),
      }
    })
}

export const readOrders = async (office: BackOffice): Promise<Order[]> =>
  (await readItems(office)).filter(({ sk }) => sk === 'ORDER').map(parseOrder)

/** Orders whose tickets have been sent. */
export const readOrdersTold = async (office: BackOffice): Promise<ReadonlySet<string>> =>
  new Set((await readTicketMails(office)).map(({ orderId }) => orderId))

async function readConfirmations(office: BackOffice): Promise<Confirmation[]> {
  const mails = await readTicketMails(office)
  return Promise.all(mails.map(async ({ orderId, pdf }) => ({ orderId, pages: await countPdfPages(pdf) })))
}

async function readTicketMails({ mailUrl }: BackOffice): Promise<{ orderId: string; pdf: Buffer }[]> {
  const { emails }: { emails: SentMail[] } = await (await fetch(`${mailUrl}/store`)).json()
  return emails.flatMap(({ body, attachments }) => {
    const pdf = attachments.find(({ contentType }) => contentType.startsWith('application/pdf'))
    const orderId = /ord_[0-9a-z]{26}/.exec(body.text)?.[0]
    return pdf && orderId ? [{ orderId, pdf: Buffer.from(pdf.content, 'base64') }] : []
  })
}

/**
 * What does not agree in books that should be closed: nothing is under way any more, no hold, no payment, no mail. Each line is one
 * error; none means that every payment ended in tickets or in a refund, every ticket is paid for, and no place is lost.
 */
export function whatIsWrong(books: Books): string[] {
  const wrong: string[] = []
  const expect = (what: string, actual: unknown, expected: unknown) => {
    if (actual !== expected) wrong.push(`${what}: ${actual} instead of ${expected}`)
  }
  checkStock(books, expect)
  for (const order of books.orders) checkOrder(order, books, expect)
  for (const payment of books.payments) checkPayment(payment, books, expect)
  for (const { id, orderId } of books.tickets)
    expect(`the order of ticket ${id} exists`, hasOrder(books, orderId), true)
  for (const totals of books.statistics) checkStatistics(totals, books, expect)
  for (const { orderId } of books.confirmations) {
    const order = books.orders.find(({ id }) => id === orderId)
    expect(`${orderId}, whose tickets were sent, is paid`, order !== undefined && isPaid(order), true)
  }
  return wrong
}

type Expect = (what: string, actual: unknown, expected: unknown) => void

function checkStock({ shards, orders, tickets }: Books, expect: Expect): void {
  for (const { poolId, shard, capacity, left, held, sold } of shards) {
    const name = `shard ${shard} of ${poolId}`
    expect(`left + held + sold in ${name}`, left + held + sold, capacity)
    expect(`the least count in ${name} is negative`, Math.min(left, held, sold) < 0, false)
    expect(`held in ${name}`, held, 0)
    const taken = orders.flatMap(({ stock }) => stock.filter((one) => one.poolId === poolId && one.shard === shard))
    expect(`sold in ${name}, by its orders`, sold, sum(taken.map(({ quantity }) => quantity)))
  }
  for (const { poolId, sold } of sumShards(shards)) {
    const valid = tickets.filter((ticket) => ticket.status === 'valid' && poolsOf(ticket, orders).includes(poolId))
    expect(`sold in ${poolId}, by its tickets`, sold, valid.length)
  }
}

function checkOrder(order: Order, { tickets, payments, confirmations }: Books, expect: Expect): void {
  const { id, status, dueAt, total, payment, lines, ticketIds } = order
  const valid = tickets.filter((ticket) => ticket.orderId === id && ticket.status === 'valid')
  expect(`${id} is held`, status === 'held', false)
  expect(`${id} waits until`, dueAt, null)
  expect(`valid tickets of ${id} (${status})`, valid.length, isPaid(order) ? quantityOf(order) : 0)
  if (!isPaid(order)) return
  for (const typeId of new Set(lines.map(({ ticketTypeId }) => ticketTypeId))) {
    const ofType = valid.filter(({ ticketTypeId }) => ticketTypeId === typeId)
    const ordered = sum(lines.filter(({ ticketTypeId }) => ticketTypeId === typeId).map(({ quantity }) => quantity))
    expect(`tickets of type ${typeId} in ${id}`, ofType.length, ordered)
  }
  expect(
    `${id} names its tickets`,
    [...ticketIds].sort().join(),
    valid
      .map((ticket) => ticket.id)
      .sort()
      .join(),
  )
  const taken = payments.find((one) => one.id === payment?.paymentIntentId)
  expect(
    `paid for ${id}`,
    taken ? taken.amountMinor - taken.refundedMinor : 0,
    total.amountMinor - refundedMinor(order),
  )
  const sent = confirmations.filter(({ orderId }) => orderId === id)
  expect(`the tickets of ${id} were sent`, sent.length > 0, true)
  for (const { pages } of sent) expect(`pages in the PDF of ${id}`, pages, quantityOf(order))
}

/** A payment that bought nothing, also the second one of a paid order, must have gone back whole. */
function checkPayment(payment: TakenPayment, { orders }: Books, expect: Expect): void {
  const order = orders.find(({ id }) => id === payment.orderId)
  const isSpent = order !== undefined && isPaid(order) && order.payment?.paymentIntentId === payment.id
  if (!isSpent) expect(`given back of ${payment.id} for ${payment.orderId}`, payment.refundedMinor, payment.amountMinor)
}

function checkStatistics({ eventId, ...totals }: EventTotals, books: Books, expect: Expect): void {
  const everSold = books.orders.filter((order) => order.eventId === eventId && order.ticketIds.length > 0)
  const valid = books.tickets.filter((ticket) => ticket.eventId === eventId && ticket.status === 'valid')
  const name = `in the statistics of ${eventId}`
  expect(`orders ${name}`, totals.orders, everSold.length)
  expect(`sold ${name}`, totals.sold, valid.length)
  expect(`revenue ${name}`, totals.revenueMinor, sum(everSold.map(({ total }) => total.amountMinor)))
  expect(`refunded ${name}`, totals.refundedMinor, sum(everSold.map(refundedMinor)))
}

const hasOrder = ({ orders }: Books, orderId: string): boolean => orders.some(({ id }) => id === orderId)

/** Of the line that sold the ticket; one of a tampered order, which does not name it, by its type. */
function poolsOf({ id, orderId, ticketTypeId }: Ticket, orders: readonly Order[]): readonly string[] {
  const order = orders.find((one) => one.id === orderId)
  const lines = order?.lines.flatMap((line) => Array.from({ length: line.quantity }, () => line)) ?? []
  const sold = lines[order?.ticketIds.indexOf(id) ?? -1] ?? lines.find((line) => line.ticketTypeId === ticketTypeId)
  return sold?.poolIds ?? []
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
