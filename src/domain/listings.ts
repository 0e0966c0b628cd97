import type { EventRecord, Instant, ListingCard } from './catalog.ts'
import { chargeLine } from './charges.ts'
import { type Language, siteLanguage } from './languages.ts'
import { type Facet, facetIn, partsOfFacet, type Topic } from './lists.ts'
import type { Money } from './money.ts'
import { publicPrice } from './price-phases.ts'
import { lastChangeOf } from './sale-state.ts'
import { inLanguage, languagesOf } from './translations.ts'

/** Whether the event has a public page. A cancelled one keeps it, so that those who bought, and search engines, learn of it. */
export function isPublic(event: Pick<EventRecord, 'status' | 'publishedAt'>): boolean {
  return event.status === 'published' || (event.status === 'cancelled' && event.publishedAt !== undefined)
}

/** The list of what is on in the language of a facet, and which of it the facet holds. */
export function runningBeside(facet: Facet): {
  readonly running: Facet
  readonly isOf: (card: ListingCard) => boolean
} {
  const { language, topic } = partsOfFacet(facet)
  return {
    running: facetIn(language, 'running'),
    isOf: (card) => topicsOf(card).some((one) => one === topic),
  }
}

/** The languages whose lists an event stands in. */
export const listedIn = ({ languages }: Pick<ListingCard, 'languages'>): readonly Language[] => [
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
export const standingOf = (card: ListingCard): 'ahead' | 'running' | 'past' =>
  card.startsAt >= card.updatedAt ? 'ahead' : isRunning(card, card.updatedAt) ? 'running' : 'past'

/** The lists in which an event stands whatever the clock says. */
export function topicsOf({ citySlug, category, organiser, priceFrom }: ListingCard): readonly Topic[] {
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

/** What a grown-up pays: where only some tickets cost nothing, as those for children, the event is not free. */
function priceFromOf(event: EventRecord): Money | null {
  const visible = event.ticketTypes.filter((type) => !type.hidden)
  const prices = visible.map((type) => {
    const { priceMinor } = publicPrice(event, type, event.updatedAt)
    return chargeLine(priceMinor, 0, 1, event).totalMinor
  })
  if (prices.length === 0) return null
  const paid = prices.filter((price) => price > 0)
  return { amountMinor: paid.length > 0 ? Math.min(...paid) : 0, currency: event.currency }
}
