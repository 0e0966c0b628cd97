import type { EventRecord, Instant, TicketType } from './catalog.ts'

/** What is left of each allotment, by the pool's id. */
export type Allotments = ReadonlyMap<string, number>

export interface PricedPart {
  readonly quantity: number
  readonly priceMinor: number
  /** Absent for the price after all phases. */
  readonly phase?: string | undefined
  readonly poolIds: readonly string[]
}

/** The pools that phases of these types still sell from; none where time alone decides. */
export function allotmentsOf(types: readonly TicketType[], now: Instant): string[] {
  const ids = types.flatMap((type) => openPhases(type, now).flatMap(({ poolId }) => (poolId ? [poolId] : [])))
  return [...new Set(ids)]
}

/** A pool that only limits a price: its places are places of other pools. */
export const isAllotment = (event: Pick<EventRecord, 'ticketTypes'>, poolId: string): boolean =>
  event.ticketTypes.some(({ phases = [] }) => phases.some((phase) => phase.poolId === poolId))

/** The price of the next ticket. */
export function currentPrice(type: TicketType, left: Allotments, now: Instant): Omit<PricedPart, 'quantity'> {
  const [part] = splitOverPhases(type, 1, new Map(left), now)
  if (!part) throw new RangeError('one ticket has one price')
  const { quantity: _, ...price } = part
  return price
}

/** The price of the next ticket, as far as the event's page knows what is left. */
export function publicPrice(
  { emptyPoolIds = [] }: Pick<EventRecord, 'emptyPoolIds'>,
  type: TicketType,
  now: Instant,
): Omit<PricedPart, 'quantity'> {
  const left = allotmentsOf([type], now).map((id) => [id, emptyPoolIds.includes(id) ? 0 : 1] as const)
  return currentPrice(type, new Map(left), now)
}

/**
 * The prices of `quantity` tickets: as many as an allotment still has at its price, the rest at the next.
 *
 * @param left what allotments have; what is used here is taken off, since two types may share one.
 */
export function splitOverPhases(
  type: TicketType,
  quantity: number,
  left: Map<string, number>,
  now: Instant,
): PricedPart[] {
  const parts: PricedPart[] = []
  let missing = quantity
  for (const { name, priceMinor, poolId } of openPhases(type, now)) {
    if (missing === 0) break
    const room = poolId === undefined ? missing : Math.max(0, left.get(poolId) ?? 0)
    const taken = Math.min(missing, room)
    if (taken === 0) continue
    if (poolId !== undefined) left.set(poolId, room - taken)
    const poolIds = poolId === undefined ? type.poolIds : [...type.poolIds, poolId]
    parts.push({ quantity: taken, priceMinor, phase: name, poolIds })
    missing -= taken
  }
  if (missing > 0) parts.push({ quantity: missing, priceMinor: type.priceMinor, poolIds: type.poolIds })
  return parts
}

const openPhases = ({ phases = [] }: TicketType, now: Instant) =>
  phases.filter(({ endsAt }) => endsAt === undefined || now < endsAt)
