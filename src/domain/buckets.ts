import type { Instant } from './catalog.ts'
import { localTimeOf } from './schedule.ts'

/**
 * A stretch of a listing's calendar with a page of its own: a month `2027-03`, seven days of it `2027-03-08-14`, or one day
 * `2027-03-08`. A page never shows more than `bucketLimit` events: a busier month hands them to its weeks, a busier week to its days,
 * so that an edit touches one page of each listing, however many events there are.
 */
export interface Bucket {
  readonly name: string
  /** First and last day, `2027-03-08`. */
  readonly first: string
  readonly last: string
}

/** A day is not parted any more: it shows so many, and who wants the rest chooses a city or a category. */
export const bucketLimit = 100
export const dayLimit = 200

const hour = 3_600_000

export const isMonth = ({ name }: Bucket): boolean => name.length === 7
export const isDay = ({ first, last }: Bucket): boolean => first === last
/** How many events a page of it shows. */
export const limitOf = (bucket: Bucket): number => (isDay(bucket) ? dayLimit : bucketLimit)

/** Null for what is no bucket's name, and for names that a visitor could make up: `2027-13`, `2027-03-09-15`. */
export function bucketNamed(name: string): Bucket | null {
  const [, month, day] = /^(2\d{3}-(?:0[1-9]|1[0-2]))(?:-(\d\d)(?:-\d\d)?)?$/.exec(name) ?? []
  if (month === undefined) return null
  const buckets = bucketsOfDay(`${month}-${day ?? '01'}`)
  const [whole] = buckets
  return (
    buckets.find((bucket) => bucket.name === name && whole.first <= bucket.first && bucket.last <= whole.last) ?? null
  )
}

/** The month, the week and the day in which an event lies for those who go there. */
export const bucketsOf = (startsAt: Instant, timeZone: string): readonly [Bucket, Bucket, Bucket] =>
  bucketsOfDay(dayOf(startsAt, timeZone))

export const dayOf = (startsAt: Instant, timeZone: string): string => localTimeOf(startsAt, timeZone).slice(0, 10)

/** The bucket of which this one is a part; null for a month. */
export function parentOf(bucket: Bucket): Bucket | null {
  const [month, week] = bucketsOfDay(bucket.first)
  if (isMonth(bucket)) return null
  return isDay(bucket) && week.name !== bucket.name ? week : month
}

/** The weeks of a month, the days of a week; none of a day. */
export function partsOf(bucket: Bucket): readonly Bucket[] {
  if (isDay(bucket)) return []
  const month = bucket.first.slice(0, 7)
  const days = Array.from({ length: dayNumber(bucket.last) - dayNumber(bucket.first) + 1 }, (_, at) => {
    return bucketsOfDay(`${month}-${twoDigits(dayNumber(bucket.first) + at)}`)
  })
  const parts = days.map(([, week, day]) => (isMonth(bucket) ? week : day))
  return [...new Map(parts.map((part) => [part.name, part])).values()]
}

export const isWithin = (bucket: Bucket, day: string): boolean => bucket.first <= day && day <= bucket.last

/** Instants between which any zone on Earth can be in the bucket: filter what lies between by its day. */
export function windowOf({ first, last }: Bucket): { readonly from: Instant; readonly before: Instant } {
  const start = Date.parse(`${first}T00:00Z`)
  const end = Date.parse(`${last}T00:00Z`) + 24 * hour
  return { from: new Date(start - 14 * hour).toISOString(), before: new Date(end + 12 * hour).toISOString() }
}

function bucketsOfDay(day: string): readonly [Bucket, Bucket, Bucket] {
  const month = day.slice(0, 7)
  const length = new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)), 0)).getUTCDate()
  const from = dayNumber(day) - ((dayNumber(day) - 1) % 7)
  const to = Math.min(from + 6, length)
  const week = { first: `${month}-${twoDigits(from)}`, last: `${month}-${twoDigits(to)}` }
  return [
    { name: month, first: `${month}-01`, last: `${month}-${length}` },
    // 29 February is a week of one day: it is that day's bucket too.
    { ...week, name: from === to ? week.first : `${week.first}-${twoDigits(to)}` },
    { name: day, first: day, last: day },
  ]
}

const dayNumber = (day: string): number => Number(day.slice(8, 10))
const twoDigits = (number: number): string => String(number).padStart(2, '0')
