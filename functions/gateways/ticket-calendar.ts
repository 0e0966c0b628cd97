import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import { type Language, localeOf } from '#domain/languages.ts'
import { documents } from '#src/i18n/documents.ts'
import { fill } from '#src/i18n/fill.ts'
import { describeEventTimes } from './event-wording.ts'

export interface CalendarEvent {
  readonly id: string
  /** Grows with every change of the event: a calendar that holds an older one replaces it. */
  readonly version: number
  readonly isCancelled: boolean
  readonly name: string
  /** UTC, ISO 8601. */
  readonly startsAt: string
  readonly endsAt: string
  readonly doorsAt?: string | undefined
  readonly timeZone: string
  readonly updatedAt: string
  readonly venueName: string
  readonly address: string
  /** The event's public page, or the buyer's order. */
  readonly url: string
  /** Named only with an address: the format has no organiser without one. */
  readonly organiser: { readonly name: string; readonly email?: string | undefined }
  readonly language: Language
}

/** The method in the type makes mail clients offer to add, or to remove, the entry. */
export function calendarContentType({ isCancelled }: Pick<CalendarEvent, 'isCancelled'>): string {
  return `text/calendar; charset=utf-8; method=${isCancelled ? 'CANCEL' : 'PUBLISH'}`
}

/**
 * An iCalendar file (RFC 5545) of one event; the same event always has the same UID.
 *
 * Times are written as UTC instants, which every client reads alike and shows in the zone of whoever looks. A TZID needs a VTIMEZONE
 * that clients replace by their own idea of that name, and where they fail the entry is an hour off. The venue's own clock time
 * stands in the description.
 */
export function renderCalendar(event: CalendarEvent): string {
  const { name, email } = event.organiser
  const times = describeEventTimes(event, localeOf[event.language])
  const calendar = ical({
    prodId: { company: 'Marquee', product: 'Tickets' },
    method: event.isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  })
  calendar.createEvent({
    id: `${event.id}@marquee`,
    sequence: event.version,
    status: event.isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    stamp: new Date(event.updatedAt),
    lastModified: new Date(event.updatedAt),
    start: new Date(event.startsAt),
    end: new Date(event.endsAt),
    summary: oneLine(event.name),
    location: oneLine(`${event.venueName}, ${event.address}`),
    description: [
      `${times.date}, ${times.time} (${times.zone})`,
      ...(times.doors === null ? [] : [fill(documents[event.language].doors, { time: times.doors })]),
      event.url,
    ].join('\n'),
    url: event.url,
    organizer: email === undefined ? null : { name: oneLine(name), email: oneLine(email) },
  })
  return calendar.toString()
}

function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ').trim()
}
