import type { EventRecord, Instant, TicketType } from './catalog.ts'
import { remembered } from './remembered.ts'
import { zonedFormat } from './zoned-format.ts'

const minute = 60_000
const day = 24 * 60 * minute

/** `2027-03-01T19:30`, what a clock on the venue's wall shows. */
export const localTimeOf = remembered((instant: Instant, timeZone: string): string =>
  new Date(Date.parse(instant) + offsetAt(Date.parse(instant), timeZone)).toISOString().slice(0, 16),
)

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

/** The day (UTC) of an instant, `2027-03-01`: names a chunk of the sitemap. */
export const utcDayOf = (instant: Instant): string => instant.slice(0, 10)

export const isUtcDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && dayAfter(text, 0) === text

/** The Monday (UTC) of the week in which an instant lies. */
function weekOf(instant: Instant): string {
  const ms = Date.parse(instant)
  const daysSinceMonday = (new Date(ms).getUTCDay() + 6) % 7
  return new Date(ms - daysSinceMonday * day).toISOString().slice(0, 10)
}

/** The Monday of the week in which an event lies for those who go there. */
const localWeekOf = (instant: Instant, timeZone: string): string => weekOf(`${localTimeOf(instant, timeZone)}Z`)

const weekendStart = '17:00'

type Timed = Pick<EventRecord, 'startsAt' | 'endsAt' | 'timeZone'>

/** Whether it goes on past Friday at five of the week that begins on that Monday, by the clock on the venue's wall. */
const goesPastFriday = ({ endsAt, timeZone }: Timed, monday: string): boolean =>
  localTimeOf(endsAt, timeZone) > `${dayAfter(monday, 4)}T${weekendStart}`

/**
 * Whether an event is on this weekend: it begins in the week (Monday to Sunday) that `now` lies in, or in an earlier one, and goes on
 * past its Friday at five, all by the clock on the venue's wall.
 */
export function isInWeekend(event: Timed, now: Instant): boolean {
  const { startsAt, timeZone } = event
  // What begins in another week on every clock is told without asking one.
  if (Date.parse(startsAt) - Date.parse(now) > 8 * day) return false
  const monday = localWeekOf(now, timeZone)
  return localWeekOf(startsAt, timeZone) <= monday && goesPastFriday(event, monday)
}

/**
 * Instants between which events of this week's weekend begin, in any zone on Earth, beside those that begin earlier and go on: filter
 * what lies between by `isInWeekend`. Before `friday` its weekend has begun nowhere.
 */
export function weekendWindow(now: Instant): { readonly friday: Instant; readonly before: Instant } {
  const mondayAt = (ms: number) => Date.parse(`${weekOf(new Date(ms).toISOString())}T00:00Z`)
  const [west, east] = [mondayAt(Date.parse(now) - 12 * 60 * minute), mondayAt(Date.parse(now) + 14 * 60 * minute)]
  return {
    friday: new Date(west + 4 * day + 3 * 60 * minute).toISOString(),
    before: new Date(east + 7 * day + 12 * 60 * minute).toISOString(),
  }
}

/** `2027-03-05` for four days after `2027-03-01`. */
export function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * day).toISOString().slice(0, 10)
}

type ClockedType = Pick<TicketType, 'hidden' | 'salesStartAt' | 'salesEndAt' | 'phases'>
type ClockedEvent = Timed & Pick<EventRecord, 'status'> & { readonly ticketTypes: readonly ClockedType[] }

/** Tickets sell until the event ends, unless their type says earlier: some buy in the queue at the door. */
export function saleWindowOf(type: ClockedType, event: Pick<EventRecord, 'endsAt'>): { from: Instant; until: Instant } {
  const until = type.salesEndAt && type.salesEndAt < event.endsAt ? type.salesEndAt : event.endsAt
  return { from: type.salesStartAt ?? '', until }
}

/** The next instant at which the clock alone may change the sale state, a price or a list; null when it never will again. */
export function nextClockChange(event: ClockedEvent, now: Instant): Instant | null {
  if (event.status === 'draft') return null
  const moments = [event.startsAt, ...weekendMoments(event), ...pageMoments(event)]
  return moments.filter((moment) => moment > now).sort()[0] ?? null
}

/** Whether the clock alone has changed the event's own page since `since`. */
export const clockChangedPage = (event: ClockedEvent, since: Instant, now: Instant): boolean =>
  pageMoments(event).some((moment) => since < moment && moment <= now)

/** How often the clock had changed the event's own page by then. */
export const momentsPassed = (event: ClockedEvent, now: Instant): number =>
  pageMoments(event).filter((moment) => moment <= now).length

const pageMoments = (event: ClockedEvent): readonly Instant[] => [event.endsAt, ...saleMoments(event)]

function saleMoments(event: ClockedEvent): readonly Instant[] {
  if (event.status !== 'published') return []
  const visible = event.ticketTypes.filter((type) => !type.hidden)
  const windows = visible.map((type) => saleWindowOf(type, event))
  const prices = visible.flatMap(({ phases = [] }) => phases.flatMap(({ endsAt }) => endsAt ?? []))
  return [...windows.flatMap(({ from, until }) => [from, until]), ...prices]
}

/** When the event comes into the list of this weekend, and when it leaves it: with the last of its weeks that has a weekend for it. */
function weekendMoments(event: Timed): readonly Instant[] {
  const { startsAt, endsAt, timeZone } = event
  const [first, last] = [localWeekOf(startsAt, timeZone), localWeekOf(endsAt, timeZone)]
  if (!goesPastFriday(event, first)) return []
  const left = goesPastFriday(event, last) ? dayAfter(last, 7) : last
  return [first, left].map((date) => instantOf(`${date}T00:00`, timeZone))
}

/** How far the wall clock of a zone is ahead of UTC, in milliseconds. */
function offsetAt(ms: number, timeZone: string): number {
  const wall = formatOf(timeZone).format(ms)
  const [date = 0, month = 0, year = 0, hour, minutes, second] = wall.split(/\D+/).map(Number)
  return Date.UTC(year, month - 1, date, hour, minutes, second) - Math.floor(ms / 1000) * 1000
}

/** `01/03/2027, 19:30:00` */
const formatOf = remembered((timeZone: string) => {
  const digits = '2-digit'
  return zonedFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric' },
    ...{ month: digits, day: digits, hour: digits, minute: digits, second: digits },
  })
})
