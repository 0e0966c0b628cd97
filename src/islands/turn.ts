/** How long somebody has to wait, as a clock that counts down: under a minute in seconds, above it in minutes and seconds. */
export function countdownText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}

/** Whole seconds until then; never below 0. Timers of a page in the background are late: only the clock tells. */
export const secondsTo = (turnMs: number, nowMs: number): number => Math.max(0, Math.ceil((turnMs - nowMs) / 1000))
