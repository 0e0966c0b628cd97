import { atomFeed } from './atom.ts'
import { calendarFeed } from './calendar-feed.ts'
import { type Feed, findList, type ListPorts } from './feed.ts'
import { jsonFeed } from './json-feed.ts'

export interface FeedPorts extends ListPorts {
  /** Origin without a slash at the end. */
  readonly siteUrl: string
}

interface Format {
  readonly contentType: string
  readonly render: (feed: Feed) => string
}

const formats: Readonly<Record<string, Format>> = {
  atom: { contentType: 'application/atom+xml; charset=utf-8', render: atomFeed },
  ics: { contentType: 'text/calendar; charset=utf-8', render: calendarFeed },
  json: { contentType: 'application/feed+json; charset=utf-8', render: jsonFeed },
}

/** So many events of a list are looked at; what is further ahead enters its feeds as time goes on. */
const mostEvents = 500
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
  const { reader, siteUrl } = ports
  const now = ports.now()
  const from = new Date(Date.parse(now) - keptDays * 86_400_000).toISOString()
  const cards = typeof list.of === 'string' ? await reader.listing(list.of, { from, limit: mostEvents }) : list.of
  const { contentType, render } = format
  return { contentType, body: render({ ...list, selfPath: path, cards, siteUrl, now }) }
}
