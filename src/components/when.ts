import { bucketNamed, isDay, isMonth } from '#domain/buckets.ts'
import type { Instant } from '#domain/catalog.ts'
import { zonedFormat } from '#domain/zoned-format.ts'
import { fill } from '../i18n/fill.ts'

type Style = Intl.DateTimeFormatOptions

/** @param locale BCP 47: `localeOf` of the page's language. */
const format = (instant: Instant, timeZone: string, locale: string, style: Style): string => {
  const text = formatOf(locale, { ...style, timeZone }).format(new Date(instant))
  // `Sat, 14 Mar` stands better without its comma; other languages need theirs.
  return locale.startsWith('en') ? text.replace(/^(\w+),/, '$1') : text
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one costs 50 µs, and a listing needs hundreds. */
function formatOf(locale: string, style: Style): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(style)}`
  const known = formats.get(key) ?? zonedFormat(locale, style)
  formats.set(key, known)
  return known
}

/** `Saturday 14 March 2027`, `Samstag, 14. März 2027` */
export const longDay = (at: Instant, timeZone: string, locale: string): string =>
  format(at, timeZone, locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** `Sat 14 Mar` */
export const shortDay = (at: Instant, timeZone: string, locale: string): string =>
  format(at, timeZone, locale, { weekday: 'short', day: 'numeric', month: 'short' })

const time: Style = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }

/** `Sat`, `14`, `Mar` */
export const dayPieces = (
  at: Instant,
  timeZone: string,
  locale: string,
): { weekday: string; date: string; month: string } => ({
  weekday: format(at, timeZone, locale, { weekday: 'short' }),
  date: format(at, timeZone, locale, { day: 'numeric' }),
  month: format(at, timeZone, locale, { month: 'short' }),
})

/** `20:00` */
export const clock = (at: Instant, timeZone: string, locale: string): string => format(at, timeZone, locale, time)

/** `CET`, `MEZ`, `EST`, or `GMT+9` where the zone has no short name that is known here. */
export function zoneName(at: Instant, timeZone: string, locale: string): string {
  // Each variety of English knows the names of its own part of the world.
  const names = [locale, 'en-GB', 'en-US'].map((variety) => zoneNameIn(variety, at, timeZone))
  return names.find((name) => !/[+−-]\d/.test(name)) ?? names[1] ?? timeZone
}

function zoneNameIn(variety: string, at: Instant, timeZone: string): string {
  const parts = formatOf(variety, { timeZone, timeZoneName: 'short' }).formatToParts(new Date(at))
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** `Sat 14 Mar 2027, 20:00 CET` */
export const moment = (at: Instant, timeZone: string, locale: string): string =>
  `${format(at, timeZone, locale, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', ...time })} ${zoneName(at, timeZone, locale)}`

/** `Fri 12 Mar, 18:00` */
export const dayAndClock = (at: Instant, timeZone: string, locale: string): string =>
  format(at, timeZone, locale, { weekday: 'short', day: 'numeric', month: 'short', ...time })

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
  return formatOf(locale, { ...wholeDay, timeZone }).formatRange(new Date(startsAt), new Date(endsAt))
}

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
  format(`${month}-15T12:00:00.000Z`, 'UTC', locale, { month: 'long', year: 'numeric' })

/** A day in the three pieces that a playbill sets apart: `Saturday`, `14`, `March 2027`. @param day `2027-03-14` */
export function dayParts(day: string, locale: string): { weekday: string; date: string; month: string } {
  const at = `${day}T12:00:00.000Z`
  return {
    weekday: format(at, 'UTC', locale, { weekday: 'long' }),
    date: format(at, 'UTC', locale, { day: 'numeric' }),
    month: monthName(day.slice(0, 7), locale),
  }
}

/** `March 2027`, `8–14 March 2027` or `Monday 8 March 2027` for the name of a bucket. */
export function bucketName(name: string, locale: string): string {
  const bucket = bucketNamed(name)
  if (!bucket || isMonth(bucket)) return monthName(name, locale)
  const [first, last] = [bucket.first, bucket.last].map((day) => `${day}T12:00:00.000Z`)
  if (!first || !last || isDay(bucket)) return longDay(`${bucket.first}T12:00:00.000Z`, 'UTC', locale)
  return formatOf(locale, { ...wholeDay, timeZone: 'UTC' }).formatRange(new Date(first), new Date(last))
}
const wholeDay = { day: 'numeric', month: 'long', year: 'numeric' } as const
