import { expect, test } from 'vitest'
import { policyText } from './policy.ts'

test('the last moment to cancel reads in days or hours', () => {
  expect(policyText({ refundableUntilHours: 48 })).toContain('until 2 days before the event starts')
  expect(policyText({ refundableUntilHours: 24 })).toContain('until 1 day before')
  expect(policyText({ refundableUntilHours: 36 })).toContain('until 36 hours before')
  expect(policyText({ refundableUntilHours: 0 })).toContain('until the event starts')
})

test('no refund is said plainly', () => {
  expect(policyText({ refundableUntilHours: null })).toMatch(/^Tickets cannot be cancelled/)
})
