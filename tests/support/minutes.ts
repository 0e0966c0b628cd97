import { setTimeout as wait } from 'node:timers/promises'

/** Counts begin anew with each minute: waits for the next one when this one is over in less than `ms`. */
export async function startWithinMinute(ms: number): Promise<void> {
  const leftMs = 60_000 - (Date.now() % 60_000)
  if (leftMs < ms) await wait(leftMs)
}
