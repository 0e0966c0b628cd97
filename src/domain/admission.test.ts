import { expect, test } from 'vitest'
import { secondsUntil, turnAfter } from './admission.ts'

test('turns are as far apart as the provider asks, and an idle line starts now', () => {
  expect(turnAfter(10_000, 10_000, 20)).toBe(10_050)
  expect(turnAfter(10_000, 60_000, 20)).toBe(60_000)
})

test('a turn within the burst is now; a later one is told in whole seconds, never too early', () => {
  expect(secondsUntil(11_000, 10_000)).toBe(0)
  expect(secondsUntil(11_001, 10_000)).toBe(2)
  expect(secondsUntil(70_000, 10_000)).toBe(60)
})
