import { whenNear } from './when-near.ts'
import { whenWanted } from './when-wanted.ts'

/*
 * What every event's page does, sold or not. Only what a first look needs comes with the page: docs/decisions/0023.
 */

/** So far below the screen something is loaded before the reader gets there. */
const ahead = '800px'

for (const section of document.querySelectorAll<HTMLElement>('.share'))
  whenNear(section, ahead, async () => (await further()).enliven(section))

for (const list of document.querySelectorAll<HTMLElement>('[data-related]'))
  whenNear(list, ahead, async () => (await further()).showRelated(list))

/** After the page's picture has come, until it is painted: what is fetched before takes from that. */
const paintMs = 300

for (const tickets of document.querySelectorAll('[data-sells]')) {
  addEventListener('load', () => setTimeout(picker, paintMs))
  whenWanted(tickets, () => void sell())
}

/** What is further down. */
function further() {
  return import('./further-down.ts')
}

async function sell(): Promise<void> {
  const loaded = await picker()
  loaded.sellTickets()
}

/** Loaded once, however often it is asked for. */
function picker() {
  return import('./sell-tickets.ts')
}
