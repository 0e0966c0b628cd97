import { expect, test } from 'vitest'
import { type RefundForm, refundRequestOf } from './refund.ts'

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
