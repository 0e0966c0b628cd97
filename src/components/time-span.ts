import type { Instant } from '#domain/catalog.ts'
import { localTimeOf } from '#domain/schedule.ts'
import { clock, dayAndClock } from './when.ts'

/** `20:00–23:00` within a day (or the night after it), else `Fri 12 Mar, 18:00 – Sun 14 Mar, 23:00`. */
export function timeSpan(startsAt: Instant, endsAt: Instant, timeZone: string, locale: string): string {
  const hours = (Date.parse(endsAt) - Date.parse(startsAt)) / 3_600_000
  const sameDay = localTimeOf(startsAt, timeZone).slice(0, 10) === localTimeOf(endsAt, timeZone).slice(0, 10)
  if (sameDay || hours < 12) return `${clock(startsAt, timeZone, locale)}–${clock(endsAt, timeZone, locale)}`
  return `${dayAndClock(startsAt, timeZone, locale)} – ${dayAndClock(endsAt, timeZone, locale)}`
}

/** `2027-03-14T20:00+01:00`: what a search engine needs to show the venue's own time. */
export function withOffset(at: Instant, timeZone: string): string {
  const local = localTimeOf(at, timeZone)
  const minutes = Math.round((Date.parse(`${local}Z`) - Date.parse(at)) / 60_000)
  const part = (value: number) => String(Math.trunc(value)).padStart(2, '0')
  const ahead = Math.abs(minutes)
  return `${local}${minutes < 0 ? '-' : '+'}${part(ahead / 60)}:${part(ahead % 60)}`
}
