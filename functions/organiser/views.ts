import type { OrganiserEvent, OrganiserEventsResponse } from '#contracts/events.ts'
import type { PictureView } from '#contracts/pictures.ts'
import type { EventRecord, Picture, Role } from '#domain/catalog.ts'
import { languageOf } from '#domain/translations.ts'

const pathOf = (event: EventRecord): string => `/events/${event.slug}/`

export function organiserEventView(event: EventRecord, role: Role): OrganiserEvent {
  const { organiser: _, createdAt: __, updatedAt: ___, ...shown } = event
  return {
    ...shown,
    formerSlugs: [...(event.formerSlugs ?? [])],
    publishedAt: event.publishedAt ?? null,
    language: languageOf(event),
    translations: { ...event.translations },
    doorsAt: event.doorsAt ?? null,
    fee: event.fee ?? null,
    tax: event.tax ?? null,
    venue: { ...event.venue },
    picture: event.picture && pictureView(event.picture),
    performers: [...(event.performers ?? [])],
    cancellation: { ...event.cancellation },
    ticketTypes: event.ticketTypes.map((ticketType) => ({
      ...ticketType,
      poolIds: [...ticketType.poolIds],
      salesStartAt: ticketType.salesStartAt ?? null,
      salesEndAt: ticketType.salesEndAt ?? null,
      phases: (ticketType.phases ?? []).map((phase) => ({
        ...phase,
        endsAt: phase.endsAt ?? null,
        poolId: phase.poolId ?? null,
      })),
    })),
    pools: event.pools.map((pool) => ({ ...pool })),
    path: pathOf(event),
    organiserPath: `/organiser/${event.organiser.slug}/`,
    role,
  }
}

export const pictureView = (picture: Picture): PictureView => ({ ...picture, widths: [...picture.widths] })

export function eventRowView(event: EventRecord): OrganiserEventsResponse['events'][number] {
  const { id, organisationId, slug, status, saleState, name, startsAt, timeZone, venue } = event
  return {
    id,
    organisationId,
    slug,
    status,
    saleState,
    name,
    startsAt,
    timeZone,
    path: pathOf(event),
    city: venue.city,
  }
}
