import type { EventRecord, Instant, Organisation } from './catalog.ts'
import { ok, type Result, refuse } from './result.ts'

/** Until the owner picks a colour. */
const firstAccent = '#9b1c1f'

/** A new organisation: all but its name and address is written at the desk. */
export const foundOrganisation = (
  { name, slug, email }: Pick<Organisation, 'name' | 'slug' | 'email'>,
  id: string,
  now: Instant,
): Organisation => ({ id, slug, version: 1, name, about: '', accent: firstAccent, email, createdAt: now })

export interface OrganisationChanges {
  readonly name?: string | undefined
  readonly about?: string | undefined
  readonly accent?: string | undefined
  /** Null: none. */
  readonly website?: string | null | undefined
}

export function editOrganisation(
  organisation: Organisation,
  { name, about, accent, website }: OrganisationChanges,
  version: number,
): Result<Organisation, { readonly code: 'stale_version' }> {
  if (organisation.version !== version) return refuse({ code: 'stale_version' })
  return ok({
    ...organisation,
    name: name ?? organisation.name,
    about: about ?? organisation.about,
    accent: accent ?? organisation.accent,
    website: website === undefined ? organisation.website : (website ?? undefined),
    version: version + 1,
  })
}

type Organiser = EventRecord['organiser']

/** What each event carries of its organisation. */
export const organiserOf = ({ slug, name, accent }: Organisation): Organiser => ({ slug, name, accent })

export const isSameOrganiser = (one: Organiser, other: Organiser): boolean =>
  one.slug === other.slug && one.name === other.name && one.accent === other.accent

/** An organisation's new name or colour on its way to its events. Pass after pass goes over all of them, page by page. */
export interface Rebranding {
  readonly organisationId: string
  /** Grows by one with each page. */
  readonly version: number
  readonly startedAt: Instant
  /** When this pass began, or earlier. */
  readonly passFrom: Instant
  /** The place of the last event that has been seen in this pass; null: none yet. */
  readonly after: string | null
  /** This pass has found every event as it should be. */
  readonly isClean: boolean
}

/** A request that had read the organisation or an event before may still write what it read; none lives longer than this. */
const stragglerMs = 120_000

export const startRebranding = (organisationId: string, now: Instant): Rebranding => ({
  ...{ organisationId, version: 1, startedAt: now, passFrom: now },
  ...{ after: null, isClean: true },
})

/**
 * The next page or pass; null when a pass that began after the last straggler has found nothing to do.
 *
 * @param page.next where the events go on; null when this page was the last.
 */
export function afterEvents(
  before: Rebranding,
  page: { readonly next: string | null; readonly isClean: boolean },
  now: Instant,
): Rebranding | null {
  const step = { ...before, version: before.version + 1, isClean: before.isClean && page.isClean }
  if (page.next !== null) return { ...step, after: page.next }
  const isSettled = Date.parse(before.passFrom) >= Date.parse(before.startedAt) + stragglerMs
  return isSettled && step.isClean ? null : { ...step, passFrom: now, after: null, isClean: true }
}
