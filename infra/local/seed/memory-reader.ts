import type { CatalogReader, City, Facet } from '#contracts/site.ts'
import type { EventRecord, ListingCard, Organisation } from '#domain/catalog.ts'
import { siteLanguage } from '#domain/languages.ts'
import { isPublic, listingsOf } from '#domain/listings.ts'
import { facetIn } from '#domain/lists.ts'
import { bucketOf, pageBuckets } from '#domain/spread.ts'
import { languagesOf } from '#domain/translations.ts'
import { placesWithin } from '#functions/publisher/card-snapshot.ts'

/**
 * A `CatalogReader` over plain records, for looking at pages without a database. It lists as the database does, by start and id.
 *
 * @param known cities where nothing may be on any more
 */
export function memoryReader(
  events: readonly EventRecord[],
  organisations: readonly Organisation[],
  known: readonly City[] = [],
): CatalogReader {
  const listed = events.filter(isPublic).toSorted((a, b) => compare(placeOf(a), placeOf(b)))
  const bySlug = new Map(listed.map((event) => [event.slug, event]))
  const houses = new Map(organisations.map((organisation) => [organisation.slug, organisation]))
  const cities = new Map(listed.map(({ venue }) => [venue.citySlug, cityOf(venue)]))
  for (const city of known) cities.set(city.slug, city)
  const languages = [...new Set([siteLanguage, ...listed.flatMap(languagesOf)])]
  const lists = new Map<Facet, ListingCard[]>()
  for (const event of listed) {
    for (const { facet, card } of listingsOf(event)) {
      const cards = lists.get(facet)
      if (cards) cards.push(card)
      else lists.set(facet, [card])
    }
  }
  return {
    eventBySlug: async (slug) => bySlug.get(slug) ?? null,
    pageRecords: async function* (bucket, from) {
      const readAtMs = Date.now()
      const found = listed.filter(({ slug }) => bucketOf(slug, pageBuckets) === bucket && `${slug}/` >= from)
      for (const event of found.toSorted((a, b) => compare(`${a.slug}/`, `${b.slug}/`))) {
        const { slug, id: eventId } = event
        yield { slug, eventId, languages: languagesOf(event), share: undefined, event: () => event, readAtMs }
      }
    },
    organisationBySlug: async (slug) => houses.get(slug) ?? null,
    sharePicture: async () => null,
    listing: async (facet, range) =>
      placesWithin(lists.get(facet) ?? [], range, ({ startsAt }) => Date.parse(startsAt)),
    allCards: async function* (language) {
      yield* lists.get(facetIn(language, 'all')) ?? []
    },
    cities: async () => [...cities.values()].toSorted((a, b) => compare(a.slug, b.slug)),
    cityBySlug: async (slug) => cities.get(slug) ?? null,
    organisers: async () =>
      [...houses.values()].map(({ slug, name }) => ({ slug, name })).toSorted((a, b) => compare(a.slug, b.slug)),
    languages: async () => languages,
  }
}

const placeOf = ({ startsAt, id }: EventRecord): string => `${startsAt}#${id}`

const cityOf = ({ citySlug, city, country }: EventRecord['venue']): City => ({ slug: citySlug, name: city, country })

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
