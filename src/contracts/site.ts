import type { EventRecord, Instant, ListingCard, Organisation } from '#domain/catalog.ts'
import type { Facet } from '#domain/listings.ts'

export type { Facet }

/** What pages may ask while they are rendered. Only what is public: no drafts, no members. */
export interface SiteReader {
  eventBySlug(slug: string): Promise<EventRecord | null>
  organisationBySlug(slug: string): Promise<Organisation | null>
  /** Cards by start, earliest first (`newestFirst` turns it round): `from` inclusive, `before` exclusive. */
  listing(
    facet: Facet,
    range: { from?: Instant; before?: Instant; limit: number; newestFirst?: boolean },
  ): Promise<readonly ListingCard[]>
  cities(): Promise<readonly { slug: string; name: string; country: string }[]>
  organisers(): Promise<readonly { slug: string; name: string }[]>
}

export interface SiteSettings {
  /** Origin without a slash at the end. */
  readonly siteUrl: string
  readonly cognito: {
    readonly userPoolId: string
    readonly clientId: string
    /** Absent at AWS. */
    readonly endpoint?: string | undefined
    readonly authFlow: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH'
  }
}

/** `Astro.locals` while the publisher renders a page. */
export interface SiteLocals {
  readonly reader: SiteReader
  readonly settings: SiteSettings
  readonly now: Instant
}
