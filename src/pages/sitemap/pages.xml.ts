import type { APIRoute } from 'astro'
import { categories } from '#domain/catalog.ts'
import { type Language, pathIn } from '#domain/languages.ts'
import { facetIn, type List, lists } from '#domain/lists.ts'
import { isEmpty } from '../../components/empty-lists.ts'
import { weekendOf } from '../../components/lists.ts'
import { monthsAhead } from '../../components/months.ts'
import { sitemap, xmlResponse } from '../../components/sitemap.ts'

const standing = ['/', '/about/', '/terms/', '/privacy/', '/accessibility/']

/**
 * Everything worth finding that is not an event: of lists those in which something stands. Each names the same list in other languages,
 * and a city its months.
 */
export const GET: APIRoute = async ({ locals }) => {
  const { reader, settings } = locals
  const [cities, organisers, languages] = await Promise.all([reader.cities(), reader.organisers(), reader.languages()])
  const listPaths = await Promise.all([
    ...categories.map((one) => filled(`/category/${one}/`, lists.ofCategory(one))),
    ...cities.map(({ slug }) => filled(`/city/${slug}/`, lists.ofCity(slug))),
  ])
  const inLanguages = await Promise.all(languages.map(pathsIn))
  const months = await monthsAhead(reader, 'all', '0', Number.POSITIVE_INFINITY)
  const paths = [
    '/api/',
    ...listPaths.flat(),
    ...months.map((month) => `/month/${month}/`),
    ...organisers.map(({ slug }) => `/organiser/${slug}/`),
    ...inLanguages.flat(),
  ]
  return xmlResponse(sitemap(paths.map((path) => ({ url: settings.siteUrl + path }))))

  async function filled(path: string, list: List) {
    return (await isEmpty(reader, list, locals.now)) ? [] : [path]
  }
  async function pathsIn(language: Language): Promise<readonly string[]> {
    const free = { ...lists.free, facet: facetIn(language, lists.free.facet) }
    const isFree = !(await isEmpty(reader, free, locals.now))
    const { running, ahead } = await weekendOf(reader, facetIn(language, 'all'), locals.now)
    const isOn = running.length + ahead.length > 0
    const paths = [...standing, ...(isOn ? ['/weekend/'] : []), ...(isFree ? ['/free/'] : [])]
    return paths.map((path) => pathIn(language, path))
  }
}
