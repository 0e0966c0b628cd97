import { expect, test } from 'vitest'
import type { CancellationPolicy } from '#domain/catalog.ts'
import { texts } from '../i18n/texts.ts'
import { policyText as policyTextIn } from './policy.ts'

const policyText = (policy: CancellationPolicy) => policyTextIn(policy, texts('en').event, 'en-GB')

test('the last moment to cancel reads in days or hours', () => {
  expect(policyText({ refundableUntilHours: 48 })).toContain('until 2 days before the event starts')
  expect(policyText({ refundableUntilHours: 24 })).toContain('until 1 day before')
  expect(policyText({ refundableUntilHours: 36 })).toContain('until 36 hours before')
  expect(policyText({ refundableUntilHours: 0 })).toContain('until the event starts')
})

test('no refund is said plainly', () => {
  expect(policyText({ refundableUntilHours: null })).toMatch(/^Tickets cannot be cancelled/)
})

test('Arabic has a dual, and a word of its own from three to ten', () => {
  const arabic = (hours: number) => policyTextIn({ refundableUntilHours: hours }, texts('ar').event, 'ar-u-nu-latn')
  expect(arabic(48)).toContain('يومين')
  expect(arabic(72)).toContain('3 أيام')
  expect(arabic(14 * 24)).toContain('14 يومًا')
})
