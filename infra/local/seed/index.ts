import type { Files } from '#functions/gateways/files.ts'
import { demoAccounts as accounts } from './accounts.ts'
import { demoEventId } from './make-event.ts'
import { programme } from './programme/index.ts'
import { type CatalogPorts, seedCatalog } from './seed-catalog.ts'
import { seedPictures } from './seed-pictures.ts'
import { type SalesPorts, seedSales } from './seed-sales.ts'

export { demoUsers } from './accounts.ts'
export { payByCard } from './seed-sales.ts'

/** The roles that the stack's own page promises; the demo has a bookkeeper too. */
export const demoAccounts = accounts.filter(({ role }) => role !== 'finance')

/** The events that a visitor looks for by their state. */
export const demoEvents = programme.flatMap((event) =>
  event.state ? [{ id: demoEventId(event), slug: event.slug, path: `/events/${event.slug}/`, state: event.state }] : [],
)

export interface SeedPorts extends SalesPorts {
  readonly catalog: CatalogPorts
  readonly siteFiles: Pick<Files, 'readHead' | 'putFile'>
}

/** Fills an empty stack with the demo; on a filled one it finds everything there. */
export async function seed(ports: SeedPorts): Promise<void> {
  const pictures = seedPictures(ports.siteFiles)
  const newEventIds = await seedCatalog(ports.catalog)
  await Promise.all([pictures, seedSales(ports, newEventIds)])
}
