import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { scenario } from './scenario.ts'
import { simulate } from './simulate.ts'

vi.mock('node:timers/promises', () => import('./virtual-timers.ts'))

const runs = Number(process.env.SIMULATION_RUNS ?? 20_000)
const seed = process.env.SIMULATION_SEED

test(`nothing is oversold, stranded, lost or charged twice in ${runs} interleavings`, { timeout: 0 }, async () => {
  await fc.assert(
    fc.asyncProperty(scenario, async (one) => {
      expect(await simulate(one)).toEqual([])
    }),
    { numRuns: runs, ...(seed === undefined ? {} : { seed: Number(seed) }) },
  )
})
