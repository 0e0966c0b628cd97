import { expect } from 'vitest'
import { playBatch } from './sales.ts'

/** `npm test` plays at least so many. */
const runs = 20_000

/** Half of the interleavings, so that two workers share them. */
export async function checkSales(half: 0 | 1): Promise<void> {
  const seed = Math.trunc(Math.random() * 2 ** 31) + half
  const began = performance.now()
  const { failure } = await playBatch({ seed, runs: runs / 2 })
  const perRun = ((performance.now() - began) / (runs / 2)).toFixed(1)
  expect(failure, failure ?? '').toBeNull()
  console.info(`${runs / 2} interleavings hold; seed ${seed}, ${perRun} ms each`)
}
