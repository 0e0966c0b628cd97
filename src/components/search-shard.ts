import { brotliCompressSync, constants } from 'node:zlib'
import type { SearchRow, SearchShard } from '#contracts/search.ts'
import type { ListingCard } from '#domain/catalog.ts'
import { siteLanguage } from '#domain/languages.ts'
import { eventPath } from '#domain/translations.ts'

/** What a phone loads before the first letter is typed, as compressed as the edge does it. */
export const mostBytesEverywhere = 150_000
const mostBytesOfCity = 200_000

function rowOf(card: ListingCard): SearchRow {
  const row = [
    card.slug,
    card.name,
    card.summary,
    card.startsAt,
    card.endsAt,
    card.timeZone,
    card.venueName,
    card.city,
    card.citySlug,
    card.category,
    card.organiser.name,
    card.priceFrom?.amountMinor ?? null,
    card.priceFrom?.currency ?? '',
    card.saleState,
  ] as const
  const isPlain = card.languages.length === 1 && card.language === siteLanguage
  return isPlain ? row : [...row, card.language, eventPath(card, card.language)]
}

/**
 * As many of the events as fit into `mostBytes` when compressed: the last ones of `best` stay out, the others stand by time. The same
 * cards make the same text, and where some do not fit, another word in one of them moves the cut by hardly a row.
 */
export function shardText(best: readonly ListingCard[], shows: number, mostBytes: number): string {
  for (let count = best.length; ; ) {
    const rows = best.slice(0, count).toSorted(byStart).map(rowOf)
    const shard: SearchShard = { rows, isComplete: count === best.length && count < shows }
    const text = JSON.stringify(shard)
    const bytes = compressedBytes(text)
    if (count === 0 || bytes <= mostBytes) return text
    count = Math.floor(count * Math.min(mostBytes / bytes, 0.999) * 0.99)
  }
}

function byStart(one: ListingCard, other: ListingCard): number {
  if (one.startsAt !== other.startsAt) return one.startsAt < other.startsAt ? -1 : 1
  return one.eventId < other.eventId ? -1 : 1
}

/** Quality 5 is what an edge spends on the way; a short text is not worth the measuring. */
function compressedBytes(text: string): number {
  if (text.length < mostBytesEverywhere / 4) return text.length
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length
}

export const shardOfEverywhere = (cards: readonly ListingCard[], shows: number): Response =>
  shardResponse(shardText(cards, shows, mostBytesEverywhere))

export const shardOfCity = (cards: readonly ListingCard[], shows: number): Response =>
  shardResponse(shardText(cards, shows, mostBytesOfCity))

const shardResponse = (text: string): Response =>
  new Response(text, { headers: { 'content-type': 'application/json; charset=utf-8' } })
