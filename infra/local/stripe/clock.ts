import { type Ledger, put } from './ledger/ledger.ts'

/**
 * Time as the simulator sees it. Objects carry the real time. Advancing the clock makes what exists older (sessions reach
 * their end, retries become due) without moving the present: a caller's own clock never disagrees with new objects.
 */
export type Clock = {
  /** Unix time in seconds. */
  now(): number
  /** Seconds by which the clock was advanced since the beginning. */
  agedSeconds(): number
  /** Milliseconds on the scale of due dates, which advancing moves. */
  agedNowMs(): number
  advance(seconds: number): void
}

export function startClock(ledger: Ledger): Clock {
  const agedSeconds = () => ledger.clock.get('clock')?.agedSeconds ?? 0
  return {
    now: () => Math.floor(Date.now() / 1000),
    agedSeconds,
    agedNowMs: () => Date.now() + agedSeconds() * 1000,
    advance: (seconds) => ledger.commit(put('clock', { id: 'clock', agedSeconds: agedSeconds() + seconds })),
  }
}
