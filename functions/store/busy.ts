import { setTimeout as wait } from 'node:timers/promises'

/** The database is too contended or too loaded to answer: nothing was written, a repeat is welcome. */
export class StoreBusy extends Error {}

const throttles = new Set(['ProvisionedThroughputExceededException', 'ThrottlingException', 'RequestLimitExceeded'])

export const isThrottled = (error: unknown): boolean => error instanceof Error && throttles.has(error.name)

/** A pause before the next attempt, with full jitter: up to 20 ms at first, up to 640 ms at last. */
export const backOff = (attempt: number) => wait(Math.random() * 20 * 2 ** Math.min(attempt, 5))
