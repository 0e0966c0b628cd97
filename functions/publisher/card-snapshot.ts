import type { CatalogReader, Facet, SiteReader } from '#contracts/site.ts'
import type { ListingCard } from '#domain/catalog.ts'
import type { Language } from '#domain/languages.ts'
import { topicsOf } from '#domain/listings.ts'
import { facetIn, partsOfFacet, type Topic } from '#domain/lists.ts'

/** About 200,000 cards. */
const mostBytes = 90_000_000
const blockBytes = 1 << 20
/** Parsed: what comes next in a city or category stands on several of its pages. */
const mostAtHand = 2000

export interface Snapshot {
  readonly takenAtMs: number
  readonly reader: CatalogReader
}

export async function takeSnapshot(reader: CatalogReader): Promise<Snapshot> {
  const takenAtMs = Date.now()
  return { takenAtMs, reader: await snapshotOf(reader) }
}

/**
 * A reader whose lists are those of now: read once, instead of some cards of them for each page. Events and organisations it reads when
 * asked, and so the lists of a language that do not fit into `room` bytes, in steps of a megabyte.
 */
export async function snapshotOf(reader: CatalogReader, room = mostBytes): Promise<CatalogReader> {
  const [languages, cities, organisers] = await Promise.all([reader.languages(), reader.cities(), reader.organisers()])
  const cityOf = new Map(cities.map((city) => [city.slug, city]))
  const cards = createCards(room)
  const held = new Map<Facet, readonly number[]>()
  const whole = new Set<Language>()
  for (const language of languages) {
    const lists = await holdLists(reader, language, cards)
    if (!lists) break
    whole.add(language)
    for (const [facet, places] of lists) held.set(facet, places)
  }
  return {
    ...reader,
    languages: async () => languages,
    cities: async () => cities,
    cityBySlug: async (slug) => cityOf.get(slug) ?? null,
    organisers: async () => organisers,
    listing: async (facet, range) => {
      if (!whole.has(partsOfFacet(facet).language)) return reader.listing(facet, range)
      return placesWithin(held.get(facet) ?? [], range, cards.startOf).map(cards.cardAt)
    },
    allCards: async function* (language) {
      if (whole.has(language)) for (const place of held.get(facetIn(language, 'all')) ?? []) yield cards.parsedAt(place)
      else yield* reader.allCards(language)
    },
  }
}

/** Null when they do not fit. */
async function holdLists(reader: CatalogReader, language: Language, cards: Cards) {
  const lists = new Map<Facet, number[]>()
  const hold = (card: ListingCard, topics: readonly Topic[]): boolean => {
    const place = cards.add(card)
    if (place === null) return false
    for (const topic of topics) {
      const facet = facetIn(language, topic)
      const places = lists.get(facet)
      if (places) places.push(place)
      else lists.set(facet, [place])
    }
    return true
  }
  for await (const card of reader.allCards(language)) if (!hold(card, topicsOf(card))) return null
  // What is on, and what a rush is expected for, no card tells.
  for (const topic of ['running', 'in-demand'] as const) {
    const found = await reader.listing(facetIn(language, topic), { limit: Number.MAX_SAFE_INTEGER })
    if (!found.every((card) => hold(card, [topic]))) return null
  }
  return lists
}

type Cards = ReturnType<typeof createCards>

const mostShared = 10_000
/** Many cards have the same one: it is kept once. */
const repeated: ReadonlySet<string> = new Set<keyof ListingCard>([
  ...(['languages', 'timeZone', 'venueName', 'city', 'citySlug', 'organiser', 'priceFrom'] as const),
])

/** Cards by start, as text outside the heap, which would be looked through again and again; the names of their fields are kept once. */
function createCards(room: number) {
  const blocks: Buffer[] = []
  const starts: number[] = []
  const offsets: number[] = []
  const lengths: number[] = []
  const kinds: string[][] = []
  const kindOf = new Map<string, number>()
  const shared: unknown[] = []
  const placeOfShared = new Map<string, number>()
  const atHand = new Map<number, ListingCard>()
  let free = blockBytes

  function textOf(card: ListingCard): string {
    const names = Object.keys(card)
    const known = kindOf.get(names.join())
    if (known === undefined) kindOf.set(names.join(), kinds.push(names) - 1)
    const values = Object.entries(card).map(([name, value]) => (repeated.has(name) ? shareOf(value) : value))
    return JSON.stringify([known ?? kinds.length - 1, ...values])
  }
  /** Its place among the shared ones; in a list of its own where there is no more room for it. */
  function shareOf(value: unknown): number | readonly [unknown] {
    const text = JSON.stringify(value)
    const known = placeOfShared.get(text)
    if (known !== undefined) return known
    if (shared.length === mostShared) return [value]
    placeOfShared.set(text, shared.length)
    return shared.push(value) - 1
  }

  return {
    /** Its place, to read it by; null when there is no room. */
    add: (card: ListingCard): number | null => {
      const text = textOf(card)
      const length = Buffer.byteLength(text)
      if (free + length > blockBytes) {
        if (blocks.length * blockBytes >= room) return null
        blocks.push(Buffer.allocUnsafeSlow(Math.max(blockBytes, length)))
        free = 0
      }
      blocks.at(-1)?.write(text, free)
      offsets.push((blocks.length - 1) * blockBytes + free)
      lengths.push(length)
      free += length
      return starts.push(Date.parse(card.startsAt)) - 1
    },
    startOf: (place: number): number => starts[place] ?? Number.NaN,
    cardAt,
    parsedAt,
  }

  function cardAt(place: number): ListingCard {
    const known = atHand.get(place)
    if (known) return known
    const card = parsedAt(place)
    const oldest = atHand.size === mostAtHand ? atHand.keys().next().value : undefined
    if (oldest !== undefined) atHand.delete(oldest)
    atHand.set(place, card)
    return card
  }

  function parsedAt(place: number): ListingCard {
    const offset = offsets[place] ?? 0
    const from = offset % blockBytes
    const text = blocks[Math.floor(offset / blockBytes)]?.toString('utf8', from, from + (lengths[place] ?? 0)) ?? '[]'
    const values = JSON.parse(text)
    // One by one: `Object.fromEntries` takes three times as long, for each of very many.
    const card: ReturnType<typeof JSON.parse> = {}
    kinds[values[0]]?.forEach((name, at) => {
      const value = values[at + 1]
      card[name] = !repeated.has(name) ? value : typeof value === 'number' ? shared[value] : value[0]
    })
    return card
  }
}

/** Of a list by start those within a range, as a database answers it. */
export function placesWithin<T>(
  list: readonly T[],
  { from, before, limit, newestFirst = false }: Parameters<SiteReader['listing']>[1],
  startOf: (item: T) => number,
): readonly T[] {
  const first = from === undefined ? 0 : firstAt(Date.parse(from))
  const end = before === undefined ? list.length : firstAt(Date.parse(before))
  if (newestFirst) return list.slice(Math.max(first, end - limit), end).reverse()
  return list.slice(first, Math.min(end, first + limit))

  /** The place of the first that starts at `instant` or later. */
  function firstAt(instant: number): number {
    let [low, high] = [0, list.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      const item = list[middle]
      if (item !== undefined && startOf(item) < instant) low = middle + 1
      else high = middle
    }
    return low
  }
}
