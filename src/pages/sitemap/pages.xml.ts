import type { APIRoute } from 'astro'
import { categories } from '#domain/catalog.ts'
import { sitemap, xmlResponse } from '../../components/sitemap.ts'

/** Everything worth finding that is not an event. */
export const GET: APIRoute = async ({ locals: { reader, settings } }) => {
  const [cities, organisers] = await Promise.all([reader.cities(), reader.organisers()])
  const paths = [
    ...['/', '/weekend/', '/free/', '/about/', '/terms/', '/privacy/', '/accessibility/', '/api/'],
    ...categories.map((category) => `/category/${category}/`),
    ...cities.map(({ slug }) => `/city/${slug}/`),
    ...organisers.map(({ slug }) => `/organiser/${slug}/`),
  ]
  return xmlResponse(sitemap(paths.map((path) => ({ url: settings.siteUrl + path }))))
}
