/** What an installation lets in; each limit is one that somebody else sets or that only a robot reaches. */
export interface AdmissionLimits {
  /** Payment pages that the provider opens in a second. */
  readonly paymentPagesPerSecond: number
  /** Orders from one address; many people can share one. */
  readonly perAddressPerMinute: number
  readonly perBuyerPerMinute: number
}

/** Whoever's turn comes within this time is let in at once: the provider takes short bursts. */
const burstMs = 1000

/** A place in the line to the payment provider, as a moment in milliseconds. */
export const turnAfter = (lastTurnMs: number, nowMs: number, perSecond: number): number =>
  Math.max(nowMs, lastTurnMs + Math.ceil(1000 / perSecond))

/** Seconds until a turn comes; 0: now. */
export const secondsUntil = (turnMs: number, nowMs: number): number =>
  turnMs <= nowMs + burstMs ? 0 : Math.ceil((turnMs - nowMs) / 1000)
