import type { SiteReader } from '#contracts/site.ts'
import { type Language, pathIn, siteLanguage } from '#domain/languages.ts'
import { facetIn, type Topic } from '#domain/lists.ts'

/** The same page in one of its languages; the first of several is for readers of any other language. */
export interface Alternate {
  readonly language: Language
  readonly path: string
}

type Catalog = Pick<SiteReader, 'languages' | 'listing'>

const inLanguages = (languages: readonly Language[], path: string): readonly Alternate[] =>
  languages.map((language) => ({ language, path: pathIn(language, path) }))

/** Of a page that stands by itself. */
export const alternatesOfPage = async (catalog: Pick<SiteReader, 'languages'>, path: string) =>
  inLanguages(await catalog.languages(), path)

/**
 * Whether a list has a page in a language. In the site's own it stays when its last event has gone: a page without events is better
 * than a broken link.
 */
export async function isListed(
  catalog: Pick<SiteReader, 'listing'>,
  language: Language,
  topic: Topic,
): Promise<boolean> {
  if (language === siteLanguage) return true
  const cards = await catalog.listing(facetIn(language, topic), { limit: 1 })
  return cards.length > 0
}

/** Those of these whose list has a page in a language. */
export async function listedOf<T>(
  catalog: Pick<SiteReader, 'listing'>,
  language: Language,
  all: readonly T[],
  topicOf: (one: T) => Topic,
): Promise<readonly T[]> {
  const found = await Promise.all(all.map((one) => isListed(catalog, language, topicOf(one))))
  return all.filter((_, at) => found[at])
}

/** Of a list: the languages in which something stands in it. */
export const alternatesOfList = (catalog: Catalog, topic: Topic, path: string): Promise<readonly Alternate[]> =>
  alternatesWhere(catalog, path, (language) => isListed(catalog, language, topic))

async function alternatesWhere(
  catalog: Catalog,
  path: string,
  exists: (language: Language) => Promise<boolean>,
): Promise<readonly Alternate[]> {
  const languages = await catalog.languages()
  const found = await Promise.all(languages.map((language) => language === siteLanguage || exists(language)))
  return inLanguages(
    languages.filter((_, at) => found[at]),
    path,
  )
}
