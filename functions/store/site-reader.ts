import { setTimeout as wait } from 'node:timers/promises'
import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { CatalogReader, PageRecord } from '#contracts/site.ts'
import { languages, siteLanguage } from '#domain/languages.ts'
import { isPublic } from '#domain/listings.ts'
import { facetIn } from '#domain/lists.ts'
import { whileThrottled } from './busy.ts'
import { parseCard, parseEvent } from './event-item.ts'
import { createEventStore } from './events.ts'
import { catalogKeys, pageRecordsKey } from './keys.ts'
import { createOrganisationStore } from './organisations.ts'
import { createSharePictureStore } from './share-pictures.ts'

/** About as many cards as the megabyte of a page holds. DynamoDB Local reads a whole list into memory where a query has no limit. */
const cardsPerPage = 1000
const recordsPerPage = 200

/**
 * A list is one partition, which gives 3,000 read units a second to all who read it. Whoever reads a long one whole waits when it gives no
 * more, and from then on takes a page of some 200 units only so often: a fifth is left for the others.
 */
const patienceMs = 30_000
const paceMs = 83

const pageRecord = z.object({
  sk: z.string(),
  eventId: z.string(),
  languages: z.array(z.enum(languages)),
  record: z.string(),
  // Not there yet when its picture was made, or that has not been made.
  share: z.string().optional(),
})
const city = z.object({ slug: z.string(), name: z.string(), country: z.string() })

/** What pages are made from: consistent reads of the catalog's public half. */
export function createSiteReader(client: DynamoDBDocumentClient, tableName: string): CatalogReader {
  const events = createEventStore(client, tableName)
  const organisations = createOrganisationStore(client, tableName)
  const shares = createSharePictureStore(client, tableName)

  async function* pagesOf(
    pk: string,
    { from, before, limit, newestFirst }: { from: string; before: string; limit?: number; newestFirst?: boolean },
    manner: Manner = (ask) => ask(),
    pageLength = cardsPerPage,
  ): AsyncGenerator<{ readonly items: unknown[]; readonly askedAtMs: number }> {
    const read = async (limit: number, after?: Record<string, unknown>) => {
      const askedAtMs = Date.now()
      const query = new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :before',
        ExpressionAttributeValues: { ':pk': pk, ':from': from, ':before': before },
        ScanIndexForward: !(newestFirst ?? false),
        Limit: Math.min(limit, pageLength),
        ...(after ? { ExclusiveStartKey: after } : {}),
      })
      return { ...(await manner(() => client.send(query))), askedAtMs }
    }
    let left = limit ?? Number.POSITIVE_INFINITY
    let coming = read(left)
    for (;;) {
      const { Items: items = [], LastEvaluatedKey: key, askedAtMs } = await coming
      left -= items.length
      const isLast = !key || left <= 0
      if (!isLast) {
        // While somebody is at this page the next one is read; nobody waits for it who stops here.
        coming = read(left, key)
        coming.catch(() => {})
      }
      yield { items, askedAtMs }
      if (isLast) return
    }
  }
  async function query(...range: Parameters<typeof pagesOf>): Promise<unknown[]> {
    const items: unknown[] = []
    for await (const page of pagesOf(...range)) items.push(...page.items)
    return items
  }
  const everything = { from: ' ', before: '~' }

  function recordOf({ sk, record, share, ...rest }: z.infer<typeof pageRecord>, readAtMs: number): PageRecord {
    const slug = sk.slice(0, -1)
    const event = () => {
      const event = parseEvent({ record })
      return isPublic(event) && event.slug === slug ? event : null
    }
    return { slug, share, ...rest, event, readAtMs }
  }

  return {
    eventBySlug: async (slug) => {
      const event = await events.getEventBySlug(slug)
      return event?.slug === slug && isPublic(event) ? event : null
    },
    pageRecords: async function* (bucket, from) {
      const range = { from: from || ' ', before: '~' }
      for await (const { items, askedAtMs } of pagesOf(pageRecordsKey(bucket), range, inTurn(), recordsPerPage))
        for (const item of items) {
          // Of an event that nobody has touched since there are such items, one may hold its picture alone.
          const { data } = pageRecord.safeParse(item)
          if (data) yield recordOf(data, askedAtMs)
        }
    },
    sharePicture: async (eventId) => (await shares.getShare(eventId))?.path ?? null,
    organisationBySlug: (slug) => organisations.getOrganisationBySlug(slug),
    listing: async (facet, { from = ' ', before = '~', limit, newestFirst = false }) => {
      // Sort keys go on with `#` and the event's id, so a bare instant stands before all events of that instant.
      const items = await query(catalogKeys.card(facet, '', '').pk, { from, before, limit, newestFirst })
      return items.map(parseCard)
    },
    allCards: async function* (language) {
      const { pk } = catalogKeys.card(facetIn(language, 'all'), '', '')
      for await (const { items } of pagesOf(pk, everything, inTurn())) yield* items.map(parseCard)
    },
    cities: async () => z.array(city).parse(await query(catalogKeys.city('').pk, everything)),
    cityBySlug: async (slug) => {
      const Key = catalogKeys.city(slug)
      const { Item } = await client.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }))
      return Item ? city.parse(Item) : null
    },
    organisers: async () =>
      z
        .array(z.object({ slug: z.string(), name: z.string() }))
        .parse(await query(catalogKeys.organiserIndex('').pk, everything)),
    languages: async () => {
      const known = await query(catalogKeys.language('').pk, everything)
      const found = z.array(z.object({ sk: z.enum(languages) })).parse(known)
      return [siteLanguage, ...found.map(({ sk }) => sk).filter((one) => one !== siteLanguage)]
    },
  }
}

type Manner = <T>(ask: () => Promise<T>) => Promise<T>

function inTurn(): Manner {
  let pauseMs = 0
  const slowDown = () => {
    pauseMs = paceMs
  }
  return async (ask) => {
    if (pauseMs > 0) await wait(pauseMs)
    return whileThrottled(ask, patienceMs, slowDown)
  }
}
