import { expect } from 'vitest'
import { fingerprint } from './runner/ledger.ts'
import { playBatch } from './sales.ts'

/** `npm test` plays at least so many. */
const runs = 20_000

/** Half of the interleavings, so that two workers share them. Other code plays others; what held for a commit holds for it everywhere. */
export async function checkSales(half: 0 | 1): Promise<void> {
  const seed = (Number.parseInt(fingerprint().slice(0, 7), 16) * 2 + half) % 2 ** 31
  const began = performance.now()
  const { failure } = await playBatch({ seed, runs: runs / 2 })
  const perRun = ((performance.now() - began) / (runs / 2)).toFixed(1)
  expect(failure, failure ?? '').toBeNull()
  console.info(`${runs / 2} interleavings hold; seed ${seed}, ${perRun} ms each`)
}
