import { generateAtomFeed } from 'feedsmith'
import type { ListingCard } from '#domain/catalog.ts'
import { eventPath } from '#domain/translations.ts'
import { xmlCharacters } from '#src/components/sitemap.ts'
import { moment } from '#src/components/when.ts'
import { documents } from '#src/i18n/documents.ts'
import { fill } from '#src/i18n/fill.ts'
import { categoryNameIn, type Feed, localeIn, runningOf, titleOf } from './feed.ts'

const mostEntries = 100
/** When a feed without entries last changed: a date must stand there. */
const beginning = '2026-01-01T00:00:00.000Z'

/** Atom 1.0 (RFC 4287): what is not over, latest announced first. Ids outlive a change of the event's address. */
export function atomFeed(feed: Feed): string {
  const { siteUrl, selfPath, pagePath } = feed
  const authority = `tag:${new URL(siteUrl).hostname},2026`
  const latest = [...runningOf(feed), ...feed.ahead]
    .toSorted((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))
    .slice(0, mostEntries)
  const updated =
    latest
      .map(({ changedAt }) => changedAt)
      .toSorted()
      .at(-1) ?? beginning
  const xml = generateAtomFeed(
    {
      id: `${authority}:${selfPath}`,
      title: { value: titleOf(feed) },
      updated: new Date(updated),
      authors: [{ name: 'Marquee', uri: `${siteUrl}/` }],
      links: [
        { rel: 'self', type: 'application/atom+xml', href: siteUrl + selfPath },
        { rel: 'alternate', type: 'text/html', href: siteUrl + pagePath },
      ],
      entries: latest.map((card) => entryOf(card, feed, authority)),
    },
    { strict: true },
  )
  return xmlCharacters(xml)
}

const entryOf = (card: ListingCard, feed: Feed, authority: string) => ({
  id: `${authority}:event/${card.eventId}`,
  title: { value: card.saleState === 'cancelled' ? cancelledTitle(card, feed) : card.name },
  updated: new Date(card.changedAt),
  published: new Date(card.publishedAt),
  authors: [{ name: card.organiser.name, uri: `${feed.siteUrl}/organiser/${card.organiser.slug}/` }],
  categories: [{ term: card.category, label: categoryNameIn(feed, card) }],
  links: [{ rel: 'alternate', type: 'text/html', href: feed.siteUrl + eventPath(card, card.language) }],
  summary: {
    value: `${moment(card.startsAt, card.timeZone, localeIn(feed))}, ${card.venueName}, ${card.city}. ${card.summary}`,
  },
})

const cancelledTitle = ({ name }: ListingCard, { language }: Feed): string =>
  fill(documents[language].cancelledSubject, { event: name })
