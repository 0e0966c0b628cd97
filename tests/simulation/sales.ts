import fc from 'fast-check'
import type { Scenario } from './acts.ts'
import { scenario } from './scenario.ts'
import { simulate } from './simulate.ts'

export interface Batch {
  readonly seed: number
  readonly runs: number
  /** Leads straight to a failure and to what it was shrunk to. */
  readonly path?: string | undefined
}

/** Plays so many interleavings. What fails is shrunk to the smallest scenario that still shows it. */
export async function playBatch({ seed, runs, path }: Batch): Promise<{ readonly failure: string | null }> {
  const details = await fc.check(fc.asyncProperty(scenario, holds), {
    ...{ seed, numRuns: runs },
    ...(path === undefined ? {} : { path, endOnFailure: true }),
  })
  if (!details.failed) return { failure: null }
  const again = `npm run simulate -- --seed ${details.seed} --path ${details.counterexamplePath}`
  const broken = details.errorInstance instanceof Error ? details.errorInstance.message : String(details.errorInstance)
  return { failure: `${await fc.asyncDefaultReportMessage(details)}\n\n${broken}\n\nPlay it again: ${again}` }
}

async function holds(one: Scenario): Promise<void> {
  const violations = await simulate(one)
  if (violations.length > 0)
    throw new Error(violations.map(({ invariant, says }) => `${invariant}: ${says}`).join('\n'))
  await breathe()
}

/** Whoever waits for this process is heard between two runs. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve))
