import { guessPorts } from '../wiring.ts'
import { type AppContext, Refused } from './app.ts'
import { viewerAddress } from './viewer-address.ts'

const perMinute = {
  /** Enough for a family that mistypes, too few to find a code of six letters in a lifetime. */
  guesses: 20,
  /** Two for each order that an address may send in a minute, and some: a whole office buys with its code. */
  tries: 300,
}

/** Refuses an address that has used up its guesses, before anything of a code is read. */
export async function requireGuess(c: AppContext): Promise<void> {
  const nowMs = Date.now()
  if (await guessPorts().mayTry(viewerAddress(c), nowMs, perMinute)) return
  throw new Refused('too_busy', undefined, 60 - Math.floor((nowMs / 1000) % 60))
}

/** Who names a code that exists has made no guess. */
export async function countGuess(c: AppContext, refusal: { readonly code: string }): Promise<void> {
  if (refusal.code === 'unknown_code') await guessPorts().countGuess(viewerAddress(c), Date.now())
}
