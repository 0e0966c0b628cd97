import { config } from '../config.ts'
import { secondsUntilAllowed } from '../usecases/admit-order.ts'
import { admissionPorts } from '../wiring.ts'
import { type AppContext, Refused } from './app.ts'
import { viewerAddress } from './viewer-address.ts'

/** Refuses a caller who sends more orders than people do, before anything of the event is read. */
export async function requireRoom(c: AppContext, email: string): Promise<void> {
  const { ADMISSION: limits } = config()
  if (!limits) return
  const seconds = await secondsUntilAllowed(admissionPorts(), limits, { address: viewerAddress(c), email })
  if (seconds > 0) throw new Refused('too_busy', undefined, seconds)
}
