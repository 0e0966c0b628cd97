import type { EventRecord, Instant, ListingCard, Organisation } from '#domain/catalog.ts'
import type { Language } from '#domain/languages.ts'
import type { Facet } from '#domain/lists.ts'

export type { Facet }

export interface City {
  readonly slug: string
  readonly name: string
  readonly country: string
}

/** What pages may ask while they are rendered. Only what is public: no drafts, no members. */
export interface SiteReader {
  eventBySlug(slug: string): Promise<EventRecord | null>
  /** Site path of the picture for link previews; null until it has been made. */
  sharePicture(eventId: string): Promise<string | null>
  organisationBySlug(slug: string): Promise<Organisation | null>
  /** Cards by start, earliest first (`newestFirst` turns it round): `from` inclusive, `before` exclusive. */
  listing(
    facet: Facet,
    range: { from?: Instant; before?: Instant; limit: number; newestFirst?: boolean },
  ): Promise<readonly ListingCard[]>
  cities(): Promise<readonly City[]>
  cityBySlug(slug: string): Promise<City | null>
  organisers(): Promise<readonly { slug: string; name: string }[]>
  /** Those that an event was ever offered in, the site's own first. */
  languages(): Promise<readonly Language[]>
}

/** All that an event's own pages show. */
export interface PageRecord {
  readonly slug: string
  readonly eventId: string
  /** That the event is offered in, its own first. */
  readonly languages: readonly Language[]
  /** Path of its share picture; absent where that must be asked for. */
  readonly share: string | undefined
  /** Of very many that are read ahead, each is made when its page is: until then it is a text. Null when it is not public. */
  event(): EventRecord | null
  /** It says all that was there then. */
  readonly readAtMs: number
}

/** What a full publish asks beside what pages ask. */
export interface CatalogReader extends SiteReader {
  /** What the pages of public events are made of, those of a bucket, by their slugs with a slash at the end, from `from` on. */
  pageRecords(bucket: number, from: string): AsyncIterable<PageRecord>
  /** Every public event that is offered in the language, in the site's own one every event, by start; without holding them all. */
  allCards(language: Language): AsyncIterable<ListingCard>
}

/**
 * A header of a rendered page: paths, parted by blanks, of pages that link to this one or that take over what it shows. The publisher
 * renders all of them when the page comes or goes, and those that it newly names or names no longer when it changes.
 */
export const publishedWith = 'x-published-with'

export interface SiteSettings {
  /** Origin without a slash at the end. */
  readonly siteUrl: string
  /** Proves to search engines that whoever tells them of changed pages may; absent: nobody tells them. */
  readonly indexNowKey?: string | undefined
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
  /** Parts of pages that are the same on many, as `Kept.astro` rendered them; absent where each page is rendered for itself. */
  readonly kept?: Map<string, string>
  /** What the page speaks. An event's page without a language in its address sets it to the event's own. */
  language: Language
}
