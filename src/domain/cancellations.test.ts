import { expect, test } from 'vitest'
import { afterPage, type Cancellation, isWaiting, startCancellation } from './cancellations.ts'

const at = (seconds: number) => new Date(Date.UTC(2027, 2, 1) + seconds * 1000).toISOString()
const page = { next: null, isClean: true }
const pass = (from: Cancellation, seconds: number, isClean = true): Cancellation =>
  afterPage(afterPage(from, { next: null, isClean }, 2, at(seconds)), page, 2, at(seconds))

test('a cancellation goes through every bucket, page by page', () => {
  const first = afterPage(startCancellation('evt_1', at(0)), { next: 'p', isClean: true }, 2, at(1))
  expect(first).toMatchObject({ version: 2, bucket: 0, after: 'p' })
  expect(afterPage(first, page, 2, at(2))).toMatchObject({ version: 3, bucket: 1, after: null })
})

test('it is finished by a clean pass that began after the last request of before could have written', () => {
  const second = pass(startCancellation('evt_1', at(0)), 5)
  expect(second).toMatchObject({ finishedAt: null, passFrom: at(120), bucket: 0 })
  expect([isWaiting(second, at(119)), isWaiting(second, at(120))]).toEqual([true, false])
  expect(pass(second, 125)).toMatchObject({ finishedAt: at(125) })
})

test('a pass that had to leave an order is followed by another', () => {
  const second = pass(startCancellation('evt_1', at(0)), 5)
  const third = pass(second, 130, false)
  expect(third).toMatchObject({ finishedAt: null, passFrom: at(160), isClean: true })
  expect(pass(third, 161)).toMatchObject({ finishedAt: at(161) })
})
