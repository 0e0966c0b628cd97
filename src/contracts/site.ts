import type { EventRecord, Instant, ListingCard, Organisation } from '#domain/catalog.ts'
import type { Language } from '#domain/languages.ts'
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
  /** Those that an event was ever offered in, the site's own first. */
  languages(): Promise<readonly Language[]>
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

/** What the publisher knows when it renders a page. */
export interface SiteLocals {
  readonly reader: SiteReader
  readonly settings: SiteSettings
  readonly now: Instant
}

/** `Astro.locals` of a page. */
export interface PageLocals extends SiteLocals {
  /** In the page's language: lists hold what is offered in it, events read in it. */
  readonly reader: SiteReader
  /** Without a language: everything, as it was written. */
  readonly catalog: SiteReader
  /** What the page speaks. An event's page without a language in its address sets it to the event's own. */
  language: Language
}
