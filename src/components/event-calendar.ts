import ical, { type ICalCalendar, ICalCalendarMethod, type ICalEventData, ICalEventStatus } from 'ical-generator'
import type { Instant } from '#domain/catalog.ts'

export interface CalendarEntry {
  readonly id: string
  /** Grows with every edit: a calendar that holds an older entry replaces it. */
  readonly version: number
  readonly isCancelled: boolean
  readonly name: string
  readonly summary: string
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly changedAt: Instant
  readonly place: string
  readonly url: string
}

export const emptyCalendar = (): ICalCalendar =>
  ical({ prodId: { company: 'Marquee', product: 'Events' }, method: ICalCalendarMethod.PUBLISH })

/**
 * An event for a calendar (RFC 5545), under the same UID as in the buyer's mail.
 *
 * Instants are written in UTC: every calendar shows them in the zone of whoever looks, and none needs to know the venue's.
 */
export const entryFor = (entry: CalendarEntry): ICalEventData => ({
  id: `${entry.id}@marquee`,
  sequence: entry.version,
  status: entry.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  stamp: new Date(entry.changedAt),
  lastModified: new Date(entry.changedAt),
  start: new Date(entry.startsAt),
  end: new Date(entry.endsAt),
  summary: visible(entry.name),
  location: visible(entry.place),
  description: `${visible(entry.summary)}\n${entry.url}`,
  url: entry.url,
})

/** Control characters would end a line of the file. */
const visible = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim()
