import type { EventRecord } from '#domain/catalog.ts'
import { splitPath } from '#domain/languages.ts'
import { lastChangeOf } from '#domain/sale-state.ts'
import { eventPath, inLanguage, languageOf, languagesOf } from '#domain/translations.ts'
import { emptyCalendar, entryFor } from '#src/components/event-calendar.ts'

/**
 * An event's own calendar file, `/events/night-train/event.ics`, in the language of its address; null for other paths. No such file is
 * stored: few ask for it, and each edit would have to write it anew in every language.
 */
export function calendarFile(path: string, event: EventRecord, siteUrl: string): string | null {
  const { language, path: rest } = splitPath(path)
  if (rest !== `/events/${event.slug}/event.ics`) return null
  const languages = languagesOf(event)
  const own = languageOf(event)
  if (language !== null && (language === own || !languages.includes(language))) return null
  const { venue, ...shown } = inLanguage(event, language ?? own)
  const calendar = emptyCalendar()
  calendar.createEvent(
    entryFor({
      ...shown,
      changedAt: lastChangeOf(event),
      isCancelled: event.status === 'cancelled',
      place: [venue.name, venue.street, `${venue.postalCode} ${venue.city}`.trim(), venue.country].join(', '),
      url: siteUrl + eventPath({ slug: event.slug, languages }, language ?? own),
    }),
  )
  return calendar.toString()
}
