import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { SiteReader } from '#contracts/site.ts'
import { languages, siteLanguage } from '#domain/languages.ts'
import { isPublic } from '#domain/listings.ts'
import { parseCard } from './event-item.ts'
import { createEventStore } from './events.ts'
import { catalogKeys } from './keys.ts'
import { createOrganisationStore } from './organisations.ts'

/** What pages are made from: consistent reads of the catalog's public half. */
export function createSiteReader(client: DynamoDBDocumentClient, tableName: string): SiteReader {
  const events = createEventStore(client, tableName)
  const organisations = createOrganisationStore(client, tableName)

  const query = async (
    pk: string,
    range: { from: string; before: string; limit?: number; newestFirst?: boolean },
  ): Promise<unknown[]> => {
    const items: unknown[] = []
    const limit = range.limit ?? Number.POSITIVE_INFINITY
    let from: Record<string, unknown> | undefined
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: tableName,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :before',
          ExpressionAttributeValues: { ':pk': pk, ':from': range.from, ':before': range.before },
          ScanIndexForward: !(range.newestFirst ?? false),
          ...(Number.isFinite(limit) ? { Limit: limit - items.length } : {}),
          ...(from ? { ExclusiveStartKey: from } : {}),
        }),
      )
      items.push(...(page.Items ?? []))
      from = page.LastEvaluatedKey
    } while (from && items.length < limit)
    return items
  }
  const everything = { from: ' ', before: '~' }

  return {
    eventBySlug: async (slug) => {
      const event = await events.getEventBySlug(slug)
      return event && isPublic(event) ? event : null
    },
    organisationBySlug: (slug) => organisations.getOrganisationBySlug(slug),
    listing: async (facet, { from = ' ', before = '~', limit, newestFirst = false }) => {
      // Sort keys go on with `#` and the event's id, so a bare instant stands before all events of that instant.
      const items = await query(catalogKeys.card(facet, '', '').pk, { from, before, limit, newestFirst })
      return items.map(parseCard)
    },
    cities: async () =>
      z
        .array(z.object({ slug: z.string(), name: z.string(), country: z.string() }))
        .parse(await query(catalogKeys.city('').pk, everything)),
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
