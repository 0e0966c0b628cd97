import type { APIRoute } from 'astro'
import type { SiteReader } from '#contracts/site.ts'
import { sitemapOfPages } from '#domain/listings.ts'
import { weekOf, weekWindow } from '#domain/schedule.ts'
import { sitemapIndex, xmlResponse } from '../components/sitemap.ts'

/** The index: one chunk for what stands, one for the events that start in a week. */
export const GET: APIRoute = async ({ locals: { reader, settings } }) => {
  const chunks = [sitemapOfPages]
  for await (const week of weeksWithEvents(reader)) chunks.push(`/sitemap/${week}.xml`)
  return xmlResponse(sitemapIndex(chunks.map((path) => settings.siteUrl + path)))
}

async function* weeksWithEvents(reader: Pick<SiteReader, 'listing'>): AsyncGenerator<string> {
  let [next] = await reader.listing('all', { limit: 1 })
  while (next) {
    const week = weekOf(next.startsAt)
    yield week
    ;[next] = await reader.listing('all', { from: weekWindow(week).before, limit: 1 })
  }
}
