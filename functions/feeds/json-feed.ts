import type { ListingCard } from '#domain/catalog.ts'
import { siteLanguage } from '#domain/languages.ts'
import { type Money, minorDigits } from '#domain/money.ts'
import { eventPath } from '#domain/translations.ts'
import { moment } from '#src/components/when.ts'
import { categoryNames, type Feed, locale, runningOf, titleOf } from './feed.ts'

/** So that what runs never crowds out what lies ahead. */
const mostRunning = 20

/** JSON Feed 1.1, soonest first; `_marquee` has what an event is, for the widget and for whoever builds a page of his own. */
export function jsonFeed(feed: Feed): string {
  const { siteUrl, selfPath, pagePath, ahead } = feed
  return JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: titleOf(feed),
    home_page_url: siteUrl + pagePath,
    feed_url: siteUrl + selfPath,
    language: siteLanguage,
    items: [...runningOf(feed).slice(-mostRunning), ...ahead].map((card) => itemOf(card, siteUrl)),
  })
}

const itemOf = (card: ListingCard, siteUrl: string) => ({
  id: card.eventId,
  url: siteUrl + eventPath(card, card.language),
  title: card.name,
  summary: card.summary,
  content_text: `${moment(card.startsAt, card.timeZone, locale)}, ${card.venueName}, ${card.city}. ${card.summary}`,
  ...(card.picture ? { image: `${siteUrl}${card.picture.base}-${card.picture.widths.at(-1)}.jpg` } : {}),
  date_published: card.publishedAt,
  date_modified: card.changedAt,
  authors: [{ name: card.organiser.name, url: `${siteUrl}/organiser/${card.organiser.slug}/` }],
  tags: [categoryNames[card.category]],
  _marquee: {
    startsAt: card.startsAt,
    endsAt: card.endsAt,
    timeZone: card.timeZone,
    venue: card.venueName,
    city: card.city,
    priceFrom: card.priceFrom && priceOf(card.priceFrom),
    saleState: card.saleState,
  },
})

/** `{"amount": "12.50", "currency": "EUR"}`: who reads it need not know how many decimals a currency has. */
function priceOf({ amountMinor, currency }: Money) {
  const digits = minorDigits(currency)
  return { amount: (amountMinor / 10 ** digits).toFixed(digits), currency }
}
