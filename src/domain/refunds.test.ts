import { describe, expect, test } from 'vitest'
import {
  cancelPaidOrder,
  type NewOrder,
  newTicketsOf,
  type OrderChange,
  refundableMinor,
  refundedMinor,
  sellHold,
  settleRefund,
  startOrder,
} from './order-changes.ts'
import { isCancellable } from './order-decisions.ts'
import type { Order, OrderLine, Ticket } from './orders.ts'
import { type RefundWish, recordDispute, recordProviderRefund, refundOrder } from './refunds.ts'

const now = '2027-03-01T12:00:00.000Z'
const line = (id: string, quantity: number, unitPriceMinor: number, poolIds: string[]): OrderLine => ({
  ...{ ticketTypeId: id, ticketTypeName: id, quantity, unitPriceMinor, totalMinor: quantity * unitPriceMinor, poolIds },
})
const draft: NewOrder = {
  ...{ id: 'ord_1', eventId: 'evt_1', eventName: 'E', timeZone: 'Europe/Madrid', organisationId: 'org_1' },
  buyer: { name: 'Ada', email: 'ada@example.org' },
  attendees: [],
  lines: [line('tty_a', 2, 2500, ['floor']), line('tty_b', 1, 4000, ['floor', 'lounge'])],
  total: { amountMinor: 9000, currency: 'EUR' },
  isBuyerLimited: true,
  requestHash: 'x',
  createdAt: now,
}
const stock = [
  { poolId: 'floor', shard: 0, quantity: 1 },
  { poolId: 'floor', shard: 3, quantity: 2 },
  { poolId: 'lounge', shard: 0, quantity: 1 },
]
const ids = ['tkt_1', 'tkt_2', 'tkt_3']
const tickets: readonly Ticket[] = newTicketsOf(draft, ids, now)
const payment = { attempt: 1, sessionId: 'cs_1', url: '', paymentIntentId: 'pi_1' }
const paid = sellHold(startOrder(draft, stock, []).after, payment, tickets, now).after
const why = { reason: 'r', request: { key: 'k', hash: 'h' } }

const ticketsAfter = (some: readonly Ticket[], { revokedTicketIds }: OrderChange): Ticket[] =>
  some.map((ticket) => (revokedTicketIds.includes(ticket.id) ? { ...ticket, status: 'revoked' as const } : ticket))

function refund(order: Order, wish: RefundWish, of: readonly Ticket[] = tickets): OrderChange {
  const result = refundOrder(order, of, wish, why, now)
  if (!result.ok) throw new Error(result.refusal.code)
  return result.value
}

function refusal(order: Order, wish: RefundWish, of: readonly Ticket[] = tickets): string {
  const result = refundOrder(order, of, wish, why, now)
  return result.ok ? 'done' : result.refusal.code
}

describe('an organiser’s refund', () => {
  test('of the order returns all that is left, ends every ticket and frees exactly what it took', () => {
    const change = refund(paid, { kind: 'order' })
    expect(change.after).toMatchObject({
      status: 'refunded',
      stock: [],
      refunds: [{ amountMinor: 9000, ticketIds: ids }],
    })
    expect(change).toMatchObject({ revokedTicketIds: ids, buyerLimit: -3, sales: { sold: -3, refundedMinor: 9000 } })
    expect(change.stock.map(({ shard, left, sold }) => [shard, left, sold])).toEqual([
      [0, 1, -1],
      [3, 2, -2],
      [0, 1, -1],
    ])
  })

  test('of tickets returns their prices, and the last one leaves nothing', () => {
    const first = refund(paid, { kind: 'tickets', ticketIds: ['tkt_3'] })
    expect(first.after).toMatchObject({ status: 'partly_refunded', refunds: [{ amountMinor: 4000 }] })
    expect(first.after.stock).toEqual([{ poolId: 'floor', shard: 3, quantity: 2 }])
    const rest = refund(first.after, { kind: 'tickets', ticketIds: ['tkt_1', 'tkt_2'] }, ticketsAfter(tickets, first))
    expect(rest.after).toMatchObject({ status: 'refunded', stock: [] })
    expect(refundedMinor(rest.after)).toBe(9000)
    expect(rest.sales?.ticketTypes).toEqual([{ id: 'tty_a', sold: -2, revenueMinor: 0 }])
  })

  test('of an amount ends no ticket, even when it is the whole price', () => {
    const { after: order, revokedTicketIds, stock: moves } = refund(paid, { kind: 'amount', amountMinor: 9000 })
    expect(order).toMatchObject({ status: 'partly_refunded', stock })
    expect([revokedTicketIds, moves]).toEqual([[], []])
    expect(refusal(order, { kind: 'amount', amountMinor: 1 })).toBe('nothing_to_refund')
  })

  test('ends tickets when nothing is left of their price, and gives nothing back twice', () => {
    const { after: order } = refund(paid, { kind: 'amount', amountMinor: 9000 })
    const one = refund(order, { kind: 'tickets', ticketIds: ['tkt_3'] })
    const ended = { amountMinor: 0, paymentIntentId: null, status: 'succeeded', ticketIds: ['tkt_3'] }
    expect(one.after).toMatchObject({ status: 'partly_refunded', dueAt: order.dueAt, refunds: [{}, ended] })
    expect(one).toMatchObject({ revokedTicketIds: ['tkt_3'], buyerLimit: -1, sales: { sold: -1, refundedMinor: 0 } })
    const rest = refund(one.after, { kind: 'order' }, ticketsAfter(tickets, one))
    expect(rest.after).toMatchObject({ status: 'refunded', stock: [] })
    expect(refundedMinor(rest.after)).toBe(9000)
    expect(refusal(rest.after, { kind: 'order' }, ticketsAfter(ticketsAfter(tickets, one), rest))).toBe(
      'nothing_to_refund',
    )
  })

  test('ends free tickets: some of them leave the order paid, the last one cancels it', () => {
    const total = { amountMinor: 0, currency: 'EUR' }
    const gratis = { ...draft, total, lines: draft.lines.map((one) => ({ ...one, unitPriceMinor: 0, totalMinor: 0 })) }
    const book = newTicketsOf(gratis, ids, now)
    const { after: order } = startOrder(gratis, stock, book)
    const one = refund(order, { kind: 'tickets', ticketIds: ['tkt_1'] }, book)
    expect(one.after).toMatchObject({ status: 'paid', dueAt: null })
    const rest = refund(one.after, { kind: 'order' }, ticketsAfter(book, one))
    expect(rest.after).toMatchObject({ status: 'cancelled', cancelledBy: 'organiser', stock: [], dueAt: null })
    expect(rest).toMatchObject({ revokedTicketIds: ['tkt_2', 'tkt_3'], buyerLimit: -2, sales: { sold: -2 } })
    expect(refusal(rest.after, { kind: 'order' }, ticketsAfter(ticketsAfter(book, one), rest))).toBe(
      'nothing_to_refund',
    )
    expect(refusal(order, { kind: 'amount', amountMinor: 1 }, book)).toBe('nothing_to_refund')
  })

  test('never returns more than is left, pending refunds counted; a named ticket then returns what is left', () => {
    const part = refund(paid, { kind: 'amount', amountMinor: 6000 }).after
    expect(refusal(part, { kind: 'amount', amountMinor: 3001 })).toBe('refund_too_large')
    const dinars = { ...paid, total: { amountMinor: 9000, currency: 'KWD' } }
    expect(refusal(dinars, { kind: 'amount', amountMinor: 1234 })).toBe('refund_not_payable')
    const last = refund(part, { kind: 'tickets', ticketIds: ['tkt_3'] })
    expect(last.after.refunds.map(({ amountMinor }) => amountMinor)).toEqual([6000, 3000])
  })

  test('that failed can be made again, and one that was an amount leaves the order as it was', () => {
    const amount = refund(paid, { kind: 'amount', amountMinor: 500 }).after
    const failed = settleRefund(amount, 'ord_1-refund-1', { providerId: 're', status: 'failed' }, now)
    expect(failed).toMatchObject({ after: { status: 'paid' }, sales: { refundedMinor: -500 } })

    const whole = refund(paid, { kind: 'order' })
    const returned = settleRefund(whole.after, 'ord_1-refund-1', { providerId: 're', status: 'failed' }, now).after
    expect(returned.status).toBe('refunded')
    expect(refundableMinor(returned)).toBe(9000)
    const again = refund(returned, { kind: 'order' }, ticketsAfter(tickets, whole))
    expect(again).toMatchObject({ revokedTicketIds: [], stock: [], sales: { sold: 0, refundedMinor: 9000 } })
  })

  test('is refused for what cannot be given back', () => {
    const [first, ...others] = tickets
    if (!first) throw new Error('no ticket')
    const admitted = [{ ...first, admission: { scanId: 's', at: now, gate: 'g' } }, ...others]
    const revoked = [{ ...first, status: 'revoked' as const }, ...others]
    const one: RefundWish = { kind: 'tickets', ticketIds: ['tkt_1'] }
    expect(refusal(paid, one, admitted)).toBe('ticket_admitted')
    expect(refusal(paid, { kind: 'order' }, admitted)).toBe('ticket_admitted')
    expect(refusal(paid, { kind: 'amount', amountMinor: 1 }, admitted)).toBe('done')
    expect(refusal(paid, one, revoked)).toBe('ticket_revoked')
    expect(refusal(paid, { kind: 'tickets', ticketIds: ['tkt_9'] })).toBe('unknown_ticket')
    expect(refusal(startOrder(draft, stock, []).after, { kind: 'order' })).toBe('order_not_paid')
  })
})

test('tickets share a total that does not divide, cent by cent', () => {
  for (const amountMinor of [0, 1, 2, 10_000, 9999, 123_457]) {
    const lines = [line('a', 3, 3333, []), { ...line('b', 4, 1, []), totalMinor: amountMinor }]
    const total = { amountMinor: 9999 + amountMinor, currency: 'EUR' }
    const shares = newTicketsOf({ ...draft, lines, total }, [...'abcdefg'], now).map(({ price }) => price.amountMinor)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total.amountMinor)
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0)
  }
})

describe('a refund made at the provider', () => {
  const at = (amountMinor: number, status: 'succeeded' | 'failed' = 'succeeded') =>
    ({ providerId: 're_9', paymentIntentId: 'pi_1', amountMinor, status }) as const

  test('of the whole price ends the tickets; of a part ends none', () => {
    const whole = recordProviderRefund(paid, tickets, at(9000), now)
    expect(whole).toMatchObject({ after: { status: 'refunded', stock: [] }, revokedTicketIds: ids })
    const part = recordProviderRefund(paid, tickets, at(100), now)
    expect(part).toMatchObject({ after: { status: 'partly_refunded' }, revokedTicketIds: [] })
    expect(refundableMinor(part.after)).toBe(8900)
  })

  test('of another payment, or one that failed, changes nothing but the books', () => {
    const other = recordProviderRefund(paid, tickets, { ...at(9000), paymentIntentId: 'pi_2' }, now)
    for (const change of [other, recordProviderRefund(paid, tickets, at(9000, 'failed'), now)])
      expect(change).toMatchObject({ after: { status: 'paid', stock }, sales: null, revokedTicketIds: [] })
  })
})

describe('a dispute', () => {
  const dispute = (status: 'inquiry' | 'open' | 'won' | 'lost') =>
    ({ providerId: 'du_1', paymentIntentId: 'pi_1', amountMinor: 9000, status, reason: 'fraudulent' }) as const
  const disputed = recordDispute(paid, tickets, dispute('open'), now)?.after ?? paid

  test('stops refunds and cancellations, and leaves the tickets valid until it is lost', () => {
    expect(disputed).toMatchObject({ status: 'paid', stock })
    expect(refusal(disputed, { kind: 'order' })).toBe('order_disputed')
    const event = { status: 'cancelled' } as Parameters<typeof isCancellable>[1]
    expect([isCancellable(disputed, event, now), isCancellable(paid, event, now)]).toEqual([false, true])
    const lost = recordDispute(disputed, tickets, dispute('lost'), now)
    expect(lost).toMatchObject({ after: { status: 'refunded', stock: [] }, revokedTicketIds: ids })
    expect(lost?.sales).toMatchObject({ sold: -3, refundedMinor: 9000 })
    expect(lost && refundableMinor(lost.after)).toBe(0)
  })

  test('that was won leaves everything as it was; late and repeated news change nothing', () => {
    const won = recordDispute(disputed, tickets, dispute('won'), now)?.after ?? disputed
    expect(refusal(won, { kind: 'order' })).toBe('done')
    for (const late of ['inquiry', 'open', 'won'] as const)
      expect(recordDispute(won, tickets, dispute(late), now)).toBeNull()
  })

  test('that is only an inquiry stops no refund', () => {
    const asked = recordDispute(paid, tickets, dispute('inquiry'), now)?.after ?? paid
    expect(asked.disputes).toHaveLength(1)
    expect(refusal(asked, { kind: 'order' })).toBe('done')
  })
})

test('an order that was refunded in part and then ends gives back only what it still has', () => {
  const part = refund(paid, { kind: 'tickets', ticketIds: ['tkt_1'] })
  const left = ticketsAfter(tickets, part).filter(({ status }) => status === 'valid')
  const end = cancelPaidOrder(part.after, left, { cause: 'event_cancelled', reason: '' }, now)
  expect(end.after).toMatchObject({ status: 'cancelled', cancelledBy: 'event', stock: [] })
  expect(end.after.refunds.map(({ amountMinor }) => amountMinor)).toEqual([2500, 6500])
  expect(end).toMatchObject({ buyerLimit: -2, sales: { sold: -2, refundedMinor: 6500, cancelledByEvent: 1 } })
})
