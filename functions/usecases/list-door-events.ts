import type { EventRecord, Instant, Membership, Role } from '#domain/catalog.ts'
import { scanWindowHours } from '#domain/checkin.ts'
import { longestEventDays } from '#domain/event-problems.ts'

interface DoorRange {
  readonly from: Instant
  readonly before: Instant
  readonly limit: number
  readonly cursor?: string | undefined
}

export interface DoorEventPorts {
  memberships(email: string): Promise<readonly Membership[]>
  /** An organisation's events that start from `from` until before `before`, in the order of their start. */
  events(
    organisationId: string,
    range: DoorRange,
  ): Promise<{ readonly events: readonly EventRecord[]; next: string | null }>
  now(): Instant
}

/** Staff may prepare a door this long ahead. */
const daysAhead = 60

/** The events whose doors the user may still scan at, the next one first. */
export async function listDoorEvents(ports: DoorEventPorts, email: string, allowed: readonly Role[]) {
  const now = ports.now()
  const hoursFromNow = (hours: number) => new Date(Date.parse(now) + hours * 3_600_000).toISOString()
  const memberships = (await ports.memberships(email)).filter(({ role }) => allowed.includes(role))
  const range = { from: hoursFromNow(-longestEventDays * 24), before: hoursFromNow(daysAhead * 24), limit: 100 }
  const lists = await Promise.all(memberships.map(({ organisationId }) => allEvents(ports, organisationId, range)))
  return lists
    .flat()
    .filter(({ status, endsAt }) => status === 'published' && endsAt > hoursFromNow(-scanWindowHours.after))
    .toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1))
}

async function allEvents(ports: DoorEventPorts, organisationId: string, range: DoorRange): Promise<EventRecord[]> {
  const found: EventRecord[] = []
  let cursor: string | undefined
  do {
    const page = await ports.events(organisationId, { ...range, cursor })
    found.push(...page.events)
    cursor = page.next ?? undefined
  } while (cursor)
  return found
}
