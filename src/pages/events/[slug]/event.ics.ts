import type { APIRoute } from 'astro'
import { emptyCalendar, entryFor } from '../../../components/event-calendar.ts'

export const GET: APIRoute = async ({ params: { slug = '' }, locals: { reader, settings } }) => {
  const event = await reader.eventBySlug(slug)
  if (!event) return new Response(null, { status: 404 })
  const { venue } = event
  const calendar = emptyCalendar()
  calendar.createEvent(
    entryFor({
      ...event,
      isCancelled: event.status === 'cancelled',
      place: [venue.name, venue.street, `${venue.postalCode} ${venue.city}`.trim(), venue.country].join(', '),
      url: `${settings.siteUrl}/events/${event.slug}/`,
    }),
  )
  return new Response(calendar.toString(), { headers: { 'content-type': 'text/calendar; charset=utf-8' } })
}
