import { codePorts } from '../wiring.ts'
import { type AppContext, Refused } from './app.ts'
import { viewerAddress } from './viewer-address.ts'

/** Enough for a family that mistypes, too few to find a code of six letters in a lifetime. */
const guessesPerMinute = 20

/** Whoever names a code has made a guess, right or wrong: an address may make so many in a minute. */
export async function requireGuess(c: AppContext): Promise<void> {
  const nowMs = Date.now()
  if (await codePorts().mayGuess(viewerAddress(c), nowMs, guessesPerMinute)) return
  throw new Refused('too_busy', undefined, 60 - Math.floor((nowMs / 1000) % 60))
}
