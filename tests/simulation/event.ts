import type { EventRecord, Pool, TicketType } from '#domain/catalog.ts'

/** What of the event differs from run to run. */
export interface EventShape {
  readonly capacity: number
  readonly shards: number
  /** Seats have a pool of their own beside the floor's; null when the event has no seats. */
  readonly seats: number | null
  readonly maxPerBuyer: number | null
  readonly priceMinor: number
}

export const beginning = Date.parse('2027-03-01T10:00:00.000Z')
const hour = 3_600_000
const at = (hours: number) => new Date(beginning + hours * hour).toISOString()

export const floorId = 'poo_00000000000000000000000001'
export const seatsId = 'poo_00000000000000000000000002'
export const standingId = 'tty_00000000000000000000000001'
export const seatedId = 'tty_00000000000000000000000002'
export const eventId = 'evt_00000000000000000000000001'

/** Doors may scan and buyers may cancel during a whole run. */
export function eventOf({ capacity, shards, seats, maxPerBuyer, priceMinor }: EventShape): EventRecord {
  const floor: Pool = { id: floorId, name: 'Floor', capacity, shards }
  const seating: Pool = { id: seatsId, name: 'Seats', capacity: seats ?? 0, shards: 1 }
  const standing: TicketType = {
    ...{ id: standingId, name: 'Standing', description: '', priceMinor, poolIds: [floorId] },
    ...{ maxPerOrder: 10, hidden: false },
  }
  const seated: TicketType = { ...standing, id: seatedId, name: 'Seated', poolIds: [floorId, seatsId] }
  return {
    id: eventId,
    organisationId: 'org_00000000000000000000000001',
    organiser: { slug: 'blue-note', name: 'Blue Note', accent: '#225588' },
    slug: 'late-set',
    version: 1,
    status: 'published',
    saleState: 'on_sale',
    name: 'Late Set',
    summary: 'A quartet after midnight',
    description: '',
    category: 'music',
    startsAt: at(23),
    endsAt: at(47),
    timeZone: 'Europe/Madrid',
    currency: 'EUR',
    venue: {
      name: 'Sala X',
      street: 'Sol 1',
      postalCode: '41001',
      city: 'Seville',
      citySlug: 'seville',
      country: 'ES',
    },
    picture: null,
    accessibility: '',
    cancellation: { refundableUntilHours: 1 },
    showsRemaining: false,
    highDemand: shards > 1,
    maxPerOrder: 10,
    maxPerBuyer,
    ticketTypes: seats === null ? [standing] : [standing, seated],
    pools: seats === null ? [floor] : [floor, seating],
    createdAt: at(-1),
    updatedAt: at(-1),
    publishedAt: at(-1),
  }
}
