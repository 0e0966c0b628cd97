import { setTimeout as wait } from 'node:timers/promises'

/** The database is too contended or too loaded to answer: nothing was written, a repeat is welcome. */
export class StoreBusy extends Error {}

const throttles = new Set(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded'])

export const isThrottled = (error: unknown): boolean => error instanceof Error && throttles.has(error.name)

/** Asks again while the database says that it is too much, for so long. @throws what it said at last */
export async function whileThrottled<T>(ask: () => Promise<T>, withinMs: number, onThrottled = () => {}): Promise<T> {
  const until = Date.now() + withinMs
  for (let attempt = 0; ; attempt++) {
    try {
      return await ask()
    } catch (error) {
      if (!isThrottled(error) || Date.now() >= until) throw error
      onThrottled()
      await backOff(attempt)
    }
  }
}

/** A pause before the next attempt, with full jitter: up to 20 ms at first, up to 640 ms at last. */
export const backOff = (attempt: number) => wait(Math.random() * 20 * 2 ** Math.min(attempt, 5))
