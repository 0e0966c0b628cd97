import { showRelated } from './related/show-related.ts'
import { enliven } from './share.ts'

/** What every event's page does, sold or not. */
export function startEventPage(): void {
  for (const list of document.querySelectorAll<HTMLElement>('[data-related]')) showRelated(list)
  for (const section of document.querySelectorAll<HTMLElement>('.share')) enliven(section)
}
