import type { EventStore } from '#functions/store/events.ts'
import type { MemberStore } from '#functions/store/members.ts'
import type { OrganisationStore } from '#functions/store/organisations.ts'
import type { StockStore } from '#functions/store/stock.ts'
import { demoAccounts } from './accounts.ts'
import { makeDemoEvent } from './make-event.ts'
import { demoOrganisations } from './organisations.ts'
import { programme } from './programme/index.ts'

export interface CatalogPorts {
  readonly organisations: Pick<OrganisationStore, 'createOrganisation'>
  readonly members: Pick<MemberStore, 'putMember'>
  readonly events: Pick<EventStore, 'createEvent'>
  readonly stock: Pick<StockStore, 'openPool'>
  readonly now: () => string
}

/** Writes what is not there yet; what somebody has changed since stays as it is. Answers the events that are new. */
export async function seedCatalog(ports: CatalogPorts): Promise<readonly string[]> {
  for (const { email, organisation, role } of demoAccounts) {
    if (!organisation || role === 'attendee') continue
    const { id } = demoOrganisations[organisation]
    const isNew =
      role === 'owner' &&
      (await ports.organisations.createOrganisation(demoOrganisations[organisation], email)) === 'created'
    if (!isNew) await ports.members.putMember({ organisationId: id, email, role }, null)
  }
  const now = ports.now()
  const created = await Promise.all(
    programme.map(async (demoEvent) => {
      const event = makeDemoEvent(demoEvent, now)
      const outcome = await ports.events.createEvent(event, event.pools.flatMap(ports.stock.openPool))
      if (outcome === 'slug_taken') throw new Error(`the address of the demo event ${event.slug} is taken`)
      return outcome === 'created' ? [event.id] : []
    }),
  )
  return created.flat()
}
