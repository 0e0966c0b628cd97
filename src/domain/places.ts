import type { EventRecord, ListingCard } from './catalog.ts'
import { type Language, pathIn, siteLanguage } from './languages.ts'
import { cardOf, isFree, isPublic, listedIn, standingOf } from './listings.ts'
import { type Facet, facetIn, type List, listIn, lists } from './lists.ts'
import { isInWeekend, momentsPassed, utcDayOf } from './schedule.ts'
import { eventPaths, inLanguage } from './translations.ts'

/** A file whose bytes say something of an event. */
export interface Place {
  readonly path: string
  /**
   * All that this file shows of the event, and nothing else: while it stays, the bytes do. Null: any change may alter them. Made when
   * asked for: a full publish wants the paths only.
   */
  readonly says: () => string | null
  /** What the page shows, where that is only the soonest: an event behind them is not seen there. */
  readonly list?: List
}

/**
 * Every place of an event, as of the instant when its card was written: THE table by which the publisher knows what to render after a
 * change. A page, feed or other file that shows events has its row here; only the calendars, whose paths depend on how busy they
 * are, stand beside it. An event's own page must show no other event: an edit would touch those of all events that it is shown on.
 *
 * @param cardIn the event's card in a language: pages in each one that it is offered in show it.
 * @param saidIn what its own page says in one of its languages.
 */
export function placesOf(
  cardIn: (language: Language) => ListingCard,
  saidIn: (language: Language) => string | null = () => null,
): readonly Place[] {
  const { slug, languages } = cardIn(siteLanguage)
  return [
    ...eventPaths(slug, languages).map(({ language, path }) => ({ path, says: () => saidIn(language) })),
    ...listPlaces(cardIn),
  ]
}

function listPlaces(cardIn: (language: Language) => ListingCard): readonly Place[] {
  const card = cardIn(siteLanguage)
  const { slug, languages, startsAt, changedAt } = card
  return [
    { path: `/sitemap/${utcDayOf(startsAt)}.xml`, says: () => [slug, ...languages, changedAt].join(' ') },
    ...listedIn(card).flatMap((language) => listPlacesIn(language, cardIn(language))),
  ]
}

function listPlacesIn(language: Language, card: ListingCard): readonly Place[] {
  const { citySlug, category, organiser, endsAt, updatedAt } = card
  const standing = standingOf(card)
  const says = () => `${standing} ${saidOnCard(card)}`
  const withKind = () => `${category} ${says()}`
  const isWhole = language === siteLanguage
  const places: readonly Place[] = [
    { path: `/organiser/${organiser.slug}/`, says: () => `${standing} ${saidOfAny(card)}` },
    ...(standing === 'past' ? [] : comingPlaces()),
    ...(isInWeekend(card, updatedAt) && updatedAt < endsAt ? [{ path: '/weekend/', says }] : []),
  ]
  return places.map((place) => ({ ...place, path: pathIn(language, place.path) }))

  function comingPlaces(): readonly Place[] {
    return [
      {
        path: '/',
        says: () => (isWhole ? says() : withKind()) + card.summary,
        list: listIn(language, isWhole ? lists.home : lists.homeElsewhere),
      },
      {
        path: '/search/everywhere.json',
        says: () => withKind() + card.summary,
        list: listIn(language, lists.searchEverywhere),
      },
      { path: `/search/city/${citySlug}.json`, says: () => withKind() + card.summary },
      { path: `/city/${citySlug}/`, says, list: listIn(language, lists.ofCity(citySlug)) },
      { path: `/category/${category}/`, says, list: listIn(language, lists.ofCategory(category)) },
      ...(isFree(card) ? [{ path: '/free/', says, list: listIn(language, lists.free) }] : []),
    ]
  }
}

/** Of all that shows it beside its own pages; calendars not among them. */
export const listPathsOf = (card: ListingCard): readonly string[] => listPlaces(() => card).map(({ path }) => path)

/** Lists and files of the search in languages other than the site's that are there because this event stands in them, whether it is over or not. */
export const translatedListsOf = (card: ListingCard): readonly string[] =>
  listedIn(card)
    .filter((language) => language !== siteLanguage)
    .flatMap((language) =>
      [
        `/organiser/${card.organiser.slug}/`,
        `/city/${card.citySlug}/`,
        `/category/${card.category}/`,
        `/search/city/${card.citySlug}.json`,
      ].map((path) => pathIn(language, path)),
    )

/** A listing with a page for each stretch of the calendar that has events: see buckets.ts. */
export interface Calendar {
  /** Continued by the name of a bucket: `/city/seville/`. */
  readonly base: string
  readonly facet: Facet
  readonly language: Language
}

/** The calendars in which an event stands. */
export const calendarsOf = (card: Pick<ListingCard, 'citySlug' | 'languages'>): readonly Calendar[] =>
  listedIn(card).flatMap((language) => [
    { base: pathIn(language, '/month/'), facet: facetIn(language, 'all'), language },
    { base: pathIn(language, `/city/${card.citySlug}/`), facet: facetIn(language, `city#${card.citySlug}`), language },
  ])

/** What the event's own page says in a language, what it makes of the clock included. */
function saidOnPage(event: EventRecord, language: Language): string {
  const { version: _, updatedAt, changedAt: __, translations: ___, ...shown } = inLanguage(event, language)
  const card = cardOf(event, language)
  return JSON.stringify([momentsPassed(event, updatedAt), card.languages, card.priceFrom, shown])
}

/** What a page of a calendar says of an event; what is over stands apart there. */
export const saidInCalendar = (card: ListingCard): string => `${standingOf(card)} ${saidOnCard(card)}`

/** What a list says of it; its kind only where no picture stands in place of the poster that says it. */
const saidOnCard = (card: ListingCard): string => `${card.picture ? '' : card.category} ${saidOfAny(card)}`

/** The same whatever its kind. */
function saidOfAny({
  summary: _,
  version: __,
  publishedAt: ___,
  updatedAt: ____,
  changedAt: _____,
  category: ______,
  ...shown
}: ListingCard): string {
  return JSON.stringify(shown)
}

/** The places whose words a change alters, where it now stands before where it stood; none for changes between drafts. */
export function placesOfChange(before: EventRecord | null, after: EventRecord | null): readonly Place[] {
  const [old = [], current = []] = [before, after].map((event) =>
    event && isPublic(event)
      ? placesOf(
          (language) => cardOf(event, language),
          (language) => saidOnPage(event, language),
        ).map((place) => ({ ...place, said: place.says() }))
      : [],
  )
  const isNewIn = (others: typeof old) => (one: (typeof old)[number]) =>
    !others.some(({ path, said }) => path === one.path && said === one.said && said !== null)
  const changed = [...current.filter(isNewIn(old)), ...old.filter(isNewIn(current))]
  return [...new Map(changed.map((place) => [place.path, place])).values()]
}
