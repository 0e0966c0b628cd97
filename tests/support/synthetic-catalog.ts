import { categories, type EventRecord, type Instant, type Organisation, type Venue } from '#domain/catalog.ts'
import { publicSalesOf } from '#domain/sale-state.ts'
import { instantOf } from '#domain/schedule.ts'
import { citySlugOf, slugOf } from '#domain/slugs.ts'
import { type Random, randomFor } from '#infra/local/seed/art/random.ts'
import { demoId } from '#infra/local/seed/organisations.ts'

export interface SyntheticOptions {
  readonly seed: string
  readonly count: number
  readonly now: Instant
  /** How many there are; a few are large, most are small. */
  readonly cities?: number
  readonly organisers?: number
  /** How far ahead the last event lies. */
  readonly days?: number
}

export interface SyntheticCatalog {
  readonly organisations: readonly Organisation[]
  /** The same events for the same seed, one by one. */
  events(): Generator<EventRecord>
  /** A venue in some city, as for a new event. */
  place(random: Random): { readonly venue: Venue; readonly timeZone: string; readonly currency: string }
}

const zones = [
  ['Europe/Madrid', 'ES', 'EUR', ['Sevilla', 'Granada', 'Málaga', 'Cádiz', 'Valencia']],
  ['Europe/Lisbon', 'PT', 'EUR', ['Lisboa', 'Porto', 'Évora']],
  ['Europe/London', 'GB', 'GBP', ['London', 'Bristol', 'Leeds', 'Edinburgh']],
  ['Europe/Zurich', 'CH', 'CHF', ['Zürich', 'Bern', 'Genève']],
  ['America/New_York', 'US', 'USD', ['New York', 'Boston', 'Baltimore']],
  ['America/Los_Angeles', 'US', 'USD', ['San Francisco', 'Portland', 'Oakland']],
  ['Asia/Tokyo', 'JP', 'JPY', ['Tōkyō', 'Kyōto', '大阪']],
  ['Pacific/Auckland', 'NZ', 'NZD', ['Auckland', 'Wellington']],
] as const
const adjectives = ['Late', 'Silent', 'Golden', 'Brass', 'Paper', 'Northern', 'Electric', 'Slow', '<Loud> &', 'Último']
const nouns = ['Orchestra', 'Kitchen', 'Lanterns', 'Theatre', 'Bees', 'Rivers', 'Machines', 'Tangos', '夜市', 'Voices']
const endings = ['live', 'in the yard', 'for beginners', 'at midnight', 'unplugged', 'and friends', 'by the sea']
const sentence =
  'Doors open an hour before, the bar is run by the neighbours, and whoever comes early gets the seats by the window.'
const hours = ['11:00', '15:00', '18:30', '19:00', '20:00', '20:30', '21:00']
const day = 86_400_000

/** A catalogue as large towns have it: a few cities and organisers hold most of it, weekends are full, the far months thin. */
export function syntheticCatalog({
  seed,
  count,
  now,
  cities = 200,
  organisers = 1,
  days = 400,
}: SyntheticOptions): SyntheticCatalog {
  const places = Array.from({ length: cities }, (_, at) => placeOf(at))
  const organisations = Array.from({ length: Math.max(organisers, Math.ceil(count / 40)) }, (_, at) =>
    organisationOf(seed, at),
  )
  const crowded = <T>(random: Random, list: readonly T[]): T => {
    const [one] = list.slice(Math.floor(list.length * random.between(0, 1) ** 2.2))
    if (one === undefined) throw new RangeError('nothing to choose from')
    return one
  }
  const place = (random: Random) => {
    const { city, ...rest } = crowded(random, places)
    const venue: Venue = {
      name: `${random.pick(nouns)} Hall`,
      street: `${random.pick(adjectives)} Street ${Math.floor(random.between(1, 200))}`,
      postalCode: String(Math.floor(random.between(10_000, 99_999))),
      city,
      citySlug: citySlugOf(city),
      country: rest.country,
    }
    return { venue, timeZone: rest.timeZone, currency: rest.currency }
  }

  function* events(): Generator<EventRecord> {
    const random = randomFor(seed)
    for (let number = 0; number < count; number++) yield eventOf(number, random)
  }

  function eventOf(number: number, random: Random): EventRecord {
    const { id: organisationId, slug, name: organiserName, accent } = crowded(random, organisations)
    const { venue, timeZone, currency } = place(random)
    const name = `${random.pick(adjectives)} ${random.pick(nouns)} ${random.pick(endings)}`
    const startsAt = startOf(random, now, days, timeZone)
    const own = `${seed} ${number}`
    const priceMinor = random.chance(0.15) ? 0 : Math.floor(random.between(5, 90)) * 100
    const poolId = demoId('poo', own)
    const type = { description: '', poolIds: [poolId], maxPerOrder: 10, hidden: false }
    const onSaleAt = new Date(Date.parse(startsAt) - Math.floor(random.between(10, 90)) * day).toISOString()
    const event: EventRecord = {
      id: demoId('evt', own),
      organisationId,
      organiser: { slug, name: organiserName, accent },
      slug: `${slugOf(name, 'event')}-${number}`,
      version: 1,
      status: 'published',
      saleState: 'not_yet',
      name,
      summary: `${organiserName} presents an evening at ${venue.name}.`,
      description: Array.from({ length: 3 + (number % 4) }, () => sentence).join('\n\n'),
      category: random.pick(categories),
      startsAt,
      endsAt: new Date(Date.parse(startsAt) + random.pick([1, 2, 3, 26]) * 3_600_000).toISOString(),
      timeZone,
      currency,
      venue,
      picture: random.chance(0.6) ? pictureOf(number) : null,
      accessibility: random.chance(0.5) ? 'No steps from the street to the seats.' : '',
      cancellation: { refundableUntilHours: random.chance(0.5) ? 48 : null },
      showsRemaining: false,
      highDemand: false,
      maxPerOrder: 10,
      maxPerBuyer: null,
      pools: [{ id: poolId, name: 'Places', capacity: 200, shards: 1 }],
      ticketTypes: [
        {
          ...type,
          ...{ id: demoId('tty', own), name: 'Standard', priceMinor },
          ...(random.chance(0.3) ? { salesStartAt: onSaleAt } : {}),
          ...(priceMinor > 1000 && random.chance(0.2)
            ? { phases: [{ name: 'Early bird', priceMinor: priceMinor - 500, endsAt: onSaleAt }] }
            : {}),
        },
        { ...type, id: demoId('tty', `${own} c`), name: 'Concession', priceMinor: Math.floor(priceMinor / 2) },
      ],
      createdAt: now,
      updatedAt: now,
      publishedAt: now,
    }
    return withState(event, now)
  }
  return { organisations, events, place }
}

/** What an event's page says while nothing was sold. */
export function withState(event: EventRecord, now: Instant): EventRecord {
  if (event.status === 'draft') return event
  const unsold = event.pools.map(({ id, capacity }) => ({ poolId: id, capacity, left: capacity, held: 0, sold: 0 }))
  return { ...event, ...publicSalesOf(event, unsold, now) }
}

/** Soon rather than late, and rather on a Friday or Saturday. */
export function startOf(random: Random, now: Instant, days: number, timeZone: string): Instant {
  const at = Date.parse(now) + (random.between(0, 1) ** 1.6 * days - days / 8) * day
  const weekday = new Date(at).getUTCDay()
  const moved = weekday > 0 && weekday < 5 && random.chance(0.4) ? at + (5 - weekday) * day : at
  return instantOf(`${new Date(moved).toISOString().slice(0, 10)}T${random.pick(hours)}`, timeZone)
}

function placeOf(at: number) {
  const [timeZone, country, currency, names] = zones[at % zones.length] ?? zones[0]
  const known = names[Math.floor(at / zones.length)]
  return { timeZone, country, currency, city: known ?? `${names[0]} ${at}` }
}

function organisationOf(seed: string, at: number): Organisation {
  const slug = `house-${at}`
  return {
    id: demoId('org', `${seed} ${slug}`),
    slug,
    version: 1,
    name: `House ${at}`,
    about: `House ${at} puts on small evenings.\nEvery artist is paid before the doors open.`,
    accent: ['#c2410c', '#6d28d9', '#0e7490', '#be185d'][at % 4] ?? '#c2410c',
    email: `house-${at}@house.example`,
    createdAt: '2026-01-01T00:00:00.000Z',
  }
}

const pictureOf = (number: number) => ({
  base: `/media/synthetic-${number % 50}/poster`,
  widths: [480, 960, 1600],
  aspectRatio: 1.6,
  alt: 'A poster',
  colour: '#14213d',
})
