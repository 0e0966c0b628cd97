import type { OrganiserEvent, PutTicketTypeRequest } from '#contracts/events.ts'
import { instantOf, localTimeOf } from '#domain/schedule.ts'
import { majorOf, minorOf } from './prices.ts'

/** A price that comes before the type's own, as the inputs hold it. */
export interface PhaseForm {
  name: string
  /** In the major unit. */
  price: string
  /** As the clock at the venue shows it; empty: only its places end it. */
  endsAt: string
  /** How many tickets are sold at this price; empty: only its time ends it. */
  places: string
  /** The pool that counts these places; empty until it is made. */
  poolId: string
}

type Phase = PutTicketTypeRequest['phases'][number]

export const emptyPhaseForm = (): PhaseForm => ({ name: '', price: '', endsAt: '', places: '', poolId: '' })

export function phaseFormOf({ name, priceMinor, endsAt, poolId }: Phase, event: OrganiserEvent): PhaseForm {
  const places = event.pools.find(({ id }) => id === poolId)?.capacity
  return {
    name,
    price: majorOf(priceMinor, event.currency),
    endsAt: endsAt === null ? '' : localTimeOf(endsAt, event.timeZone),
    places: places === undefined ? '' : String(places),
    poolId: poolId ?? '',
  }
}

export function phaseRequestOf({ name, price, endsAt, places, poolId }: PhaseForm, event: OrganiserEvent): Phase {
  return {
    name,
    priceMinor: minorOf(price, event.currency),
    endsAt: endsAt === '' ? null : instantOf(endsAt, event.timeZone),
    poolId: places === '' || poolId === '' ? null : poolId,
  }
}

/** Pools that seat people; the others only count how many tickets are sold at a price. */
export function seatingPools({ pools, ticketTypes }: OrganiserEvent): OrganiserEvent['pools'] {
  const allotments = new Set(ticketTypes.flatMap(({ phases }) => phases.map(({ poolId }) => poolId)))
  return pools.filter(({ id }) => !allotments.has(id))
}
