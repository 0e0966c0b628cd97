import { expect, test } from 'vitest'
import { isGreen, lastLine, none, sum, withExit } from './counts.ts'
import { countPlaywright, countVitest } from './reports.ts'

test('the last line sums all runners and names what was skipped', () => {
  const total = sum([
    { passed: 2, failed: 0, skipped: 1 },
    { passed: 3, failed: 1, skipped: 0 },
  ])
  expect(lastLine(total)).toBe('5 passed, 1 failed, 1 skipped')
  expect(lastLine({ passed: 4, failed: 0, skipped: 0 })).toBe('4 passed, 0 failed')
})

test('a run in which nothing ran is not green', () => {
  expect(isGreen(none)).toBe(false)
  expect(isGreen({ passed: 1, failed: 0, skipped: 0 })).toBe(true)
  expect(isGreen({ passed: 9, failed: 1, skipped: 0 })).toBe(false)
})

test('a runner that crashes after green tests is counted as a failure', () => {
  expect(withExit({ passed: 7, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 7, failed: 1, skipped: 0 })
  expect(withExit({ passed: 7, failed: 2, skipped: 0 }, 1)).toEqual({ passed: 7, failed: 2, skipped: 0 })
})

test('a test file that cannot be loaded is a failure, though none of its tests failed', () => {
  const report = {
    ...{ numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0 },
    testResults: [
      { status: 'passed', assertionResults: [{}, {}, {}] },
      { status: 'failed', assertionResults: [] },
    ],
  }
  expect(countVitest(report)).toEqual({ passed: 3, failed: 1, skipped: 1 })
})

test('an error outside any browser test is a failure', () => {
  const report = { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 }, errors: [{ message: 'no stack' }] }
  expect(countPlaywright(report)).toEqual({ passed: 0, failed: 1, skipped: 0 })
})
