import { enliven } from './share.ts'
import { whenNear } from './when-near.ts'
import { whenWanted } from './when-wanted.ts'

/*
 * What every event's page does, sold or not. Only what a first look needs comes with the page: docs/decisions/0023.
 */

for (const section of document.querySelectorAll<HTMLElement>('.share')) enliven(section)

for (const list of document.querySelectorAll<HTMLElement>('[data-related]'))
  whenNear(list, '800px', () => void relate(list))

/** After the page's picture has come, until it is painted: what is fetched before takes from that. */
const paintMs = 300

for (const tickets of document.querySelectorAll('[data-sells]')) {
  addEventListener('load', () => setTimeout(picker, paintMs))
  whenWanted(tickets, () => void sell())
}

async function relate(list: HTMLElement): Promise<void> {
  const { showRelated } = await import('./related/show-related.ts')
  await showRelated(list)
}

async function sell(): Promise<void> {
  const { sellTickets } = await picker()
  sellTickets()
}

/** Loaded once, however often it is asked for. */
function picker() {
  return import('./sell-tickets.ts')
}
