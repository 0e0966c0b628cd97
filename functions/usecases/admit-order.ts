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

/**
 * Seconds until this caller may order again; 0: now. Nobody has proved that the e-mail address is his, so a buyer counts at each address
 * of his own: orders that others send in his name do not keep him out.
 */
export async function secondsUntilAllowed(
  ports: AdmissionPorts,
  limits: AdmissionLimits,
  { address, email }: { readonly address: string; readonly email: string },
): Promise<number> {
  const nowMs = ports.nowMs()
  const mayOrder =
    (await ports.mayOrder(`ADDRESS#${address}`, nowMs, limits.perAddressPerMinute)) &&
    (await ports.mayOrder(`BUYER#${email}#${address}`, nowMs, limits.perBuyerPerMinute))
  return mayOrder ? 0 : 60 - (Math.floor(nowMs / 1000) % 60)
}
