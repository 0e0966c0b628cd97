import type { SiteReader } from '#contracts/site.ts'
import { categories, type EventRecord, type Instant, type ListingCard } from '#domain/catalog.ts'
import { type Language, localeOf, pathIn, siteLanguage, splitPath } from '#domain/languages.ts'
import { cardOf, isPublic } from '#domain/listings.ts'
import { type Facet, facetIn, type Topic } from '#domain/lists.ts'
import { eventPath, languageOf } from '#domain/translations.ts'
import { texts } from '#src/i18n/texts.ts'
import { nearbyCards } from './nearby.ts'

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
  /** What the feed says of its own; events speak theirs. */
  readonly language: Language
  readonly siteUrl: string
  readonly now: Instant
}

export const localeIn = ({ language }: Pick<Feed, 'language'>): string => localeOf[language]
export const categoryNameIn = ({ language }: Pick<Feed, 'language'>, { category }: ListingCard): string =>
  texts(language).site.category[category]

export const titleOf = ({ about }: Feed): string => (about === undefined ? 'Marquee' : `${about} · Marquee`)

/** Has begun, and is not over. */
export const runningOf = ({ begun, now }: Feed): readonly ListingCard[] => begun.filter(({ endsAt }) => endsAt > now)

export interface FeedList extends Pick<Feed, 'about' | 'pagePath' | 'language'> {
  /** A list of events, or these alone. */
  readonly of: Facet | readonly ListingCard[]
}

export interface ListPorts {
  readonly reader: SiteReader
  /** By any address that the event ever had. */
  eventAt(slug: string): Promise<EventRecord | null>
  now(): Instant
}

/**
 * `all`, or the path of the page that shows the list: `city/seville`, `category/music`, `organiser/almazara-cultural`,
 * `events/night-train`, `de/city/zurich` for what is offered in German. `nearby/seville/music` is for the pages of events there.
 * Null for a list that does not exist.
 */
export async function findList(ports: ListPorts, list: string): Promise<FeedList | null> {
  const named = splitPath(`/${list}`)
  const language = named.language ?? siteLanguage
  const [, kind = '', slug = '', category, ...rest] = named.path.split('/')
  if (rest.length > 0 || (category !== undefined && kind !== 'nearby') || (kind === 'all' && slug !== '')) return null
  const pagePath = pathIn(language, kind === 'all' ? '/' : `${named.path}/`)
  if (kind === 'events') return eventAlone(ports, slug, named.language)
  if (kind === 'nearby') return nearby(ports, slug, category, language)
  const topic = await topicOf(ports.reader, kind, slug, language)
  return topic && { of: facetIn(language, topic.topic), about: topic.about, pagePath, language }
}

async function topicOf(
  reader: SiteReader,
  kind: string,
  slug: string,
  language: Language,
): Promise<{ readonly topic: Topic; readonly about: string | undefined } | null> {
  if (kind === 'all') return { topic: 'all', about: undefined }
  if (kind === 'city') {
    const city = await reader.cityBySlug(slug)
    return city && { topic: `city#${slug}`, about: city.name }
  }
  if (kind === 'organiser') {
    const organisation = await reader.organisationBySlug(slug)
    return organisation && { topic: `organiser#${slug}`, about: organisation.name }
  }
  const category = kind === 'category' ? categories.find((one) => one === slug) : undefined
  return category ? { topic: `category#${category}`, about: texts(language).site.category[category] } : null
}

async function eventAlone({ eventAt }: ListPorts, slug: string, asked: Language | null): Promise<FeedList | null> {
  const event = await eventAt(slug)
  if (!event || !isPublic(event)) return null
  const card = cardOf(event, asked ?? languageOf(event))
  const pagePath = eventPath(card, card.language)
  return { of: [card], about: card.name, pagePath, language: asked ?? siteLanguage }
}

async function nearby(
  { reader, now }: ListPorts,
  citySlug: string,
  asked: string | undefined,
  language: Language,
): Promise<FeedList | null> {
  const category = categories.find((one) => one === asked)
  const city = category && (await reader.cityBySlug(citySlug))
  if (!city) return null
  const of = await nearbyCards(reader, facetIn(language, `city#${citySlug}`), category, now())
  return { of, about: city.name, pagePath: pathIn(language, `/city/${citySlug}/`), language }
}
