import { expect, test } from 'vitest'
import {
  cancelPaidOrder,
  extendHold,
  lookLater,
  type NewOrder,
  newTicketsOf,
  openPaymentPage,
  refundPayment,
  releaseHold,
  sellHold,
  settleRefund,
  startOrder,
} from './order-changes.ts'
import { judgePayment } from './order-decisions.ts'
import type { Order } from './orders.ts'

const placedAt = '2027-03-01T12:00:00.000Z'
const at = (minutes: number) => new Date(Date.parse(placedAt) + minutes * 60_000).toISOString()

const draft = (amountMinor = 5000): NewOrder => ({
  id: 'ord_1',
  eventId: 'evt_1',
  eventName: 'E',
  timeZone: 'Europe/Madrid',
  organisationId: 'org_1',
  buyer: { name: 'Ada', email: 'ada@example.org' },
  attendees: [{ name: 'Grace', email: 'grace@example.org' }],
  lines: [
    {
      ticketTypeId: 'tty_1',
      ticketTypeName: 'T',
      quantity: 2,
      unitPriceMinor: amountMinor / 2,
      totalMinor: amountMinor,
      poolIds: ['poo_1'],
    },
  ],
  total: { amountMinor, currency: 'EUR' },
  isBuyerLimited: true,
  requestHash: 'x',
  createdAt: placedAt,
})
const stock = [{ poolId: 'poo_1', shard: 0, quantity: 2 }]
const tickets = newTicketsOf(draft(), ['tkt_1', 'tkt_2'], at(1))
const page = { attempt: 1, sessionId: 'cs_1', url: 'https://pay.example' }
const held = (): Order => openPaymentPage(startOrder(draft(), stock, []).after, page, placedAt).after
const paid = (): Order => sellHold(held(), { ...page, paymentIntentId: 'pi_1' }, tickets, at(1)).after
const payment = {
  orderId: 'ord_1',
  sessionId: 'cs_1',
  paymentIntentId: 'pi_1',
  amount: { amountMinor: 5000, currency: 'EUR' },
}

test('a hold lasts 15 minutes and takes from what is left', () => {
  const { after, stock: moves, buyerLimit } = startOrder(draft(), stock, [])
  expect(after).toMatchObject({ status: 'held', holdExpiresAt: at(15), dueAt: at(15), version: 1 })
  expect(moves).toEqual([{ poolId: 'poo_1', shard: 0, left: -2, held: 2, sold: 0 }])
  expect(buyerLimit).toBe(2)
})

test('an order that costs nothing is paid as it is placed', () => {
  const { after, newTickets, stock: moves } = startOrder(draft(0), stock, tickets)
  expect(after).toMatchObject({ status: 'paid', ticketIds: ['tkt_1', 'tkt_2'], dueAt: null })
  expect(newTickets).toHaveLength(2)
  expect(moves[0]).toMatchObject({ left: -2, held: 0, sold: 2 })
})

test('an open payment is asked after every five minutes until the hold ends', () => {
  expect(held().dueAt).toBe(at(5))
  expect(lookLater(held(), at(5)).after.dueAt).toBe(at(10))
  expect(lookLater(held(), at(12)).after.dueAt).toBe(at(15))
})

test('an extension adds ten minutes', () => {
  expect(extendHold(held(), at(14)).after).toMatchObject({ holdExpiresAt: at(25), holdExtended: true })
})

test('attendees are named in order, the buyer stands in for those who are not', () => {
  expect(tickets).toMatchObject([
    { attendeeName: 'Grace', attendeeEmail: 'grace@example.org' },
    { attendeeName: 'Ada', attendeeEmail: 'ada@example.org' },
  ])
})

test('a released hold gives back exactly what it took, the buyer’s limit included', () => {
  const change = releaseHold(held(), 'expired', at(15))
  expect(change).toMatchObject({
    buyerLimit: -2,
    stock: [{ left: 2, held: -2, sold: 0 }],
    after: { stock: [], dueAt: null },
  })
})

test('what a payment means depends on the order it meets', () => {
  const expired = releaseHold(held(), 'expired', at(15)).after
  expect(judgePayment(held(), payment)).toBe('sale')
  expect(judgePayment(expired, payment)).toBe('late')
  expect(judgePayment(paid(), payment)).toBe('settled')
  expect(judgePayment(paid(), { ...payment, paymentIntentId: 'pi_2' })).toBe('duplicate')
  const refunded = refundPayment(
    expired,
    { paymentIntentId: 'pi_1', amountMinor: 5000, cause: 'no_tickets', reason: '' },
    at(16),
  ).after
  expect(judgePayment(refunded, payment)).toBe('settled')
  for (const wrong of [
    { orderId: 'ord_2' },
    { amount: { amountMinor: 4999, currency: 'EUR' } },
    { amount: { amountMinor: 5000, currency: 'USD' } },
  ])
    expect(judgePayment(held(), { ...payment, ...wrong })).toBe('mismatch')
})

test('a cancelled order refunds what is left of its price, and the refund is owed until the provider has answered', () => {
  const why = { cause: 'requested', reason: 'r' } as const
  const { after, sales, revokedTicketIds } = cancelPaidOrder(paid(), tickets, why, at(60))
  expect(after).toMatchObject({
    status: 'cancelled',
    dueAt: at(61),
    refunds: [{ amountMinor: 5000, status: 'pending', providerId: null, paymentIntentId: 'pi_1' }],
  })
  expect(revokedTicketIds).toEqual(['tkt_1', 'tkt_2'])
  expect(sales).toMatchObject({ orders: 0, sold: -2, revenueMinor: 0, refundedMinor: 5000 })

  const [refund] = after.refunds
  const settled = settleRefund(after, refund?.id ?? '', { providerId: 're_1', status: 'succeeded' }, at(61))
  expect(settled).toMatchObject({ after: { dueAt: null }, sales: null })
  const failed = settleRefund(settled.after, refund?.id ?? '', { providerId: 're_1', status: 'failed' }, at(90))
  expect(failed.sales).toMatchObject({ refundedMinor: -5000 })
})
