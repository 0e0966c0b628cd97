import type { EventRecord, Instant, TicketType } from '#domain/catalog.ts'
import { shardsFor } from '#domain/event-rules.ts'
import { eventSaleState } from '#domain/sale-state.ts'
import { instantOf, localTimeOf } from '#domain/schedule.ts'
import { pictureOf } from './art/picture.ts'
import { demoId, demoOrganisations } from './organisations.ts'
import type { DemoEvent, DemoStart, DemoTicketType, Weekday } from './programme/demo-event.ts'
import { translationsOf } from './programme/translations/index.ts'
import { demoVenues } from './venues.ts'

const minute = 60_000
const weekdays: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

export const demoEventId = (event: DemoEvent): string => demoId('evt', event.slug)

/** The event as it is before anything was sold, with dates that lie around `now`. */
export function makeDemoEvent(event: DemoEvent, now: Instant): EventRecord {
  const { timeZone, currency, ...venue } = demoVenues[event.venue]
  const organisation = demoOrganisations[event.organisation]
  const startsAt = startOf(event.start, now, timeZone)
  const { slug, name, accent } = organisation
  const doors = event.doorsMinutesBefore
  const translations = translationsOf(event.slug)
  const made: EventRecord = {
    id: demoEventId(event),
    organisationId: organisation.id,
    organiser: { slug, name, accent },
    slug: event.slug,
    version: 1,
    status: event.state === 'cancelled' ? 'cancelled' : 'published',
    saleState: 'not_yet',
    name: event.name,
    summary: event.summary,
    description: event.description.join('\n\n'),
    category: event.category,
    startsAt,
    endsAt: later(startsAt, event.hours * 60),
    ...(doors === undefined ? {} : { doorsAt: later(startsAt, -doors) }),
    ...(event.movedFrom ? { previousStarts: [startOf(event.movedFrom, now, timeZone)] } : {}),
    ...(translations ? { translations } : {}),
    timeZone,
    currency,
    venue,
    picture: pictureOf(event),
    accessibility: event.accessibility ?? '',
    ...(event.performers ? { performers: event.performers } : {}),
    cancellation: { refundableUntilHours: event.refundableUntilHours ?? null },
    showsRemaining: event.showsRemaining ?? false,
    highDemand: event.highDemand ?? false,
    maxPerOrder: 10,
    maxPerBuyer: event.maxPerBuyer ?? null,
    ...(event.fee ? { fee: event.fee } : {}),
    pools: Object.entries(event.pools).map(([pool, capacity]) => ({
      ...{ id: poolId(event, pool), name: pool, capacity },
      shards: shardsFor(capacity, event.highDemand ?? false),
    })),
    ticketTypes: event.ticketTypes.map((type) => makeTicketType(event, type, now)),
    createdAt: now,
    updatedAt: now,
    publishedAt: now,
  }
  return { ...made, saleState: eventSaleState(made, unsold(made), now) }
}

const unsold = ({ pools }: EventRecord) =>
  pools.map(({ id, capacity }) => ({ poolId: id, capacity, left: capacity, held: 0, sold: 0 }))

function makeTicketType(event: DemoEvent, type: DemoTicketType, now: Instant): TicketType {
  const pools = type.pools ?? Object.keys(event.pools).slice(0, 1)
  return {
    id: demoId('tty', `${event.slug} ${type.name}`),
    name: type.name,
    description: type.description ?? '',
    priceMinor: type.priceMinor,
    poolIds: pools.map((pool) => poolId(event, pool)),
    ...(type.salesFromDay === undefined ? {} : { salesStartAt: noonAfter(type.salesFromDay, now) }),
    ...(type.salesUntilDay === undefined ? {} : { salesEndAt: noonAfter(type.salesUntilDay, now) }),
    maxPerOrder: type.maxPerOrder ?? 10,
    hidden: false,
  }
}

const poolId = (event: DemoEvent, pool: string) => demoId('poo', `${event.slug} ${pool}`)

function startOf(start: DemoStart, now: Instant, timeZone: string): Instant {
  const today = localTimeOf(now, timeZone).slice(0, 10)
  if ('nextOf' in start) {
    const times = [0, 1].flatMap((day) =>
      start.nextOf.map((at) => instantOf(`${dayAfter(today, day)}T${at}`, timeZone)),
    )
    const soon = later(now, 60)
    return times.filter((time) => time >= soon).sort()[0] ?? soon
  }
  const first = dayAfter(today, start.day)
  const weekday = start.weekday ? weekdays.indexOf(start.weekday) : new Date(first).getUTCDay()
  const wait = (weekday - new Date(first).getUTCDay() + 7) % 7
  return instantOf(`${dayAfter(first, wait)}T${start.at}`, timeZone)
}

const later = (instant: Instant, minutes: number): Instant =>
  new Date(Date.parse(instant) + minutes * minute).toISOString()

const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 24 * 60 * minute).toISOString().slice(0, 10)

const noonAfter = (days: number, now: Instant): Instant => `${dayAfter(now.slice(0, 10), days)}T12:00:00.000Z`
