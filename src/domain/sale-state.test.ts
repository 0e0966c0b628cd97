import { expect, test } from 'vitest'
import { isLow } from './sale-state.ts'

test.each([
  [10, 1000, true],
  [11, 1000, true],
  [100, 1000, true],
  [101, 1000, false],
  [11, 50, false],
  [10, 50, true],
])('%i of %i left is low: %s', (left, capacity, expected) => {
  expect(isLow(left, capacity)).toBe(expected)
})
