import type { CatalogReader } from '#contracts/site.ts'
import type { EventRecord, Organisation } from '#domain/catalog.ts'
import { cardOf, facetsOf, isPublic } from '#domain/listings.ts'

/** A `CatalogReader` over plain records, for looking at pages without a database. */
export function memoryReader(events: readonly EventRecord[], organisations: readonly Organisation[]): CatalogReader {
  const listed = events.filter(isPublic).toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : 1))
  const cities = new Map(listed.map(({ venue }) => [venue.citySlug, venue]))
  return {
    eventBySlug: async (slug) => listed.find((event) => event.slug === slug) ?? null,
    sharePicture: async () => null,
    organisationBySlug: async (slug) => organisations.find((organisation) => organisation.slug === slug) ?? null,
    listing: async (facet, { from = '', before = '9999', limit, newestFirst = false }) => {
      const found = listed
        .filter((event) => facetsOf(event).some((one) => one === facet))
        .filter(({ startsAt }) => startsAt >= from && startsAt < before)
        .map(cardOf)
      return (newestFirst ? found.reverse() : found).slice(0, limit)
    },
    allCards: async function* () {
      yield* listed.map(cardOf)
    },
    cities: async () =>
      [...cities]
        .map(([slug, { city, country }]) => ({ slug, name: city, country }))
        .sort((a, b) => (a.slug < b.slug ? -1 : 1)),
    cityBySlug: async (slug) => {
      const venue = cities.get(slug)
      return venue ? { slug, name: venue.city, country: venue.country } : null
    },
    organisers: async () =>
      organisations.map(({ slug, name }) => ({ slug, name })).sort((a, b) => (a.slug < b.slug ? -1 : 1)),
  }
}
