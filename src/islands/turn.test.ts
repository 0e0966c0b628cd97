import { expect, test } from 'vitest'
import { countdownText, secondsTo } from './turn.ts'

test.each([
  [0, '0 s'],
  [59, '59 s'],
  [60, '1 min 00 s'],
  [125, '2 min 05 s'],
])('%i seconds are shown as %s', (seconds, text) => {
  expect(countdownText(seconds)).toBe(text)
})

test('a turn is counted by the clock, and one that has come is not in the past', () => {
  expect(secondsTo(10_000, 4_001)).toBe(6)
  expect(secondsTo(10_000, 10_000)).toBe(0)
  expect(secondsTo(10_000, 95_000)).toBe(0)
})
