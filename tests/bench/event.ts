import { randomBytes, randomUUID } from 'node:crypto'
import type { PlaceOrderRequest } from '#contracts/orders.ts'
import type { EventRecord } from '#domain/catalog.ts'
import { makeId } from '#domain/ids.ts'

const newId = <P extends 'evt' | 'org' | 'tty' | 'poo'>(prefix: P) => makeId(prefix, Date.now(), randomBytes(10))
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

export function benchEvent({ shards = 1, priceMinor = 2500, capacity = 1_000_000 } = {}): EventRecord {
  const pool = { id: newId('poo'), name: 'Floor', capacity, shards }
  const now = inDays(0)
  return {
    id: newId('evt'),
    organisationId: newId('org'),
    organiser: { slug: 'bench', name: 'Bench', accent: '#225588' },
    slug: `bench-${randomUUID()}`,
    version: 1,
    status: 'published',
    saleState: 'on_sale',
    name: 'Bench',
    summary: 'An on-sale',
    description: 'As long as most descriptions are. '.repeat(20),
    category: 'music',
    startsAt: inDays(30),
    endsAt: inDays(31),
    timeZone: 'Europe/Madrid',
    currency: 'EUR',
    venue: { name: 'V', street: 'S 1', postalCode: '1', city: 'Seville', citySlug: 'seville', country: 'ES' },
    picture: null,
    accessibility: '',
    cancellation: { refundableUntilHours: null },
    showsRemaining: false,
    highDemand: shards > 1,
    maxPerOrder: 10,
    maxPerBuyer: null,
    ticketTypes: [
      {
        ...{ id: newId('tty'), name: 'T', description: '', priceMinor, poolIds: [pool.id] },
        ...{ maxPerOrder: 10, hidden: false },
      },
    ],
    pools: [pool],
    createdAt: now,
    updatedAt: now,
    publishedAt: now,
  }
}

/** Another buyer's order of tickets of the only type. */
export const requestFor = ({ id, ticketTypes }: EventRecord, quantity = 2): PlaceOrderRequest => ({
  eventId: id,
  lines: [{ ticketTypeId: ticketTypes[0]?.id ?? '', quantity }],
  buyer: { name: 'Ada Lovelace', email: `ada-${randomUUID()}@example.org` },
})
