import type { EventRecord, Membership } from '#domain/catalog.ts'

export interface EventRange {
  readonly limit: number
  readonly cursor?: string | undefined
  readonly newestFirst: boolean
}

export interface EventListPorts {
  memberships(email: string): Promise<readonly Membership[]>
  /** An organisation's events by start; the cursor is the place of the last one seen in it. */
  events(organisationId: string, range: EventRange): Promise<{ readonly events: readonly EventRecord[] }>
  cursorOf(event: EventRecord): string
}

export interface EventPage {
  readonly events: readonly EventRecord[]
  readonly cursor: string | null
}

/** Events of one organisation, or of all that the user belongs to, latest start first. */
export async function listEvents(
  ports: EventListPorts,
  email: string,
  query: { readonly organisationId?: string | undefined; readonly limit: number; readonly cursor?: string | undefined },
): Promise<EventPage> {
  const organisationIds = query.organisationId
    ? [query.organisationId]
    : (await ports.memberships(email)).map(({ organisationId }) => organisationId)
  const range = { limit: query.limit, cursor: query.cursor, newestFirst: true }
  const lists = await Promise.all(organisationIds.map((id) => ports.events(id, range)))
  const merged = lists
    .flatMap(({ events }) => events)
    .toSorted((one, other) => (ports.cursorOf(one) < ports.cursorOf(other) ? 1 : -1))
  const events = merged.slice(0, query.limit)
  const last = events.at(-1)
  return { events, cursor: last && merged.length >= query.limit ? ports.cursorOf(last) : null }
}
