import type { APIRoute } from 'astro'
import { categories } from '#domain/catalog.ts'
import { pathIn } from '#domain/languages.ts'
import { sitemap, xmlResponse } from '../../components/sitemap.ts'

const foundPages = ['/', '/weekend/', '/free/', '/about/', '/terms/', '/privacy/', '/accessibility/']

/** Everything worth finding that is not an event. */
export const GET: APIRoute = async ({ locals: { reader, settings } }) => {
  const [cities, organisers, languages] = await Promise.all([reader.cities(), reader.organisers(), reader.languages()])
  const paths = [
    ...foundPages,
    '/api/',
    ...categories.map((category) => `/category/${category}/`),
    ...cities.map(({ slug }) => `/city/${slug}/`),
    ...organisers.map(({ slug }) => `/organiser/${slug}/`),
  ]
  const translated = languages.slice(1).flatMap((language) => foundPages.map((path) => pathIn(language, path)))
  return xmlResponse(sitemap([...paths, ...translated].map((path) => ({ url: settings.siteUrl + path }))))
}
