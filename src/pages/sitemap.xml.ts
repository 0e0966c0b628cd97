import type { APIRoute } from 'astro'
import type { SiteReader } from '#contracts/site.ts'
import { dayAfter, nextMonth, utcDayOf } from '#domain/schedule.ts'
import { sitemapOfPages } from '#domain/site-pages.ts'
import { sitemapIndex, xmlResponse } from '../components/sitemap.ts'

type Listing = Pick<SiteReader, 'listing'>

/** The index: one chunk for what stands, one for the events that start on a day. */
export const GET: APIRoute = async ({ locals: { reader, settings } }) => {
  const months = await monthsBetween(reader)
  // Side by side: there are a thousand days after three years.
  const days = (await Promise.all(months.map((month) => daysWithEvents(reader, month)))).flat()
  const chunks = [sitemapOfPages, ...days.map((day) => `/sitemap/${day}.xml`)]
  return xmlResponse(sitemapIndex(chunks.map((path) => settings.siteUrl + path)))
}

/** All months from that of the first event to that of the last. */
async function monthsBetween(reader: Listing): Promise<readonly string[]> {
  const [[first], [last]] = await Promise.all([
    reader.listing('all', { limit: 1 }),
    reader.listing('all', { limit: 1, newestFirst: true }),
  ])
  const months: string[] = []
  if (!first || !last) return months
  for (let month = first.startsAt.slice(0, 7); month <= last.startsAt.slice(0, 7); month = nextMonth(month))
    months.push(month)
  return months
}

async function daysWithEvents(reader: Listing, month: string): Promise<readonly string[]> {
  const days: string[] = []
  const before = `${nextMonth(month)}-01`
  for (let from = `${month}-01`; from < before; ) {
    const [next] = await reader.listing('all', { from, before, limit: 1 })
    if (!next) break
    const day = utcDayOf(next.startsAt)
    days.push(day)
    from = dayAfter(day, 1)
  }
  return days
}
