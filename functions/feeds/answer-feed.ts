import type { SiteReader } from '#contracts/site.ts'
import type { Instant, ListingCard } from '#domain/catalog.ts'
import { longestEventDays } from '#domain/event-problems.ts'
import { atomFeed } from './atom.ts'
import { calendarFeed } from './calendar-feed.ts'
import { type Feed, type FeedList, findList, type ListPorts } from './feed.ts'
import { jsonFeed } from './json-feed.ts'

export interface FeedPorts extends ListPorts {
  /** Origin without a slash at the end. */
  readonly siteUrl: string
}

interface Format {
  readonly contentType: string
  readonly render: (feed: Feed) => string
  /** So many of what lies ahead are looked at, the soonest; what is further ahead enters as time goes on. */
  readonly mostAhead: number
}

const formats: Readonly<Record<string, Format>> = {
  // What was announced last may be far ahead.
  atom: { contentType: 'application/atom+xml; charset=utf-8', render: atomFeed, mostAhead: 2000 },
  ics: { contentType: 'text/calendar; charset=utf-8', render: calendarFeed, mostAhead: 500 },
  json: { contentType: 'application/feed+json; charset=utf-8', render: jsonFeed, mostAhead: 100 },
}

/** So many of what has begun are looked at, the latest: read apart, so that they take no room from what lies ahead. */
const mostBegun = 500
/** A calendar keeps what is over for a while: an entry that vanishes looks like an event that was called off. */
const keptDays = 30

/**
 * `/feeds/all.atom`, `/feeds/city/seville.ics`, `/feeds/organiser/almazara-cultural.json`: each list in each format. Null for one that
 * does not exist.
 */
export async function answerFeed(
  ports: FeedPorts,
  path: string,
): Promise<{ readonly contentType: string; readonly body: string } | null> {
  const [, name = '', ending = ''] = /^\/feeds\/([a-z0-9/-]{1,100})\.([a-z]{3,4})$/.exec(path) ?? []
  const format = formats[ending]
  const list = format ? await findList(ports, name) : null
  if (!format || !list) return null
  const { contentType, render, mostAhead } = format
  const { reader, siteUrl } = ports
  const now = ports.now()
  const cards = await readCards(reader, list.of, now, mostAhead)
  return { contentType, body: render({ ...list, ...cards, selfPath: path, siteUrl, now }) }
}

async function readCards(
  reader: SiteReader,
  of: FeedList['of'],
  now: Instant,
  mostAhead: number,
): Promise<Pick<Feed, 'begun' | 'ahead'>> {
  if (typeof of !== 'string') {
    const isOver = ({ endsAt }: ListingCard) => endsAt <= now
    return { begun: of.filter(isOver), ahead: of.filter((card) => !isOver(card)) }
  }
  const daysAgo = (days: number) => new Date(Date.parse(now) - days * 86_400_000).toISOString()
  const [latest, ahead] = await Promise.all([
    reader.listing(of, { from: daysAgo(longestEventDays), before: now, limit: mostBegun, newestFirst: true }),
    reader.listing(of, { from: now, limit: mostAhead }),
  ])
  return { begun: latest.filter(({ endsAt }) => endsAt > daysAgo(keptDays)).toReversed(), ahead }
}
