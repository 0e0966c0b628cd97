import type { EventRecord, Instant, Organisation } from '#domain/catalog.ts'
import { afterEvents, isSameOrganiser, organiserOf, type Rebranding } from '#domain/organisations.ts'

export interface RebrandingPorts {
  openRebrandings(): Promise<readonly Rebranding[]>
  /** False when another run has gone on with it, or it has begun again. */
  saveRebranding(before: Rebranding, after: Rebranding | null): Promise<boolean>
  organisation(organisationId: string): Promise<Organisation | null>
  events(
    organisationId: string,
    page: { readonly limit: number; readonly cursor?: string | undefined },
  ): Promise<{ readonly events: readonly EventRecord[]; readonly next: string | null }>
  /** False when the event was edited or moved in the meantime. */
  updateOrganiser(event: EventRecord, organiser: EventRecord['organiser'], now: Instant): Promise<boolean>
  now(): Instant
  report(problem: string, eventId: string, error: unknown): void
}

const pageSize = 40
const atOnce = 8

/**
 * Brings new names and colours of organisations to their events, whose writes publish whatever shows them: a page of events at a time,
 * until the deadline; the next run goes on where this one stopped, and makes the next pass. One event that fails holds up no other.
 *
 * @param deadlineMs Unix time after which no page is begun.
 * @returns how many events were written.
 */
export async function spreadRebrandings(ports: RebrandingPorts, deadlineMs: number): Promise<number> {
  let written = 0
  for (const open of await ports.openRebrandings()) {
    for (let step: Rebranding | null = open; step && Date.now() <= deadlineMs; ) {
      const page = await spreadPage(ports, step)
      written += page.written
      const next = afterEvents(step, page, ports.now())
      const isSaved = await ports.saveRebranding(step, next)
      step = isSaved && next?.after ? next : null
    }
  }
  return written
}

async function spreadPage(ports: RebrandingPorts, { organisationId, after }: Rebranding) {
  const organisation = await ports.organisation(organisationId)
  if (!organisation) throw new Error(`${organisationId} has another name but is not there`)
  const organiser = organiserOf(organisation)
  const { events, next } = await ports.events(organisationId, { limit: pageSize, cursor: after ?? undefined })
  const others = events.filter((event) => !isSameOrganiser(event.organiser, organiser))
  const waiting = others.values()
  let written = 0
  const work = async () => {
    for (const event of waiting) if (await write(ports, event, organiser)) written++
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { next, written, isClean: others.length === 0 }
}

/** False: another pass finds it again. */
async function write(ports: RebrandingPorts, event: EventRecord, organiser: EventRecord['organiser']) {
  try {
    return await ports.updateOrganiser(event, organiser, ports.now())
  } catch (error) {
    ports.report("an event did not get its organiser's new name", event.id, error)
    return false
  }
}
