import type { EventRecord, Pool, ServiceFee, Tax, TicketType } from '#domain/catalog.ts'
import type { DiscountCodeInput } from '#domain/discount-codes.ts'
import { eventSaleState } from '#domain/sale-state.ts'

/** What of the event differs from run to run. */
export interface EventShape {
  readonly capacity: number
  readonly shards: number
  /** Seats have a pool of their own beside the floor's; null when the event has no seats. */
  readonly seats: number | null
  readonly maxPerBuyer: number | null
  readonly priceMinor: number
  /** So many of the standing tickets are cheaper. */
  readonly earlyBirds: number | null
  readonly fee: ServiceFee | null
  readonly tax: Tax | null
  readonly code: CodeShape | null
}

export interface CodeShape extends Pick<DiscountCodeInput, 'discount' | 'maxUses' | 'budgetMinor'> {
  /** Seats are sold to those who name it, and to nobody else. */
  readonly unlocksSeats: boolean
}

export const beginning = Date.parse('2027-03-01T10:00:00.000Z')
const hour = 3_600_000
const at = (hours: number) => new Date(beginning + hours * hour).toISOString()

export const floorId = 'poo_00000000000000000000000001'
export const seatsId = 'poo_00000000000000000000000002'
export const earlyId = 'poo_00000000000000000000000003'
export const standingId = 'tty_00000000000000000000000001'
export const seatedId = 'tty_00000000000000000000000002'
export const eventId = 'evt_00000000000000000000000001'
export const codeName = 'FRIENDS'

export function codeOf({ discount, maxUses, budgetMinor, unlocksSeats }: CodeShape): DiscountCodeInput {
  const unlocks = unlocksSeats ? [seatedId] : []
  return { discount, maxUses, budgetMinor, unlocks, ticketTypeIds: null, validFrom: null, validUntil: null }
}

/** Doors may scan and buyers may cancel during a whole run. */
export function eventOf(shape: EventShape): EventRecord {
  const { capacity, shards, seats, maxPerBuyer, priceMinor, earlyBirds, fee, tax, code } = shape
  const floor: Pool = { id: floorId, name: 'Floor', capacity, shards }
  const seating: Pool = { id: seatsId, name: 'Seats', capacity: seats ?? 0, shards: 1 }
  const early: Pool = { id: earlyId, name: 'Early birds', capacity: earlyBirds ?? 0, shards }
  const plain: TicketType = {
    ...{ id: standingId, name: 'Standing', description: '', priceMinor, poolIds: [floorId] },
    ...{ maxPerOrder: 10, hidden: false },
  }
  const phases = [{ name: 'Early bird', priceMinor: Math.floor(priceMinor / 2), poolId: earlyId }]
  const standing = earlyBirds === null ? plain : { ...plain, phases }
  const hidden = code?.unlocksSeats ?? false
  const seated: TicketType = { ...plain, id: seatedId, name: 'Seated', poolIds: [floorId, seatsId], hidden }
  const pools = [floor, ...(seats === null ? [] : [seating]), ...(earlyBirds === null ? [] : [early])]
  const untouched = pools.map((pool) => ({
    poolId: pool.id,
    capacity: pool.capacity,
    left: pool.capacity,
    held: 0,
    sold: 0,
  }))
  const event: EventRecord = {
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
    ...(fee ? { fee } : {}),
    ...(tax ? { tax } : {}),
    ticketTypes: seats === null ? [standing] : [standing, seated],
    pools,
    createdAt: at(-1),
    updatedAt: at(-1),
    publishedAt: at(-1),
  }
  return { ...event, saleState: eventSaleState(event, untouched, at(0)) }
}
