import type { APIRoute } from 'astro'
import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { EventRecord } from '#domain/catalog.ts'
import { eventPath, languageOf, languagesOf } from '#domain/translations.ts'

/**
 * The event for a calendar (RFC 5545), under the same UID as the one in the buyer's mail.
 *
 * Instants are written in UTC: every calendar shows them in the zone of whoever looks, and none needs to know the venue's.
 */
export const GET: APIRoute = async ({ params: { slug = '' }, locals: { reader, catalog, settings, language } }) => {
  const event = await reader.eventBySlug(slug)
  if (!event) return new Response(null, { status: 404 })
  const path = eventPath({ slug, languages: languagesOf(event) }, reader === catalog ? languageOf(event) : language)
  return new Response(calendarOf(event, settings.siteUrl + path), {
    headers: { 'content-type': 'text/calendar; charset=utf-8' },
  })
}

function calendarOf(event: EventRecord, url: string): string {
  const { venue } = event
  const calendar = ical({ prodId: { company: 'Marquee', product: 'Events' }, method: ICalCalendarMethod.PUBLISH })
  calendar.createEvent({
    id: `${event.id}@marquee`,
    sequence: event.version,
    status: event.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    stamp: new Date(event.updatedAt),
    start: new Date(event.startsAt),
    end: new Date(event.endsAt),
    summary: visible(event.name),
    location: visible([venue.name, venue.street, `${venue.postalCode} ${venue.city}`, venue.country].join(', ')),
    description: `${visible(event.summary)}\n${url}`,
    url,
  })
  return calendar.toString()
}

/** Control characters would end a line of the file. */
const visible = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim()
