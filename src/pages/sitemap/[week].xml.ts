import type { APIRoute } from 'astro'
import { publishedWith } from '#contracts/site.ts'
import { weekOf, weekWindow } from '#domain/schedule.ts'
import { eventPaths } from '#domain/translations.ts'
import { sitemap, xmlResponse } from '../../components/sitemap.ts'

/** Events that start in the week of this Monday; `/sitemap/2027-03-01.xml`. */
export const GET: APIRoute = async ({ params: { week = '' }, locals: { reader, settings } }) => {
  const isMonday = /^\d{4}-\d\d-\d\d$/.test(week) && !Number.isNaN(Date.parse(week)) && weekOf(week) === week
  const cards = isMonday ? await reader.listing('all', { ...weekWindow(week), limit: 50_000 }) : []
  if (cards.length === 0) return new Response(null, { status: 404 })
  const entries = cards.flatMap(({ slug, languages, changedAt }) => {
    const alternates = eventPaths(slug, languages).map(({ language, path }) => ({
      language,
      url: settings.siteUrl + path,
    }))
    return alternates.map(({ url }) => ({ url, changedAt, alternates }))
  })
  const response = xmlResponse(sitemap(entries))
  response.headers.set(publishedWith, '/sitemap.xml')
  return response
}
