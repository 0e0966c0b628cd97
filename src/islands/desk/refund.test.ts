import { expect, test } from 'vitest'
import { doneWords, failureWords, type RefundForm, refundRequestOf } from './refund.ts'

const form = (changes: Partial<RefundForm>): RefundForm => ({
  ...{ kind: 'order', ticketIds: [], amount: '', reason: ' Rain. ' },
  ...changes,
})

test('the form asks for the order, for tickets or for an amount, never for two of them', () => {
  const ticketIds = ['tkt_1']
  expect(refundRequestOf(form({ ticketIds, amount: '3' }), 'EUR')).toEqual({ reason: 'Rain.' })
  expect(refundRequestOf(form({ kind: 'tickets', ticketIds, amount: '3' }), 'EUR')).toEqual({
    ticketIds,
    reason: 'Rain.',
  })
  expect(refundRequestOf(form({ kind: 'amount', ticketIds, amount: '3.50' }), 'EUR')).toEqual({
    amountMinor: 350,
    reason: 'Rain.',
  })
  expect(refundRequestOf(form({ kind: 'amount', amount: '350' }), 'JPY')).toEqual({ amountMinor: 350, reason: 'Rain.' })
})

test.each([
  ['no reason', { reason: '  ' }],
  ['no ticket', { kind: 'tickets' }],
  ['no amount', { kind: 'amount' }],
  ['nothing at all', { kind: 'amount', amount: '0' }],
  ['less than nothing', { kind: 'amount', amount: '-5' }],
  ['words', { kind: 'amount', amount: 'five' }],
] as const)('a form with %s asks for nothing', (_, changes) => {
  expect(refundRequestOf(form(changes), 'EUR')).toBeNull()
})

test('tickets that end without money are said to have ended, and no amount is named', () => {
  expect(doneWords({ amount: { amountMinor: 0, currency: 'EUR' }, status: 'succeeded' })).toBe(
    'The tickets have ended.',
  )
})

test('a refund that failed is said to have failed, and what to do; one that is under way is promised', () => {
  const amount = { amountMinor: 2500, currency: 'EUR' }
  expect(doneWords({ amount, status: 'succeeded' })).toMatch(/25\.00 refunded\.$/)
  expect(doneWords({ amount, status: 'pending' })).toMatch(/25\.00 will be refunded\.$/)
  const failed = failureWords({ amount, ticketIds: ['tkt_1'] }, { refunds: [] })
  expect(failed).toMatch(/25\.00 failed.*The tickets have ended\..*wait for its decision; else refund what is left\.$/)
  expect(failed).not.toContain('will be refunded')
})
