import type { ListingCard } from '#domain/catalog.ts'
import { eventPath } from '#domain/translations.ts'

/** A list of events as Google's carousels read it: each on a page of its own, which has the details. */
export const listJsonLd = (
  cards: readonly Pick<ListingCard, 'slug' | 'name' | 'language' | 'languages'>[],
  name: string,
  siteUrl: string,
): object => ({
  '@context': 'https://schema.org',
  '@type': 'ItemList',
  name,
  itemListElement: cards.map((card, at) => ({
    '@type': 'ListItem',
    position: at + 1,
    name: card.name,
    url: siteUrl + eventPath(card, card.language),
  })),
})

/** The way from the home page to this one; the last step is the page itself and needs no address. */
export const crumbsJsonLd = (trail: readonly { text: string; href?: string }[], siteUrl: string): object => ({
  '@context': 'https://schema.org',
  '@type': 'BreadcrumbList',
  itemListElement: trail.map(({ text, href }, at) => ({
    '@type': 'ListItem',
    position: at + 1,
    name: text,
    ...(href ? { item: siteUrl + href } : {}),
  })),
})
