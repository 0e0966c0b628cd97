import type { EventRecord, Picture } from '#domain/catalog.ts'
import type { Language } from '#domain/languages.ts'
import { languageOf } from '#domain/translations.ts'

/** All that an event's share picture shows, and nothing else: as long as it stays the same, so does the picture. */
export interface SharePrint {
  readonly name: string
  readonly organiserName: string
  readonly accent: string
  readonly startsAt: string
  readonly endsAt: string
  readonly timeZone: string
  readonly venueName: string
  readonly city: string
  readonly isCancelled: boolean
  /** That the event is written in. */
  readonly language: Language
  readonly picture: Pick<Picture, 'base' | 'widths' | 'focus'> | null
}

export function sharePrintOf(event: EventRecord): SharePrint {
  const { name, organiser, startsAt, endsAt, timeZone, venue, status, picture } = event
  return {
    ...{ name, organiserName: organiser.name, accent: organiser.accent, startsAt, endsAt, timeZone },
    ...{ venueName: venue.name, city: venue.city, isCancelled: status === 'cancelled' },
    language: languageOf(event),
    picture: picture && {
      base: picture.base,
      widths: picture.widths,
      ...(picture.focus ? { focus: picture.focus } : {}),
    },
  }
}
