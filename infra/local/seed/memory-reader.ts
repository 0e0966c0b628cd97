import type { CatalogReader } from '#contracts/site.ts'
import type { EventRecord, Organisation } from '#domain/catalog.ts'
import { siteLanguage } from '#domain/languages.ts'
import { cardOf, isPublic, listingsOf } from '#domain/listings.ts'
import { languagesOf } from '#domain/translations.ts'

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
        .filter(({ startsAt }) => startsAt >= from && startsAt < before)
        .flatMap((event) => listingsOf(event).filter((one) => one.facet === facet))
        .map(({ card }) => card)
      return (newestFirst ? found.reverse() : found).slice(0, limit)
    },
    allCards: async function* () {
      yield* listed.map((event) => cardOf(event))
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
    languages: async () => [...new Set([siteLanguage, ...listed.flatMap(languagesOf)])],
  }
}
