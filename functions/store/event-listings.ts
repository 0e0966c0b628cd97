import type { EventRecord, Instant } from '#domain/catalog.ts'
import { isPublic, listingsOf, runningFacetsOf } from '#domain/listings.ts'
import { languagesOf } from '#domain/translations.ts'
import { cardAttributes, eventAttributes } from './event-item.ts'
import { catalogKeys } from './keys.ts'

/**
 * The keys of its items, and of those that it may have while it is on: of two who write it at once as it begins, the last may be the one
 * whose clock stands before the start.
 */
export function storedKeys(event: EventRecord, now: Instant): readonly { pk: string; sk: string }[] {
  const whileOn = isPublic(event) && event.startsAt < now ? runningFacetsOf(event) : []
  const keys = [
    ...listingItems(event).map(({ pk, sk }) => ({ pk, sk })),
    ...(isPublic(event) ? [catalogKeys.pageRecord(event.slug)] : []),
    ...whileOn.map((facet) => catalogKeys.card(facet, event.startsAt, event.id)),
  ]
  return [...new Map(keys.map((key) => [keyText(key), key])).values()]
}

export const keyText = ({ pk, sk }: { pk: string; sk: string }): string => `${pk} ${sk}`

/** By which its organisation, lists and pictures find it. */
export function listingItems(event: EventRecord): { pk: string; sk: string }[] {
  const own = {
    ...catalogKeys.organisationEvent(event.organisationId, event.startsAt, event.id),
    eventId: event.id,
  }
  const shown = event.picture ? [catalogKeys.mediaUse(event.picture.base, event.id)] : []
  if (!isPublic(event)) return [own, ...shown]
  const cards = listingsOf(event).map(({ facet, card }) => ({
    ...catalogKeys.card(facet, event.startsAt, event.id),
    ...cardAttributes(card),
  }))
  return [own, ...shown, ...cards]
}

/** What the event's page is made of; its share picture stands beside it there, from who makes that. */
export const pageRecordItem = (event: EventRecord) => ({
  ...catalogKeys.pageRecord(event.slug),
  eventId: event.id,
  languages: languagesOf(event),
  record: eventAttributes(event).record,
})
