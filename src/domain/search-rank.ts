import type { EventRecord, SaleState } from './catalog.ts'

/**
 * Days by which a state sends an event back among those of which the search can hold only some: who looks for something to go to
 * can buy no ticket yet, or none any more. Never negative: what begins later than all that was read must not come before it.
 */
const daysBehind: Readonly<Record<SaleState, number>> = {
  on_sale: 0,
  low: 0,
  not_yet: 14,
  sold_out: 60,
  ended: 365,
  cancelled: 365,
}
/** By which a rush of buyers that the organiser expects brings it forward: such tickets are looked for months ahead. */
const daysAhead = 90

const dayMs = 86_400_000

/**
 * Where an event stands among those that the search holds, the lowest first: its start, moved by how much people can want it.
 * In milliseconds. It knows no clock and no other event: the order of two changes only when one of them does.
 */
export function rankOf(
  { startsAt, saleState }: Pick<EventRecord, 'startsAt' | 'saleState'>,
  isInDemand: boolean,
): number {
  return Date.parse(startsAt) + (daysBehind[saleState] - (isInDemand ? daysAhead : 0)) * dayMs
}
