import { bucketNamed, isDay, isMonth } from '#domain/buckets.ts'
import type { Instant } from '#domain/catalog.ts'

/** The language of dates and amounts, until catalogues of texts come. */
export const locale = 'en-GB'

type Style = Intl.DateTimeFormatOptions

const format = (instant: Instant, timeZone: string, style: Style): string =>
  formatOf(locale, { ...style, timeZone }).format(new Date(instant))

const formats = new Map<string, Intl.DateTimeFormat>()

/** Making one costs 50 µs, and a listing needs hundreds. */
function formatOf(language: string, style: Style): Intl.DateTimeFormat {
  const key = `${language} ${JSON.stringify(style)}`
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, style)
  formats.set(key, known)
  return known
}

/** `Saturday 14 March 2027` */
export const longDay = (at: Instant, timeZone: string): string =>
  format(at, timeZone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).replace(',', '')

/** `Sat 14 Mar` */
export const shortDay = (at: Instant, timeZone: string): string =>
  format(at, timeZone, { weekday: 'short', day: 'numeric', month: 'short' }).replace(',', '')

/** `Sat`, `14`, `Mar` */
export const dayPieces = (at: Instant, timeZone: string): { weekday: string; date: string; month: string } => ({
  weekday: format(at, timeZone, { weekday: 'short' }),
  date: format(at, timeZone, { day: 'numeric' }),
  month: format(at, timeZone, { month: 'short' }),
})

/** `20:00` */
export const clock = (at: Instant, timeZone: string): string =>
  format(at, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })

/** `CET`, `EST`, or `GMT+9` where the zone has no name in English. */
export function zoneName(at: Instant, timeZone: string): string {
  // Each variety of English knows the names of its own part of the world.
  const names = [locale, 'en-US'].map((variety) => zoneNameIn(variety, at, timeZone))
  return names.find((name) => !/^GMT[+-]/.test(name)) ?? names[0] ?? timeZone
}

function zoneNameIn(variety: string, at: Instant, timeZone: string): string {
  const parts = formatOf(variety, { timeZone, timeZoneName: 'short' }).formatToParts(new Date(at))
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** `Sat 14 Mar 2027, 20:00 CET` */
export const moment = (at: Instant, timeZone: string): string =>
  `${format(at, timeZone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }).replace(',', '')}, ${clock(at, timeZone)} ${zoneName(at, timeZone)}`

/** `March 2027` for `2027-03` */
export const monthName = (month: string): string =>
  format(`${month}-15T12:00:00.000Z`, 'UTC', { month: 'long', year: 'numeric' })

/** `March 2027`, `8–14 March 2027` or `Monday 8 March 2027` for the name of a bucket. */
export function bucketName(name: string): string {
  const bucket = bucketNamed(name)
  if (!bucket || isMonth(bucket)) return monthName(name)
  const [first, last] = [bucket.first, bucket.last].map((day) => `${day}T12:00:00.000Z`)
  if (!first || !last || isDay(bucket)) return longDay(`${bucket.first}T12:00:00.000Z`, 'UTC')
  return formatOf(locale, { ...wholeDay, timeZone: 'UTC' }).formatRange(new Date(first), new Date(last))
}

const wholeDay = { day: 'numeric', month: 'long', year: 'numeric' } as const
