import type { Category, EventRecord, Instant, ListingCard } from './catalog.ts'
import { chargeLine } from './charges.ts'
import { type Language, languages, pathIn, siteLanguage, splitPath } from './languages.ts'
import type { Money } from './money.ts'
import { publicPrice } from './price-phases.ts'
import { lastChangeOf } from './sale-state.ts'
import { isInWeekend, momentsPassed, utcDayOf } from './schedule.ts'
import { eventPaths, inLanguage, languagesOf } from './translations.ts'

/** Whether the event has a public page. A cancelled one keeps it, so that those who bought, and search engines, learn of it. */
export function isPublic(event: Pick<EventRecord, 'status' | 'publishedAt'>): boolean {
  return event.status === 'published' || (event.status === 'cancelled' && event.publishedAt !== undefined)
}

/**
 * A list of events: everything, one organiser's, one city's, one category's, what costs nothing, what a rush of buyers is expected for,
 * what has begun and can still be gone to.
 */
export type Topic = 'all' | 'free' | 'in-demand' | 'running' | `${'organiser' | 'city' | 'category'}#${string}`

/** Such a list, or what of it is offered in a language: in the site's own language a list holds everything. */
export type Facet = Topic | `${Language}/${Topic}`

export const facetIn = (language: Language, topic: Topic): Facet =>
  language === siteLanguage ? topic : `${language}/${topic}`

/** The list of what is on in the language of a facet, and which of it the facet holds. */
export function runningBeside(facet: Facet): {
  readonly running: Facet
  readonly isOf: (card: ListingCard) => boolean
} {
  const [topic = '', language = ''] = facet.split('/').toReversed()
  const running = languages.find((one) => one === language)
  return {
    running: running ? facetIn(running, 'running') : 'running',
    isOf: (card) => topicsOf(card).some((one) => one === topic),
  }
}

/** The events that a page shows: the soonest of a facet, no more than `shows`. */
export interface List {
  readonly facet: Facet
  readonly shows: number
  /** So many of these places go to what has begun already, if there is so much; beside them what the soonest leave free. */
  readonly runs: number
  /** Without those that are cancelled or sell no more. */
  readonly isOpen?: true
  /** Not the soonest but the best ranked, those in this list brought forward: see search-rank.ts. */
  readonly bringsForward?: Facet
}

interface TopicList extends List {
  readonly facet: Topic
  readonly bringsForward?: Topic
}

export const lists = {
  home: { facet: 'all', shows: 11, runs: 0, isOpen: true },
  /** In another language the home page names only the cities and categories of these. */
  homeElsewhere: { facet: 'all', shows: 200, runs: 0, isOpen: true },
  free: { facet: 'free', shows: 60, runs: 20 },
  /** As many as a file of 150 KB holds where words vary as people's do; see search-shard.ts. */
  searchEverywhere: { facet: 'all', shows: 2200, runs: 250, isOpen: true, bringsForward: 'in-demand' },
  ofCity: (slug: string): TopicList => ({ facet: `city#${slug}`, shows: 24, runs: 8 }),
  ofCategory: (category: Category): TopicList => ({ facet: `category#${category}`, shows: 60, runs: 20 }),
  ofOrganiser: (slug: string): TopicList => ({ facet: `organiser#${slug}`, shows: 40, runs: 20 }),
  searchIn: (citySlug: string): TopicList => ({ facet: `city#${citySlug}`, shows: 2500, runs: 500, isOpen: true }),
} as const satisfies Record<string, TopicList | ((...args: never[]) => TopicList)>

const listIn = (language: Language, { bringsForward, ...list }: TopicList): List => ({
  ...list,
  facet: facetIn(language, list.facet),
  ...(bringsForward ? { bringsForward: facetIn(language, bringsForward) } : {}),
})

/** No weekend page shows more; a busier one is narrowed by city. */
export const weekendLength = 200
/** So many of them may be on already. */
export const weekendRuns = 50

/** The languages whose lists an event stands in. */
const listedIn = ({ languages }: Pick<ListingCard, 'languages'>): readonly Language[] => [
  siteLanguage,
  ...languages.filter((language) => language !== siteLanguage),
]

/** What each list shows of an event; as many items in the database as this has elements. */
export function listingsOf(event: EventRecord): readonly { readonly facet: Facet; readonly card: ListingCard }[] {
  return listedIn(cardOf(event)).flatMap((language) => {
    const card = cardOf(event, language)
    const running = isRunning(card, card.updatedAt) ? (['running'] as const) : []
    const topics = [...topicsOf(card), ...(event.highDemand ? (['in-demand'] as const) : []), ...running]
    return topics.map((topic) => ({ facet: facetIn(language, topic), card }))
  })
}

/** Where it stands while it is on. */
export const runningFacetsOf = (event: EventRecord): readonly Facet[] =>
  listedIn(cardOf(event)).map((language) => facetIn(language, 'running'))

/** Has begun, is not over, and neither cancelled nor past its sales. */
export const isRunning = (card: Pick<ListingCard, 'startsAt' | 'endsAt' | 'saleState'>, at: Instant): boolean =>
  card.startsAt < at && at < card.endsAt && isOpen(card)

/** Neither cancelled nor past its sales. */
export const isOpen = ({ saleState }: Pick<ListingCard, 'saleState'>): boolean =>
  saleState !== 'cancelled' && saleState !== 'ended'

/** Where lists show an event: among what lies ahead, among what is on, or nowhere but among what was. */
const standingOf = (card: ListingCard): 'ahead' | 'running' | 'past' =>
  card.startsAt >= card.updatedAt ? 'ahead' : isRunning(card, card.updatedAt) ? 'running' : 'past'

/** The lists in which an event stands whatever the clock says. */
function topicsOf({ citySlug, category, organiser, priceFrom }: ListingCard): readonly Topic[] {
  return [
    'all',
    `city#${citySlug}`,
    `category#${category}`,
    `organiser#${organiser.slug}`,
    ...(isFree({ priceFrom }) ? (['free'] as const) : []),
  ]
}

export const isFree = ({ priceFrom }: Pick<ListingCard, 'priceFrom'>): boolean => priceFrom?.amountMinor === 0

/** The card in a language, or in the event's own one where it is not offered in that. */
export function cardOf(event: EventRecord, language: Language = siteLanguage): ListingCard {
  const languages = languagesOf(event)
  const { name, summary } = inLanguage(event, language)
  return {
    eventId: event.id,
    slug: event.slug,
    language: languages.find((one) => one === language) ?? languages[0] ?? siteLanguage,
    languages,
    name,
    summary,
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    timeZone: event.timeZone,
    venueName: event.venue.name,
    city: event.venue.city,
    citySlug: event.venue.citySlug,
    category: event.category,
    organiser: { slug: event.organiser.slug, name: event.organiser.name },
    priceFrom: priceFromOf(event),
    picture: event.picture,
    saleState: event.saleState,
    version: event.version,
    publishedAt: event.publishedAt ?? event.createdAt,
    updatedAt: event.updatedAt,
    changedAt: lastChangeOf(event),
  }
}

function priceFromOf(event: EventRecord): Money | null {
  const visible = event.ticketTypes.filter((type) => !type.hidden)
  const prices = visible.map((type) => {
    const { priceMinor } = publicPrice(event, type, event.updatedAt)
    return chargeLine(priceMinor, 0, 1, event).totalMinor
  })
  return prices.length > 0 ? { amountMinor: Math.min(...prices), currency: event.currency } : null
}

/** The sitemap's chunk for everything that is not an event. */
export const sitemapOfPages = '/sitemap/pages.xml'

/** A file whose bytes say something of an event. */
export interface Place {
  readonly path: string
  /** All that this file shows of the event, and nothing else: while it stays, the bytes do. Null: any change may alter them. */
  readonly says: string | null
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
  const card = cardIn(siteLanguage)
  const { slug, languages, startsAt, changedAt } = card
  return [
    ...eventPaths(slug, languages).map(({ language, path }) => ({ path, says: saidIn(language) })),
    { path: `/sitemap/${utcDayOf(startsAt)}.xml`, says: [slug, ...languages, changedAt].join(' ') },
    ...listedIn(card).flatMap((language) => listPlacesIn(language, cardIn(language))),
  ]
}

function listPlacesIn(language: Language, card: ListingCard): readonly Place[] {
  const { citySlug, category, organiser, endsAt, updatedAt } = card
  const standing = standingOf(card)
  const says = `${standing} ${saidOnCard(card)}`
  const withKind = `${category} ${says}`
  const isWhole = language === siteLanguage
  const places: readonly Place[] = [
    { path: `/organiser/${organiser.slug}/`, says: `${standing} ${saidOfAny(card)}` },
    ...(standing === 'past' ? [] : comingPlaces()),
    ...(isInWeekend(card, updatedAt) && updatedAt < endsAt ? [{ path: '/weekend/', says }] : []),
  ]
  return places.map((place) => ({ ...place, path: pathIn(language, place.path) }))

  function comingPlaces(): readonly Place[] {
    return [
      {
        path: '/',
        says: (isWhole ? says : withKind) + card.summary,
        list: listIn(language, isWhole ? lists.home : lists.homeElsewhere),
      },
      {
        path: '/search/everywhere.json',
        says: withKind + card.summary,
        list: listIn(language, lists.searchEverywhere),
      },
      { path: `/search/city/${citySlug}.json`, says: withKind + card.summary },
      { path: `/city/${citySlug}/`, says, list: listIn(language, lists.ofCity(citySlug)) },
      { path: `/category/${category}/`, says, list: listIn(language, lists.ofCategory(category)) },
      ...(isFree(card) ? [{ path: '/free/', says, list: listIn(language, lists.free) }] : []),
    ]
  }
}

/** The paths of its places; calendars not among them. */
export const pathsOf = (card: ListingCard): readonly string[] => placesOf(() => card).map(({ path }) => path)

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

/** What stands by itself, in every language that an event was ever offered in: links in buyers' mails lead there. */
export const translatedPages = [
  '/',
  '/404.html',
  '/about/',
  '/accessibility/',
  '/account/',
  '/free/',
  '/order/',
  '/privacy/',
  '/search/',
  '/search/everywhere.json',
  '/sign-in/',
  '/terms/',
  '/weekend/',
] as const

/** Pages for one person at a time: nothing for search engines. */
export const personalPages = ['/order/', '/account/', '/desk/', '/door/'] as const
/** Nothing to be found by itself either, but what they link to is. */
const pagesOnTheWay = ['/search/', '/sign-in/'] as const

/** Whether search engines may show a page, as long as something stands on it; files for programs are no pages. */
export function isFound(address: string): boolean {
  const { path } = splitPath(address)
  return path.endsWith('/') && ![...personalPages, ...pagesOnTheWay].some((page) => path.startsWith(page))
}

/** Pages that name every city and category. */
export const pagesOfLists = ['/search/', '/404.html'] as const satisfies readonly (typeof translatedPages)[number][]

/** Whether an address may carry a language; the desk, the door and the description of the API are in the site's own. */
export const isTranslatable = (path: string): boolean =>
  translatedPages.some((page) => page === path) ||
  /^\/(events|organiser|category|month|city\/[^/]+|search\/city)\//.test(path)

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

/** What a city has as soon as it is known, whether anything is on there or not: a page without events is better than a broken link. */
export const pathsOfCity = (citySlug: string): readonly string[] => [
  `/city/${citySlug}/`,
  `/search/city/${citySlug}.json`,
]

/** The search with its filters set: a list of what they let through, without a file that an edit would have to touch. */
export const searchFor = (filters: {
  readonly city?: string
  readonly category?: Category
  /** Its name, as the search's rows have it. */
  readonly organiser?: string
  readonly when?: 'weekend'
  readonly price?: 'free'
}): string => {
  const said = Object.entries(filters).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `/search/?${said.join('&')}`
}

/** The places whose words a change alters, where it now stands before where it stood; none for changes between drafts. */
export function placesOfChange(before: EventRecord | null, after: EventRecord | null): readonly Place[] {
  const [old = [], current = []] = [before, after].map((event) =>
    event && isPublic(event)
      ? placesOf(
          (language) => cardOf(event, language),
          (language) => saidOnPage(event, language),
        )
      : [],
  )
  const isNewIn = (others: readonly Place[]) => (one: Place) =>
    !others.some(({ path, says }) => path === one.path && says === one.says && says !== null)
  const changed = [...current.filter(isNewIn(old)), ...old.filter(isNewIn(current))]
  return [...new Map(changed.map((place) => [place.path, place])).values()]
}
