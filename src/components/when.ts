import { bucketNamed, isDay, isMonth } from '#domain/buckets.ts'
import type { Instant } from '#domain/catalog.ts'
import { remembered } from '#domain/remembered.ts'
import { zonedFormat } from '#domain/zoned-format.ts'
import { fill } from '../i18n/fill.ts'

type Style = Intl.DateTimeFormatOptions

/* @__NO_SIDE_EFFECTS__ */
function formatsOf(style: Style) {
  return remembered((timeZone: string, locale: string) => zonedFormat(locale, { ...style, timeZone }))
}

/** An instant in words of one style, by the clock of a zone. The locale is BCP 47: `localeOf` of the page's language. */
/* @__NO_SIDE_EFFECTS__ */
function written(style: Style) {
  const formatOf = formatsOf(style)
  return remembered((at: Instant, timeZone: string, locale: string): string => {
    const text = formatOf(timeZone, locale).format(new Date(at))
    // `Sat, 14 Mar` stands better without its comma; other languages need theirs.
    return locale.startsWith('en') ? text.replace(/^(\w+),/, '$1') : text
  })
}

const time: Style = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
const shortDate: Style = { weekday: 'short', day: 'numeric', month: 'short' }
const wholeDate: Style = { day: 'numeric', month: 'long', year: 'numeric' }

/** `Saturday 14 March 2027`, `Samstag, 14. März 2027` */
export const longDay = written({ weekday: 'long', ...wholeDate })

/** `Sat 14 Mar` */
export const shortDay = written(shortDate)

const [shortWeekday, longWeekday] = [written({ weekday: 'short' }), written({ weekday: 'long' })]
const dayOfMonth = written({ day: 'numeric' })
const [shortMonth, monthOfYear] = [written({ month: 'short' }), written({ month: 'long', year: 'numeric' })]

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
export const clock = written(time)

/** `CET`, `MEZ`, `EST`, or `GMT+9` where the zone has no short name that is known here. */
export function zoneName(at: Instant, timeZone: string, locale: string): string {
  // Each variety of English knows the names of its own part of the world.
  for (const variety of [locale, 'en-GB', 'en-US']) {
    const name = zoneNameIn(variety, at, timeZone)
    if (!/[+−-]\d/.test(name)) return name
  }
  return zoneNameIn('en-GB', at, timeZone)
}

const zoneFormatOf = formatsOf({ timeZoneName: 'short' })
const zoneNameIn = remembered((variety: string, at: Instant, timeZone: string): string => {
  const parts = zoneFormatOf(timeZone, variety).formatToParts(new Date(at))
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
})

const dateAndClock = written({ ...shortDate, year: 'numeric', ...time })

/** `Sat 14 Mar 2027, 20:00 CET` */
export const moment = (at: Instant, timeZone: string, locale: string): string =>
  `${dateAndClock(at, timeZone, locale)} ${zoneName(at, timeZone, locale)}`

/** `Fri 12 Mar, 18:00` */
export const dayAndClock = written({ ...shortDate, ...time })

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
  return datesText(startsAt, endsAt, timeZone, locale)
}

const wholeDatesOf = formatsOf(wholeDate)
const datesText = remembered((from: Instant, to: Instant, timeZone: string, locale: string): string =>
  wholeDatesOf(timeZone, locale).formatRange(new Date(from), new Date(to)),
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
export const monthName = (month: string, locale: string): string =>
  monthOfYear(`${month}-15T12:00:00.000Z`, 'UTC', locale)

/** A day in the three pieces that a playbill sets apart: `Saturday`, `14`, `March 2027`. @param day `2027-03-14` */
export function dayParts(day: string, locale: string): { weekday: string; date: string; month: string } {
  const at = `${day}T12:00:00.000Z`
  return {
    weekday: longWeekday(at, 'UTC', locale),
    date: dayOfMonth(at, 'UTC', locale),
    month: monthName(day.slice(0, 7), locale),
  }
}

/** `March 2027`, `8–14 March 2027` or `Monday 8 March 2027` for the name of a bucket. */
export function bucketName(name: string, locale: string): string {
  const bucket = bucketNamed(name)
  if (!bucket || isMonth(bucket)) return monthName(name, locale)
  const [first, last] = [bucket.first, bucket.last].map((day) => `${day}T12:00:00.000Z`)
  if (!first || !last || isDay(bucket)) return longDay(`${bucket.first}T12:00:00.000Z`, 'UTC', locale)
  return datesText(first, last, 'UTC', locale)
}
