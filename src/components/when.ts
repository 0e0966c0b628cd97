import { bucketNamed, dayOf, isDay, isMonth } from '#domain/buckets.ts'
import type { Instant } from '#domain/catalog.ts'
import { remembered } from '#domain/remembered.ts'
import { localTimeOf } from '#domain/schedule.ts'
import { zonedFormat } from '#domain/zoned-format.ts'
import { fill } from '../i18n/fill.ts'

type Style = Intl.DateTimeFormatOptions

/* @__NO_SIDE_EFFECTS__ */
function wallFormats(style: Style) {
  return remembered((locale: string) => new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }))
}

const dayOfWall = (wall: string): string => wall.slice(0, 10)
const timeOfWall = (wall: string): string => `2000-01-01${wall.slice(10)}Z`
const allOfWall = (wall: string): string => `${wall}Z`

/**
 * Words for what a clock on the venue's wall shows, by the part of it that they tell: one format serves every zone, and a day is
 * written once for all that begins on it. The locale is BCP 47: `localeOf` of the page's language.
 */
/* @__NO_SIDE_EFFECTS__ */
function written(style: Style, partOf = dayOfWall) {
  const formatOf = wallFormats(style)
  const write = remembered((part: string, locale: string): string => {
    const text = formatOf(locale).format(new Date(part))
    // `Sat, 14 Mar` stands better without its comma; other languages need theirs.
    return locale.startsWith('en') ? text.replace(/^(\w+),/, '$1') : text
  })
  return (at: Instant, timeZone: string, locale: string): string => write(partOf(localTimeOf(at, timeZone)), locale)
}

const time: Style = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const shortDate: Style = { weekday: 'short', day: 'numeric', month: 'short' }
const wholeDate: Style = { day: 'numeric', month: 'long', year: 'numeric' }

/** `Saturday 14 March 2027`, `Samstag, 14. März 2027` */
export const longDay = written({ weekday: 'long', ...wholeDate })

/** `Sat 14 Mar` */
export const shortDay = written(shortDate)

const shortWeekday = written({ weekday: 'short' })
const longWeekday = written({ weekday: 'long' })
const dayOfMonth = written({ day: 'numeric' })
const shortMonth = written({ month: 'short' })
const monthAndYear = written({ month: 'long', year: 'numeric' })

/** `Sat`, `14`, `Mar` */
export const dayPieces = (
  at: Instant,
  timeZone: string,
  locale: string,
): { weekday: string; date: string; month: string } => ({
  weekday: shortWeekday(at, timeZone, locale),
  date: dayOfMonth(at, timeZone, locale),
  month: shortMonth(at, timeZone, locale),
})

/** `20:00` */
export const clock = written(time, timeOfWall)

/** `CET`, `MEZ`, `EST`, or `GMT+9` where the zone has no short name that is known here. */
export function zoneName(at: Instant, timeZone: string, locale: string): string {
  // Each variety of English knows the names of its own part of the world.
  for (const variety of [locale, 'en-GB', 'en-US']) {
    const name = zoneNameIn(variety, at, timeZone)
    if (!/[+−-]\d/.test(name)) return name
  }
  return zoneNameIn('en-GB', at, timeZone)
}

const zoneFormatOf = remembered((timeZone: string, variety: string) =>
  zonedFormat(variety, { timeZone, timeZoneName: 'short' }),
)
const zoneNameIn = remembered((variety: string, at: Instant, timeZone: string): string => {
  const parts = zoneFormatOf(timeZone, variety).formatToParts(new Date(at))
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
})

const dateAndClock = written({ ...shortDate, year: 'numeric', ...time }, allOfWall)

/** `Sat 14 Mar 2027, 20:00 CET` */
export const moment = (at: Instant, timeZone: string, locale: string): string =>
  `${dateAndClock(at, timeZone, locale)} ${zoneName(at, timeZone, locale)}`

/** `Fri 12 Mar, 18:00` */
export const dayAndClock = written({ ...shortDate, ...time }, allOfWall)

interface Lasting {
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly timeZone: string
}

const isForDays = ({ startsAt, endsAt }: Lasting): boolean => Date.parse(endsAt) - Date.parse(startsAt) >= 86_400_000

/** `Saturday 14 March 2027`; `12–14 March 2027` of what goes on for days. */
export function daysText(event: Lasting, locale: string): string {
  const { startsAt, endsAt, timeZone } = event
  if (!isForDays(event)) return longDay(startsAt, timeZone, locale)
  return writtenDays(dayOf(startsAt, timeZone), dayOf(endsAt, timeZone), locale)
}

const formatOfDays = wallFormats(wholeDate)
const writtenDays = remembered((first: string, last: string, locale: string): string =>
  formatOfDays(locale).formatRange(new Date(first), new Date(last)),
)

/** `Until Sun 14 Mar`, or `Until 23:00 CET` of what lasts less than a day. */
export function untilText(
  event: Lasting,
  { until, locale }: { readonly until: string; readonly locale: string },
): string {
  const { endsAt, timeZone } = event
  const time = `${clock(endsAt, timeZone, locale)} ${zoneName(endsAt, timeZone, locale)}`
  return fill(until, { date: isForDays(event) ? shortDay(endsAt, timeZone, locale) : time })
}

/** `March 2027` for `2027-03` */
export const monthName = (month: string, locale: string): string => monthAndYear(noonOf(`${month}-15`), 'UTC', locale)

const noonOf = (day: string): Instant => `${day}T12:00:00.000Z`

/** A day in the three pieces that a playbill sets apart: `Saturday`, `14`, `March 2027`. @param day `2027-03-14` */
export const dayParts = (day: string, locale: string): { weekday: string; date: string; month: string } => ({
  weekday: longWeekday(noonOf(day), 'UTC', locale),
  date: dayOfMonth(noonOf(day), 'UTC', locale),
  month: monthName(day.slice(0, 7), locale),
})

/** `March 2027`, `8–14 March 2027` or `Monday 8 March 2027` for the name of a bucket. */
export function bucketName(name: string, locale: string): string {
  const bucket = bucketNamed(name)
  if (!bucket || isMonth(bucket)) return monthName(name, locale)
  return isDay(bucket) ? longDay(noonOf(bucket.first), 'UTC', locale) : writtenDays(bucket.first, bucket.last, locale)
}
