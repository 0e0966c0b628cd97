import type { APIRoute } from 'astro'
import type { ListingCard } from '#domain/catalog.ts'
import { localeOf, siteLanguage } from '#domain/languages.ts'
import { lists } from '#domain/listings.ts'
import { eventPath } from '#domain/translations.ts'
import { soonestOf } from '../components/lists.ts'
import { escapeXml, xmlResponse } from '../components/sitemap.ts'
import { moment } from '../components/when.ts'

/** RSS 2.0: what comes next, soonest first. */
export const GET: APIRoute = async ({ locals: { reader, settings, now } }) => {
  const cards = await soonestOf(reader, lists.feed, now)
  const { siteUrl } = settings
  const body = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Coming up on Marquee</title>
<link>${siteUrl}/</link>
<description>Concerts, plays, talks and feasts from independent organisers.</description>
<language>en</language>
<atom:link href="${siteUrl}/feed.xml" rel="self" type="application/rss+xml"/>
${cards.map((card) => itemOf(card, siteUrl)).join('')}</channel></rss>
`
  return xmlResponse(body, 'application/rss+xml; charset=utf-8')
}

function itemOf(card: ListingCard, siteUrl: string): string {
  const title = `${card.saleState === 'cancelled' ? 'Cancelled: ' : ''}${card.name}`
  const where = `${moment(card.startsAt, card.timeZone, localeOf[siteLanguage])}, ${card.venueName}, ${card.city}`
  return `<item><title>${escapeXml(title)}</title>
<link>${siteUrl}${eventPath(card, card.language)}</link>
<guid isPermaLink="false">${card.eventId}</guid>
<category>${card.category}</category>
<description>${escapeXml(`${where}. ${card.summary}`)}</description></item>
`
}
