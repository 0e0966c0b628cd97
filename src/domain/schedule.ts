import type { EventRecord, Instant, TicketType } from './catalog.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** `2027-03-01T19:30`, what a clock on the venue's wall shows. */
export function localTimeOf(instant: Instant, timeZone: string): string {
  return new Date(Date.parse(instant) + offsetAt(Date.parse(instant), timeZone)).toISOString().slice(0, 16)
}

/**
 * The instant at which a clock on the venue's wall shows `local` (`2027-03-01T19:30`).
 *
 * A time that the spring change skips moves forward by the length of the gap; one that the autumn change repeats means its first pass.
 */
export function instantOf(local: string, timeZone: string): Instant {
  const asUtc = Date.parse(`${local}Z`)
  const before = offsetAt(asUtc - day, timeZone)
  const after = offsetAt(asUtc + day, timeZone)
  const candidates = [asUtc - before, asUtc - after].filter((ms) => ms + offsetAt(ms, timeZone) === asUtc)
  return new Date(candidates.length > 0 ? Math.min(...candidates) : asUtc - before).toISOString()
}

/** The month in which an event lies for those who go there: `2027-03`. */
export function monthOf(instant: Instant, timeZone: string): string {
  return localTimeOf(instant, timeZone).slice(0, 7)
}

/** Instants between which any zone on Earth can be in that month: filter what lies between by `monthOf`. */
export function monthWindow(month: string): { readonly from: Instant; readonly before: Instant } {
  const start = Date.parse(`${month}-01T00:00Z`)
  const end = Date.parse(`${nextMonth(month)}-01T00:00Z`)
  return {
    from: new Date(start - 14 * 60 * minute).toISOString(),
    before: new Date(end + 12 * 60 * minute).toISOString(),
  }
}

export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7)
}

/** The Monday (UTC) of the week in which an instant lies, `2027-03-01`: names a chunk of the sitemap. */
export function weekOf(instant: Instant): string {
  const ms = Date.parse(instant)
  const daysSinceMonday = (new Date(ms).getUTCDay() + 6) % 7
  return new Date(ms - daysSinceMonday * day).toISOString().slice(0, 10)
}

export function weekWindow(monday: string): { readonly from: Instant; readonly before: Instant } {
  const start = Date.parse(`${monday}T00:00Z`)
  return { from: new Date(start).toISOString(), before: new Date(start + 7 * day).toISOString() }
}

type ClockedType = Pick<TicketType, 'hidden' | 'salesStartAt' | 'salesEndAt' | 'phases'>
type ClockedEvent = Pick<EventRecord, 'status' | 'publishedAt' | 'startsAt' | 'endsAt'> & {
  readonly ticketTypes: readonly ClockedType[]
}

/** Tickets sell until the event ends, unless their type says earlier: some buy in the queue at the door. */
export function saleWindowOf(type: ClockedType, event: Pick<EventRecord, 'endsAt'>): { from: Instant; until: Instant } {
  const until = type.salesEndAt && type.salesEndAt < event.endsAt ? type.salesEndAt : event.endsAt
  return { from: type.salesStartAt ?? '', until }
}

/**
 * The next instant at which the clock alone may change what pages say: a sale, a price, or that the event has begun, with which it
 * leaves the lists of what comes next. Null when it never will again.
 */
export function nextMoment(event: ClockedEvent, now: Instant): Instant | null {
  const { status, publishedAt, startsAt, endsAt, ticketTypes } = event
  if (status === 'draft' || publishedAt === undefined) return null
  const visible = ticketTypes.filter((type) => !type.hidden)
  const windows = visible.map((type) => saleWindowOf(type, event))
  const prices = visible.flatMap(({ phases = [] }) => phases.flatMap(({ endsAt: end }) => end ?? []))
  const moments = [startsAt, endsAt, ...windows.flatMap(({ from, until }) => [from, until]), ...prices]
  return moments.filter((moment) => moment > now).sort()[0] ?? null
}

/** How far the wall clock of a zone is ahead of UTC, in milliseconds. */
function offsetAt(ms: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(ms)
      .map(({ type, value }) => [type, value]),
  )
  const { year, month, day: date, hour, minute: minutes, second } = parts
  return Date.parse(`${year}-${month}-${date}T${hour}:${minutes}:${second}Z`) - Math.floor(ms / 1000) * 1000
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one costs 50 µs, a listing needs hundreds. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const digits = '2-digit'
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric' },
    ...{ month: digits, day: digits, hour: digits, minute: digits, second: digits },
  })
  formats.set(timeZone, made)
  return made
}
