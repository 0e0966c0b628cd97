import fc from 'fast-check'
import { scenario } from './scenario.ts'
import { simulate } from './simulate.ts'

const runs = Number(process.env.SIMULATION_RUNS ?? 20_000)
const seed = Number(process.env.SIMULATION_SEED ?? Math.trunc(Math.random() * 2 ** 31))

/**
 * Half of the interleavings, so that two workers share them: fast-check prints the seed and path of a failure and the smallest
 * scenario that still shows it. `SIMULATION_SEED` with `SIMULATION_RUNS` plays them again.
 */
export async function checkSales(half: 0 | 1): Promise<void> {
  const numRuns = Math.ceil(runs / 2)
  const ownSeed = seed + half
  const began = performance.now()
  await fc.assert(
    fc.asyncProperty(scenario, async (one) => {
      const violations = await simulate(one)
      if (violations.length > 0)
        throw new Error(violations.map(({ invariant, says }) => `${invariant}: ${says}`).join('\n'))
    }),
    { numRuns, seed: ownSeed },
  )
  const perRun = ((performance.now() - began) / numRuns).toFixed(1)
  console.info(`${numRuns} interleavings hold; seed ${ownSeed}, ${perRun} ms each`)
}
