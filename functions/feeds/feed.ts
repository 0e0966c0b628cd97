import type { SiteReader } from '#contracts/site.ts'
import { categories, type Instant, type ListingCard } from '#domain/catalog.ts'
import { localeOf, siteLanguage } from '#domain/languages.ts'
import { cardOf, type Facet } from '#domain/listings.ts'
import { texts } from '#src/i18n/texts.ts'

/** A list of events that programs read. */
export interface Feed {
  /** `Seville`; absent for everything. */
  readonly about: string | undefined
  /** The page that shows the list to people. */
  readonly pagePath: string
  readonly selfPath: string
  /** What has begun and ended no longer ago than a month, the earliest first. */
  readonly begun: readonly ListingCard[]
  /** Soonest first. */
  readonly ahead: readonly ListingCard[]
  readonly siteUrl: string
  readonly now: Instant
}

/** Feeds speak the site's language, and events their own. */
export const locale = localeOf[siteLanguage]
export const categoryNames = texts(siteLanguage).site.category

export const titleOf = ({ about }: Feed): string => (about === undefined ? 'Marquee' : `${about} · Marquee`)

/** Has begun, and is not over. */
export const runningOf = ({ begun, now }: Feed): readonly ListingCard[] => begun.filter(({ endsAt }) => endsAt > now)

export interface FeedList {
  /** A list of events, or one event alone. */
  readonly of: Facet | ListingCard
  readonly about: string | undefined
  readonly pagePath: string
}

/**
 * `all`, or the path of the page that shows the list: `city/seville`, `category/music`, `organiser/almazara-cultural`, `events/night-train`.
 * Null for a list that does not exist.
 */
export async function findList(reader: SiteReader, list: string): Promise<FeedList | null> {
  if (list === 'all') return { of: 'all', about: undefined, pagePath: '/' }
  const [kind, slug = ''] = list.split('/')
  const pagePath = `/${list}/`
  if (kind === 'city') {
    const city = await reader.cityBySlug(slug)
    return city ? { of: `city#${slug}`, about: city.name, pagePath } : null
  }
  if (kind === 'organiser') {
    const organisation = await reader.organisationBySlug(slug)
    return organisation && { of: `organiser#${slug}`, about: organisation.name, pagePath }
  }
  if (kind === 'events') {
    const event = await reader.eventBySlug(slug)
    return event && { of: cardOf(event), about: event.name, pagePath }
  }
  const category = kind === 'category' ? categories.find((one) => one === slug) : undefined
  return category ? { of: `category#${category}`, about: categoryNames[category], pagePath } : null
}
