import type { Scheduler } from './scheduler.ts'

interface Time {
  readonly scheduler: Scheduler
  readonly advance: (ms: number) => void
}

let time: Time | undefined

/** Whose steps the pauses of the code under test become, until the next call. */
export function pauseIn(one: Time): void {
  time = one
}

/**
 * Stands in for `node:timers/promises`: a pause is a step, and others may come first. One of a fixed length takes its time; one with
 * jitter takes none, so that a seed means the same run each time.
 */
export async function setTimeout(ms: number): Promise<void> {
  const now = time
  if (!now) throw new Error('a pause outside of a simulation')
  await now.scheduler.step(null, () => {
    if (Number.isInteger(ms)) now.advance(ms)
  })
}
