import type { APIRoute } from 'astro'
import { publishedWith } from '#contracts/site.ts'
import { dayAfter, isUtcDay } from '#domain/schedule.ts'
import { eventPaths } from '#domain/translations.ts'
import { sitemap, xmlResponse } from '../../components/sitemap.ts'

/** Search engines read no more of a file. */
const mostAddresses = 50_000

/** Events that start on this day (UTC); `/sitemap/2027-03-01.xml`. */
export const GET: APIRoute = async ({ params: { day = '' }, locals: { reader, settings } }) => {
  const cards = isUtcDay(day)
    ? await reader.listing('all', { from: day, before: dayAfter(day, 1), limit: mostAddresses })
    : []
  const headers = { [publishedWith]: '/sitemap.xml' }
  if (cards.length === 0) return new Response(null, { status: 404, headers })
  const entries = cards.flatMap(({ slug, languages, changedAt }) => {
    const alternates = eventPaths(slug, languages).map(({ language, path }) => ({
      language,
      url: settings.siteUrl + path,
    }))
    return alternates.map(({ url }) => ({ url, changedAt, alternates }))
  })
  const response = xmlResponse(sitemap(entries.slice(0, mostAddresses)))
  response.headers.set(publishedWith, '/sitemap.xml')
  return response
}
