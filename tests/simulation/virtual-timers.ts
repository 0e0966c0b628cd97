import type { Scheduler } from './scheduler.ts'

let scheduler: Scheduler | undefined

/** Whose steps the pauses of the code under test become, until the next call. */
export function pauseIn(one: Scheduler): void {
  scheduler = one
}

/** Stands in for `node:timers/promises`: a pause takes no time, others may just come first. */
export async function setTimeout(): Promise<void> {
  if (!scheduler) throw new Error('a pause outside of a simulation')
  await scheduler.step(null, () => undefined)
}
