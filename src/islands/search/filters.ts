import { dayOf } from '#domain/buckets.ts'
import type { Instant } from '#domain/catalog.ts'
import { minorDigits } from '#domain/money.ts'
import { dayAfter, isInWeekend } from '#domain/schedule.ts'
import type { FoundEvent } from './found-event.ts'
import type { SearchQuery } from './query.ts'

/** Whether an event passes the filters; its words are the index's business. Days are those of the venue's calendar. */
export function passes(event: FoundEvent, query: SearchQuery, now: Instant): boolean {
  if (event.endsAt <= now) return false
  if (query.city !== '' && event.citySlug !== query.city) return false
  if (query.category !== '' && event.category !== query.category) return false
  if (query.organiser !== '' && event.organiser !== query.organiser) return false
  return isWhen(event, query, now) && isWithinPrice(event, query.price)
}

function isWhen(event: FoundEvent, { when, from, to }: SearchQuery, now: Instant): boolean {
  if (when === '') return true
  if (when === 'weekend') return isInWeekend(event, now)
  const today = dayOf(now, event.timeZone)
  if (when === 'dates') return isOnBetween(event, from, to)
  if (when === 'today') return isOnBetween(event, today, today)
  const tomorrow = dayAfter(today, 1)
  if (when === 'tomorrow') return isOnBetween(event, tomorrow, tomorrow)
  return isOnBetween(event, today, dayAfter(today, when === 'week' ? 6 : 29))
}

const morningMs = 12 * 3_600_000

/** On one of these days; an empty one is no limit. What ends before noon ends with the night before: a concert is over with its evening. */
function isOnBetween({ startsAt, endsAt, timeZone }: FoundEvent, from: string, to: string): boolean {
  const first = dayOf(startsAt, timeZone)
  const end = dayOf(new Date(Date.parse(endsAt) - morningMs).toISOString(), timeZone)
  return (from <= first || from <= end) && (to === '' || first <= to)
}

function isWithinPrice({ priceMinor, currency }: FoundEvent, price: string): boolean {
  if (price === '') return true
  if (priceMinor === null) return false
  return price === 'free' ? priceMinor === 0 : priceMinor <= Number(price) * 10 ** minorDigits(currency)
}

/** Sums worth offering as the most that a ticket may cost: those that part the events; none where currencies differ. */
export function priceSteps(events: readonly FoundEvent[]): readonly number[] {
  const paid = events.filter(({ priceMinor }) => priceMinor !== null && priceMinor > 0)
  const [currency, ...others] = new Set(paid.map((event) => event.currency))
  if (currency === undefined || others.length > 0) return []
  const digits = minorDigits(currency)
  const steps = [10, 20, 30, 50, 100].map((step) => (digits === 0 ? step * 100 : step))
  const dearest = Math.max(...paid.map(({ priceMinor }) => priceMinor ?? 0)) / 10 ** digits
  const cheapest = Math.min(...paid.map(({ priceMinor }) => priceMinor ?? 0)) / 10 ** digits
  return steps.filter((step) => step >= cheapest && step < dearest)
}
