import { describe, expect, test } from 'vitest'
import { cancelPaidOrder, type NewOrder, newTicketsOf, sellHold, settleRefund, startOrder } from './order-changes.ts'
import type { Dispute, Order } from './orders.ts'
import { recordDispute, recordProviderRefund } from './refunds.ts'
import { withRefundOwedAgain } from './refused-refunds.ts'

const now = '2027-03-01T12:00:00.000Z'
const draft: NewOrder = {
  ...{ id: 'ord_1', eventId: 'evt_1', eventName: 'E', timeZone: 'Europe/Madrid', organisationId: 'org_1' },
  ...{ buyer: { name: 'Ada', email: 'ada@example.org' }, attendees: [], isBuyerLimited: false, requestHash: 'x' },
  lines: [
    { ticketTypeId: 'a', ticketTypeName: 'A', quantity: 1, unitPriceMinor: 5000, totalMinor: 5000, poolIds: ['floor'] },
  ],
  total: { amountMinor: 5000, currency: 'EUR' },
  createdAt: now,
}
const tickets = newTicketsOf(draft, ['tkt_1'], now)
const payment = { attempt: 1, sessionId: 'cs_1', url: '', paymentIntentId: 'pi_1' }
const held = startOrder(draft, [{ poolId: 'floor', shard: 0, quantity: 1 }], []).after
const paid = sellHold(held, payment, tickets, now).after
const cancelled = cancelPaidOrder(paid, tickets, { cause: 'requested', reason: 'r' }, now).after

const latest = (order: Order): string => order.refunds.at(-1)?.id ?? ''
const refuse = (order: Order, id = latest(order)) =>
  withRefundOwedAgain(settleRefund(order, id, { providerId: null, status: 'failed' }, now), 'pi_1', now)
const bounce = (order: Order) =>
  withRefundOwedAgain(settleRefund(order, latest(order), { providerId: 're_1', status: 'failed' }, now), 'pi_1', now)
const tell = (order: Order, status: Dispute['status']) =>
  recordDispute(order, [], { providerId: 'dp_1', paymentIntentId: 'pi_1', amountMinor: 5000, status, reason: 'x' }, now)
    ?.after ?? order
const refundThere = (order: Order, amountMinor: number) =>
  recordProviderRefund(
    order,
    [],
    { providerId: 're_0', paymentIntentId: 'pi_1', amountMinor, status: 'succeeded' },
    now,
  )
const states = (order: Order) => order.refunds.map(({ amountMinor, status }) => [amountMinor, status])

describe('a refund of an ended order that was refused', () => {
  test('is owed again when the dispute that stood in its way is won, in the same commit', () => {
    const won = tell(tell(refuse(cancelled).after, 'open'), 'won')
    expect(states(won)).toEqual([
      [5000, 'failed'],
      [5000, 'pending'],
    ])
    expect(won.dueAt).not.toBeNull()
  })

  test('is owed again at once when the dispute had been won before the refusal was known', () => {
    const { after, sales } = refuse(tell(cancelled, 'won'))
    expect(states(after)).toEqual([
      [5000, 'failed'],
      [5000, 'pending'],
    ])
    expect(sales).toMatchObject({ refundedMinor: 0 })
  })

  test.each(['inquiry', 'open', 'lost'] as const)('is not owed again while its dispute is %s', (status) => {
    expect(states(tell(refuse(cancelled).after, status))).toEqual([[5000, 'failed']])
  })

  test('is owed again once a dispute, and not after the bank has sent it back', () => {
    const again = tell(refuse(cancelled).after, 'won')
    expect(refuse(again).after.refunds).toHaveLength(2)
    expect(bounce(again).after.refunds).toHaveLength(2)
  })

  test('leaves the rest to be owed when a part had gone back in the dashboard, in whatever order that is known', () => {
    const before = refuse(refundThere(cancelled, 2000).after, latest(cancelled)).after
    const after = refundThere(refuse(cancelled).after, 2000).after
    for (const order of [before, after])
      expect(states(order).toSorted()).toEqual([
        [2000, 'succeeded'],
        [3000, 'pending'],
        [5000, 'failed'],
      ])
  })

  test('is not asked for again without a reason that the books know', () => {
    expect(states(refuse(cancelled).after)).toEqual([[5000, 'failed']])
  })
})
