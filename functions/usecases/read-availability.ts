import type { Availability } from '#contracts/orders.ts'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import { currentPrice } from '#domain/price-phases.ts'
import { eventSaleState, ticketTypeAvailability } from '#domain/sale-state.ts'
import { type ShardStock, sumShards } from '#domain/stock.ts'

export interface AvailabilityPorts {
  getEvent(eventId: string): Promise<EventRecord | null>
  readShards(pools: EventRecord['pools']): Promise<ShardStock[]>
  now(): Instant
}

/** What can be bought now; null for an event that was never published. How many are left is told only when the organiser shows it. */
export async function readAvailability(ports: AvailabilityPorts, eventId: string): Promise<Availability | null> {
  const event = await ports.getEvent(eventId)
  if (!event || event.status === 'draft') return null
  const stock = sumShards(await ports.readShards(event.pools))
  const allotments = new Map(stock.map(({ poolId, left }) => [poolId, left]))
  const now = ports.now()
  return {
    eventState: eventSaleState(event, stock, now),
    ticketTypes: event.ticketTypes.map((type) => {
      const { id, state, left } = ticketTypeAvailability(event, type, stock, now)
      if (state === 'hidden') return { id, state }
      const { priceMinor, phase } = currentPrice(type, allotments, now)
      const price = { priceMinor, ...(phase === undefined ? {} : { phase }) }
      return event.showsRemaining ? { id, state, ...price, left } : { id, state, ...price }
    }),
  }
}
