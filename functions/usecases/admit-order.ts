import { type AdmissionLimits, secondsUntil } from '#domain/admission.ts'

export interface AdmissionPorts {
  /** When the order's turn at the payment provider is; null when the line is too busy to say. */
  takeTurn(orderId: string, nowMs: number, perSecond: number): Promise<number | null>
  mayOrder(who: string, nowMs: number, most: number): Promise<boolean>
  nowMs(): number
  /** 0 to 1. */
  random(): number
}

/** Seconds until an order that must be paid may be placed; 0: now. A repeat of the same order keeps its place in the line. */
export async function secondsUntilTurn(
  ports: AdmissionPorts,
  limits: AdmissionLimits,
  orderId: string,
): Promise<number> {
  const nowMs = ports.nowMs()
  const turnMs = await ports.takeTurn(orderId, nowMs, limits.paymentPagesPerSecond)
  // Without a place in the line all that can be done is to come back, not all at once.
  return turnMs === null ? 3 + Math.floor(ports.random() * 10) : secondsUntil(turnMs, nowMs)
}

/** Seconds until this caller may order again; 0: now. */
export async function secondsUntilAllowed(
  ports: AdmissionPorts,
  limits: AdmissionLimits,
  { address, email }: { readonly address: string; readonly email: string },
): Promise<number> {
  const nowMs = ports.nowMs()
  const [isAddressFine, isBuyerFine] = await Promise.all([
    ports.mayOrder(`ADDRESS#${address}`, nowMs, limits.perAddressPerMinute),
    ports.mayOrder(`BUYER#${email}`, nowMs, limits.perBuyerPerMinute),
  ])
  return isAddressFine && isBuyerFine ? 0 : 60 - (Math.floor(nowMs / 1000) % 60)
}
