import type { PageLocals, SiteLocals, SiteReader } from '#contracts/site.ts'
import { type Language, siteLanguage, splitPath } from '#domain/languages.ts'
import { type Facet, facetIn, type Topic } from '#domain/lists.ts'
import { isTranslatable } from '#domain/site-pages.ts'
import { inLanguage, languageOf, languagesOf } from '#domain/translations.ts'

/**
 * What a page is rendered with: `/de/city/zurich/` is the page `/city/zurich/` with a reader that knows German events only.
 *
 * @returns null for an address that names a language and a page that has none
 */
export function askedFor(
  address: string,
  locals: SiteLocals,
): { readonly path: string; readonly locals: PageLocals } | null {
  const { language, path } = splitPath(address)
  const isEvent = path.startsWith('/events/')
  // Only events that are written in another language have a page below the site's own.
  if (language !== null && (!isTranslatable(path) || (language === siteLanguage && !isEvent))) return null
  const catalog = locals.reader
  const reader = language === null ? catalog : readerIn(language, catalog)
  return { path, locals: { ...locals, catalog, reader, language: language ?? siteLanguage } }
}

/** Lists of what is offered in a language, and events as they read in it. */
export function readerIn(language: Language, catalog: SiteReader): SiteReader {
  return {
    ...catalog,
    listing: (facet, range) => catalog.listing(isWhole(facet) ? facetIn(language, facet) : facet, range),
    async eventBySlug(slug) {
      const event = await catalog.eventBySlug(slug)
      if (!event || language === languageOf(event) || !languagesOf(event).includes(language)) return null
      return inLanguage(event, language)
    },
  }
}

const isWhole = (facet: Facet): facet is Topic => !facet.split('#')[0]?.includes('/')
