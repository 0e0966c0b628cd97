import { enliven } from './share.ts'
import { whenNear } from './when-near.ts'
import { whenWanted } from './when-wanted.ts'

/*
 * What every event's page does, sold or not. Only what a first look needs comes with the page: docs/decisions/0023.
 */

for (const section of document.querySelectorAll<HTMLElement>('.share')) enliven(section)

for (const list of document.querySelectorAll<HTMLElement>('[data-related]'))
  whenNear(list, '800px', async () => (await related()).showRelated(list))

/** From the page's last picture until it is painted: what is fetched before takes from that. */
const paintMs = 500

for (const tickets of document.querySelectorAll('[data-sells]')) {
  addEventListener('load', () => setTimeout(picker, paintMs))
  // Loading the page again helps: most browsers keep a failed import as long as it is open (whatwg/html#10327).
  whenWanted(tickets, () => sell().catch(() => tickets.querySelector('[data-not-loaded]')?.removeAttribute('hidden')))
}

async function sell(): Promise<void> {
  const { sellTickets } = await picker()
  sellTickets()
}

/** Loaded once, however often it is asked for. */
function picker() {
  return import('./sell-tickets.ts')
}

function related() {
  return import('./related/show-related.ts')
}
