import { generateAtomFeed } from 'feedsmith'
import type { ListingCard } from '#domain/catalog.ts'
import { eventPath } from '#domain/translations.ts'
import { moment } from '#src/components/when.ts'
import { categoryNames, type Feed, locale, runningOf, titleOf } from './feed.ts'

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
  return generateAtomFeed(
    {
      id: `${authority}:${selfPath}`,
      title: { value: titleOf(feed) },
      updated: new Date(updated),
      authors: [{ name: 'Marquee', uri: `${siteUrl}/` }],
      links: [
        { rel: 'self', type: 'application/atom+xml', href: siteUrl + selfPath },
        { rel: 'alternate', type: 'text/html', href: siteUrl + pagePath },
      ],
      entries: latest.map((card) => entryOf(card, siteUrl, authority)),
    },
    { strict: true },
  )
}

const entryOf = (card: ListingCard, siteUrl: string, authority: string) => ({
  id: `${authority}:event/${card.eventId}`,
  title: { value: `${card.saleState === 'cancelled' ? 'Cancelled: ' : ''}${card.name}` },
  updated: new Date(card.changedAt),
  published: new Date(card.publishedAt),
  authors: [{ name: card.organiser.name, uri: `${siteUrl}/organiser/${card.organiser.slug}/` }],
  categories: [{ term: card.category, label: categoryNames[card.category] }],
  links: [{ rel: 'alternate', type: 'text/html', href: siteUrl + eventPath(card, card.language) }],
  summary: {
    value: `${moment(card.startsAt, card.timeZone, locale)}, ${card.venueName}, ${card.city}. ${card.summary}`,
  },
})
