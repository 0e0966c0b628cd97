import type { APIRoute } from 'astro'
import { lastChangeOf } from '#domain/sale-state.ts'
import { eventPath, languageOf, languagesOf } from '#domain/translations.ts'
import { emptyCalendar, entryFor } from '../../../components/event-calendar.ts'

export const GET: APIRoute = async ({ params: { slug = '' }, locals: { reader, catalog, settings, language } }) => {
  const event = await reader.eventBySlug(slug)
  if (!event) return new Response(null, { status: 404 })
  const path = eventPath({ slug, languages: languagesOf(event) }, reader === catalog ? languageOf(event) : language)
  const { venue } = event
  const calendar = emptyCalendar()
  calendar.createEvent(
    entryFor({
      ...event,
      changedAt: lastChangeOf(event),
      isCancelled: event.status === 'cancelled',
      place: [venue.name, venue.street, `${venue.postalCode} ${venue.city}`.trim(), venue.country].join(', '),
      url: settings.siteUrl + path,
    }),
  )
  return new Response(calendar.toString(), { headers: { 'content-type': 'text/calendar; charset=utf-8' } })
}
