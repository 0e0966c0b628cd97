import type {
  CancellationPolicy,
  Category,
  EventRecord,
  Instant,
  Pool,
  PricePhase,
  ServiceFee,
  Tax,
  TicketType,
  Venue,
} from './catalog.ts'
import { eventProblems, type FieldProblem, publishProblems } from './event-problems.ts'
import type { Language } from './languages.ts'
import { ok, type Result, refuse } from './result.ts'
import { eventSaleState } from './sale-state.ts'
import { citySlugOf } from './slugs.ts'
import { type Translations, withTicketTypes } from './translations.ts'

export type EventRefusal =
  | { readonly code: 'invalid_request' | 'not_publishable'; readonly errors: readonly FieldProblem[] }
  | { readonly code: 'stale_version' | 'wrong_status' }

/** What an organiser writes of an event; everything else in its record is ours. */
export interface EventInput {
  /** Absent: the site's own, and no further ones. */
  readonly language?: Language | undefined
  readonly translations?: Translations | undefined
  readonly name: string
  readonly summary: string
  readonly description: string
  readonly category: Category
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly doorsAt: Instant | null
  readonly timeZone: string
  readonly currency: string
  readonly venue: Omit<Venue, 'citySlug'>
  readonly accessibility: string
  /** Empty or absent: none are named. */
  readonly performers?: readonly string[] | undefined
  readonly cancellation: CancellationPolicy
  readonly showsRemaining: boolean
  readonly highDemand: boolean
  readonly maxPerOrder: number
  readonly maxPerBuyer: number | null
  /** Null or absent: none. */
  readonly fee?: ServiceFee | null | undefined
  readonly tax?: Tax | null | undefined
}

export type EventChanges = { readonly [K in keyof EventInput]?: EventInput[K] | undefined }

export interface TicketTypeInput extends Omit<TicketType, 'id' | 'salesStartAt' | 'salesEndAt' | 'phases'> {
  readonly salesStartAt: Instant | null
  readonly salesEndAt: Instant | null
  readonly phases?: readonly PhaseInput[] | undefined
}

export interface PhaseInput {
  readonly name: string
  readonly priceMinor: number
  readonly endsAt: Instant | null
  readonly poolId: string | null
}

export type PoolInput = Pick<Pool, 'name' | 'capacity'>

const maxPreviousStarts = 10
/** A high-demand event spreads each pool over shards: one for so many places. */
const placesPerShard = 50
const maxShards = 32
/** All stock of an event goes on sale in one transaction of 100 items, with its up to seven listings in every language beside it. */
const maxShardsOfEvent = 50

/**
 * Shards never change once stock exists, since orders name the shard that they took from.
 *
 * @param taken by other pools on sale: all stock of an event must also go off sale in one transaction.
 */
export function shardsFor(capacity: number, highDemand: boolean, pools = 1, taken = 0): number {
  if (!highDemand) return 1
  const most = Math.min(maxShards, Math.max(1, Math.floor((maxShardsOfEvent - taken) / pools)))
  return Math.min(most, Math.max(1, Math.ceil(capacity / placesPerShard)))
}

export function draftEvent(
  input: EventInput,
  identity: { id: string; slug: string; organisation: { id: string; slug: string; name: string; accent: string } },
  now: Instant,
): Result<EventRecord, EventRefusal> {
  const { id: organisationId, slug, name, accent } = identity.organisation
  return checked({
    ...fieldsOf(input),
    id: identity.id,
    organisationId,
    organiser: { slug, name, accent },
    slug: identity.slug,
    version: 1,
    status: 'draft',
    saleState: 'not_yet',
    picture: null,
    ticketTypes: [],
    pools: [],
    createdAt: now,
    updatedAt: now,
  })
}

/** The event with the changes in it. What buyers relied on stays: the currency and the shards of a published event. */
export function editEvent(
  event: EventRecord,
  changes: EventChanges,
  version: number,
  now: Instant,
): Result<EventRecord, EventRefusal> {
  const refusal = refusalToEdit(event, version)
  if (refusal) return refuse(refusal)
  const input: EventInput = { ...inputOf(event), ...present(changes) }
  if (event.publishedAt && input.currency !== event.currency)
    return invalid([{ field: 'currency', message: 'cannot change once the event was published' }])
  if (event.publishedAt && input.highDemand !== event.highDemand)
    return invalid([{ field: 'highDemand', message: 'cannot change once the event was published' }])
  const { doorsAt: _, fee: __, tax: ___, previousStarts: ____, performers: _____, ...rest } = event
  return checked(next({ ...rest, ...fieldsOf(input), ...previousStartsOf(event, input.startsAt) }, now))
}

/** What was announced and does not hold now. */
function previousStartsOf(event: EventRecord, startsAt: Instant): Pick<EventRecord, 'previousStarts'> {
  const { publishedAt, previousStarts = [] } = event
  const announced = publishedAt === undefined ? [] : [...previousStarts, event.startsAt]
  const before = announced.filter((start, at) => start !== startsAt && announced.indexOf(start) === at)
  return before.length > 0 ? { previousStarts: before.slice(-maxPreviousStarts) } : {}
}

export function putTicketType(
  event: EventRecord,
  ticketTypeId: string,
  input: TicketTypeInput,
  version: number,
  now: Instant,
): Result<EventRecord, EventRefusal> {
  const refusal = refusalToEdit(event, version)
  if (refusal) return refuse(refusal)
  const { salesStartAt, salesEndAt, phases = [], ...rest } = input
  const ticketType: TicketType = {
    ...rest,
    id: ticketTypeId,
    ...(salesStartAt === null ? {} : { salesStartAt }),
    ...(salesEndAt === null ? {} : { salesEndAt }),
    ...(phases.length === 0 ? {} : { phases: phases.map(phaseOf) }),
  }
  return checked(next({ ...event, ticketTypes: put(event.ticketTypes, ticketType) }, now))
}

export function putPool(
  event: EventRecord,
  poolId: string,
  input: PoolInput,
  version: number,
  now: Instant,
): Result<EventRecord, EventRefusal> {
  const refusal = refusalToEdit(event, version)
  if (refusal) return refuse(refusal)
  const existing = event.pools.find(({ id }) => id === poolId)
  const isStocked = event.publishedAt !== undefined && existing !== undefined
  const taken = event.pools.reduce((sum, pool) => sum + (pool.id === poolId ? 0 : pool.shards), 0)
  // Half of what is left, so that others may come.
  const shards = isStocked ? existing.shards : shardsFor(input.capacity, event.highDemand, 2, taken)
  return checked(next({ ...event, pools: put(event.pools, { ...input, id: poolId, shards }) }, now))
}

/** @returns the very same event when it is this request's own first success that is asked for again. */
export function publishEvent(event: EventRecord, version: number, now: Instant): Result<EventRecord, EventRefusal> {
  if (event.status === 'published' && event.version === version + 1) return ok(event)
  if (event.version !== version) return refuse({ code: 'stale_version' })
  if (event.status !== 'draft') return refuse({ code: 'wrong_status' })
  const errors = publishProblems(event, now)
  if (errors.length > 0) return refuse({ code: 'not_publishable', errors })
  const pools = event.pools.map((pool) => ({
    ...pool,
    shards: shardsFor(pool.capacity, event.highDemand, event.pools.length),
  }))
  const untouched = pools.map(({ id, capacity }) => ({ poolId: id, capacity, left: capacity, held: 0, sold: 0 }))
  const published = next({ ...event, pools, status: 'published', publishedAt: event.publishedAt ?? now }, now)
  return ok({ ...published, saleState: eventSaleState(published, untouched, now) })
}

/** A repeat answers like the first, as with `publishEvent`. */
export function cancelEvent(event: EventRecord, version: number, now: Instant): Result<EventRecord, EventRefusal> {
  if (event.status === 'cancelled' && event.version === version + 1) return ok(event)
  if (event.version !== version) return refuse({ code: 'stale_version' })
  if (event.status === 'cancelled') return refuse({ code: 'wrong_status' })
  return ok(next({ ...event, status: 'cancelled', saleState: 'cancelled' }, now))
}

/** Takes an event off the site again. Whether nobody has bought or holds a ticket is for the stock to say. */
export function withdrawEvent(event: EventRecord, version: number, now: Instant): Result<EventRecord, EventRefusal> {
  if (event.version !== version) return refuse({ code: 'stale_version' })
  if (event.status !== 'published') return refuse({ code: 'wrong_status' })
  return ok(next({ ...event, status: 'draft', saleState: 'not_yet' }, now))
}

/** Only what was never public can go without a trace. */
export const isDeletable = ({ status, publishedAt }: EventRecord): boolean =>
  status === 'draft' && publishedAt === undefined

/** A draft with the same words, ticket types and capacities under new ids; nothing that was sold comes along. */
export function duplicateEvent(
  event: EventRecord,
  identity: { id: string; slug: string; newId: (prefix: 'tty' | 'poo') => string },
  now: Instant,
): EventRecord {
  const poolIds = new Map(event.pools.map(({ id }) => [id, identity.newId('poo')]))
  const { publishedAt: _, formerSlugs: __, previousStarts: ___, emptyPoolIds: ____, changedAt: _____, ...rest } = event
  const movePhase = (phase: PricePhase): PricePhase =>
    phase.poolId === undefined ? phase : { ...phase, poolId: poolIds.get(phase.poolId) ?? phase.poolId }
  const typeIds = new Map(event.ticketTypes.map(({ id }) => [id, identity.newId('tty')]))
  return {
    ...rest,
    ...(rest.translations ? { translations: withTicketTypes(rest.translations, (id) => typeIds.get(id)) } : {}),
    id: identity.id,
    slug: identity.slug,
    version: 1,
    status: 'draft',
    saleState: 'not_yet',
    pools: event.pools.map((pool) => ({ ...pool, id: poolIds.get(pool.id) ?? pool.id })),
    ticketTypes: event.ticketTypes.map((ticketType) => ({
      ...ticketType,
      id: typeIds.get(ticketType.id) ?? ticketType.id,
      poolIds: ticketType.poolIds.map((id) => poolIds.get(id) ?? id),
      ...(ticketType.phases ? { phases: ticketType.phases.map(movePhase) } : {}),
    })),
    createdAt: now,
    updatedAt: now,
  }
}

function phaseOf({ endsAt, poolId, ...rest }: PhaseInput): PricePhase {
  return { ...rest, ...(endsAt === null ? {} : { endsAt }), ...(poolId === null ? {} : { poolId }) }
}

export function refusalToEdit(event: EventRecord, version: number): EventRefusal | null {
  if (event.version !== version) return { code: 'stale_version' }
  return event.status === 'cancelled' ? { code: 'wrong_status' } : null
}

export const invalid = (errors: readonly FieldProblem[]): Result<never, EventRefusal> =>
  refuse({ code: 'invalid_request', errors })

function checked(event: EventRecord): Result<EventRecord, EventRefusal> {
  const errors = eventProblems(event)
  return errors.length > 0 ? invalid(errors) : ok(event)
}

export const next = (event: EventRecord, now: Instant): EventRecord => ({
  ...event,
  version: event.version + 1,
  updatedAt: now,
  changedAt: undefined,
})

function fieldsOf(input: EventInput) {
  const { doorsAt, venue, fee, tax, performers = [], ...rest } = input
  return {
    ...rest,
    ...(doorsAt === null ? {} : { doorsAt }),
    ...(fee ? { fee } : {}),
    ...(tax ? { tax } : {}),
    ...(performers.length > 0 ? { performers } : {}),
    venue: { ...venue, citySlug: citySlugOf(venue.city) },
  }
}

function inputOf(event: EventRecord): EventInput {
  return { ...event, doorsAt: event.doorsAt ?? null, fee: event.fee ?? null, tax: event.tax ?? null }
}

const present = (changes: EventChanges): Partial<EventInput> =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))

const put = <T extends { readonly id: string }>(list: readonly T[], item: T): T[] =>
  list.some(({ id }) => id === item.id) ? list.map((old) => (old.id === item.id ? item : old)) : [...list, item]
