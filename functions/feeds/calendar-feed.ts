import { eventPath } from '#domain/translations.ts'
import { emptyCalendar, entryFor } from '#src/components/event-calendar.ts'
import { type Feed, titleOf } from './feed.ts'

const hoursBetweenReads = 6

/** A calendar to subscribe to (RFC 5545, RFC 7986): each event under the UID that it has everywhere, those cancelled too. */
export function calendarFeed(feed: Feed): string {
  const { begun, ahead, siteUrl, selfPath, pagePath } = feed
  const calendar = emptyCalendar()
    .name(titleOf(feed))
    .url(siteUrl + pagePath)
    .source(siteUrl + selfPath)
    .ttl(hoursBetweenReads * 3600)
  for (const card of [...begun, ...ahead]) {
    const { eventId, venueName, city } = card
    calendar.createEvent(
      entryFor({
        ...card,
        id: eventId,
        place: `${venueName}, ${city}`,
        isCancelled: card.saleState === 'cancelled',
        url: siteUrl + eventPath(card, card.language),
      }),
    )
  }
  return calendar.toString()
}
