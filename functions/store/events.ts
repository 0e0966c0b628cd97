import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { z } from 'zod'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import { addressesOf } from '#domain/event-address.ts'
import { siteLanguage } from '#domain/languages.ts'
import { isPublic } from '#domain/listings.ts'
import { moved, type PublicSales, saysTheSame } from '#domain/sale-state.ts'
import { nextClockChange } from '#domain/schedule.ts'
import { languagesOf } from '#domain/translations.ts'
import { dueEventIds } from './due-events.ts'
import { eventAttributes, parseEvent } from './event-item.ts'
import { keyText, listingItems, pageRecordItem, storedKeys } from './event-listings.ts'
import { catalogKeys } from './keys.ts'
import { rubbishWrites } from './media.ts'
import { pageRecordWrite } from './page-records.ts'
import { type NamedWrite, transact } from './transaction.ts'

export interface EventPage {
  readonly events: readonly EventRecord[]
  /** Where the next page begins; null after the last one. */
  readonly next: string | null
}

export function createEventStore(client: DynamoDBDocumentClient, tableName: string) {
  async function getEvent(eventId: string): Promise<EventRecord | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: catalogKeys.event(eventId), ConsistentRead: true }),
    )
    return Item ? parseEvent(Item) : null
  }

  async function getEventBySlug(slug: string): Promise<EventRecord | null> {
    const { Item } = await client.send(
      new GetCommand({ TableName: tableName, Key: catalogKeys.eventSlug(slug), ConsistentRead: true }),
    )
    return Item ? getEvent(z.object({ eventId: z.string() }).parse(Item).eventId) : null
  }

  /** @param rest what is written with it or not at all, such as the stock of its pools. */
  async function createEvent(
    event: EventRecord,
    rest: readonly NamedWrite[] = [],
  ): Promise<'created' | 'exists' | 'slug_taken'> {
    const outcome = await transact(client, [
      putEvent(event, { condition: 'event_is_new', ConditionExpression: 'attribute_not_exists(pk)' }),
      {
        condition: 'slug_is_free',
        item: {
          Put: {
            TableName: tableName,
            Item: { ...catalogKeys.eventSlug(event.slug), eventId: event.id },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      },
      ...listingWrites(null, event),
      ...rest,
    ])
    if (outcome.ok) return 'created'
    return outcome.failed.includes('event_is_new') ? 'exists' : 'slug_taken'
  }

  /**
   * Replaces an event, its listing cards and `rest` in one transaction.
   *
   * @returns the names of the conditions that did not hold, `version_is_current` among them when `before` is not what is stored.
   */
  async function saveEvent(
    before: EventRecord,
    after: EventRecord,
    rest: readonly NamedWrite[] = [],
  ): Promise<{ ok: true } | { ok: false; failed: readonly string[] }> {
    const isSoldAlike = sellingTerms(before) === sellingTerms(after)
    const outcome = await transact(client, [
      putEvent(
        after,
        { condition: 'version_is_current', ...unchangedSince(before) },
        // What it says was decided on stock that sales may have moved meanwhile: the sweeper looks again.
        isSoldAlike || !isPublic(after) ? undefined : after.updatedAt,
      ),
      ...listingWrites(before, after),
      ...addressWrites(before, after),
      ...rest,
    ])
    if (outcome.ok || !outcome.failed.includes('version_is_current')) return outcome
    const current = await getEvent(before.id)
    if (current?.version !== before.version || saysTheSame(current, salesOf(before))) return outcome
    // Sales moved the state, nobody edited: the edit stands, and so does the move unless the edit changes what is for sale.
    return saveEvent(current, { ...after, ...salesOf(isSoldAlike ? current : after) }, rest)
  }

  /**
   * Moves what the public page says of sales; the version stays, since nobody edited.
   *
   * @returns false when the event was edited or moved in the meantime: read it and decide again.
   */
  async function updateSaleState(event: EventRecord, sales: PublicSales, now: Instant): Promise<boolean> {
    const after = moved(event, sales, now)
    const outcome = await transact(client, [
      putEvent(after, { condition: 'event_is_unchanged', ...unchangedSince(event) }),
      ...listingWrites(event, after),
    ])
    return outcome.ok
  }

  /** The same for the name and the colour of its organiser. What the clock has to do with it, and when, stays. */
  async function updateOrganiser(
    event: EventRecord,
    organiser: EventRecord['organiser'],
    now: Instant,
  ): Promise<boolean> {
    const after = { ...event, organiser, updatedAt: now, changedAt: undefined }
    const { ExpressionAttributeNames, ExpressionAttributeValues, ...guard } = unchangedSince(event)
    const outcome = await transact(client, [
      {
        condition: 'event_is_unchanged',
        item: {
          Update: {
            TableName: tableName,
            Key: catalogKeys.event(event.id),
            ...guard,
            UpdateExpression: 'SET #record = :record',
            ExpressionAttributeNames: { ...ExpressionAttributeNames, '#record': 'record' },
            ExpressionAttributeValues: { ...ExpressionAttributeValues, ':record': eventAttributes(after).record },
          },
        },
      },
      ...listingWrites(event, after),
    ])
    return outcome.ok
  }

  /** @returns false when the event was edited in the meantime. */
  async function deleteEvent(event: EventRecord, now: Instant): Promise<boolean> {
    const remove = (Key: { pk: string; sk: string }, condition = 'listing', guard = {}): NamedWrite => ({
      condition,
      item: { Delete: { TableName: tableName, Key, ...guard } },
    })
    const outcome = await transact(client, [
      remove(catalogKeys.event(event.id), 'version_is_current', {
        ConditionExpression: '#version = :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': event.version },
      }),
      ...storedKeys(event, now).map((key) => remove(key)),
      ...addressesOf(event).map((slug) => remove(catalogKeys.eventSlug(slug))),
      ...rubbishWrites(tableName, event.picture, null, now),
    ])
    return outcome.ok
  }

  /** Events of an organisation in the order of their start, drafts included; `newestFirst` turns it round. */
  async function listOrganisationEvents(
    organisationId: string,
    range: { from?: Instant; before?: Instant; limit: number; cursor?: string | undefined; newestFirst?: boolean },
  ): Promise<EventPage> {
    const { pk } = catalogKeys.organisation(organisationId)
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :before',
        ExpressionAttributeValues: {
          ':pk': pk,
          ':from': `EVENT#${range.from ?? ''}`,
          ':before': `EVENT#${range.before ?? '~'}`,
        },
        ScanIndexForward: !(range.newestFirst ?? false),
        Limit: range.limit,
        ...(range.cursor ? { ExclusiveStartKey: { pk, sk: range.cursor } } : {}),
      }),
    )
    const ids = z.array(z.object({ eventId: z.string() })).parse(Items)
    const events = await Promise.all(ids.map(({ eventId }) => getEvent(eventId)))
    const last = z.object({ sk: z.string() }).safeParse(LastEvaluatedKey)
    return { events: events.filter((event) => event !== null), next: last.success ? last.data.sk : null }
  }

  function putEvent(
    event: EventRecord,
    { condition, ...guard }: { condition: string; ConditionExpression: string } & Record<string, unknown>,
    due = isPublic(event) ? nextClockChange(event, event.updatedAt) : null,
  ): NamedWrite {
    const Item = {
      ...eventAttributes(event),
      ...catalogKeys.event(event.id),
      ...(due ? catalogKeys.due(due, event.id) : {}),
    }
    return { condition, item: { Put: { TableName: tableName, Item, ...guard } } }
  }

  /** The items beside the event by which lists find it; what an earlier state had and this one has not is deleted. */
  function listingWrites(before: EventRecord | null, after: EventRecord): NamedWrite[] {
    const items = listingItems(after)
    const kept = new Set([...items, ...(isPublic(after) ? [pageRecordItem(after)] : [])].map(keyText))
    const stored = before ? storedKeys(before, after.updatedAt) : []
    const gone = stored.filter((item) => !kept.has(keyText(item)))
    const isStored = (key: { pk: string; sk: string }) => stored.some((item) => keyText(item) === keyText(key))
    return [
      ...(isPublic(after) ? [pageRecordWrite(tableName, after, isStored(catalogKeys.pageRecord(after.slug)))] : []),
      ...items.map((Item) => ({ condition: 'listing', item: { Put: { TableName: tableName, Item } } })),
      ...gone.map(({ pk, sk }) => ({
        condition: 'listing',
        item: { Delete: { TableName: tableName, Key: { pk, sk } } },
      })),
      ...(isPublic(after) ? [nameCity(after), ...nameLanguages(after)] : []),
      ...rubbishWrites(tableName, before?.picture, after.picture, after.updatedAt),
    ]
  }

  /** An address that an event takes must be free or its own; one that it gives up is free for others. */
  function addressWrites(before: EventRecord, after: EventRecord): NamedWrite[] {
    const [old, current] = [addressesOf(before), addressesOf(after)]
    const taken = current.filter((slug) => !old.includes(slug))
    const freed = old.filter((slug) => !current.includes(slug))
    return [
      ...taken.map((slug) => ({
        condition: 'slug_is_free',
        item: {
          Put: {
            TableName: tableName,
            Item: { ...catalogKeys.eventSlug(slug), eventId: after.id },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      })),
      ...freed.map((slug) => ({
        condition: 'listing',
        item: { Delete: { TableName: tableName, Key: catalogKeys.eventSlug(slug) } },
      })),
    ]
  }

  /** Cities are known for good: a page without events is better than a broken link. */
  const nameCity = ({ venue: { city, citySlug, country } }: EventRecord): NamedWrite => ({
    condition: 'listing',
    item: {
      Update: {
        TableName: tableName,
        Key: catalogKeys.city(citySlug),
        UpdateExpression:
          'SET slug = :slug, #name = if_not_exists(#name, :name), country = if_not_exists(country, :country)',
        ExpressionAttributeNames: { '#name': 'name' },
        ExpressionAttributeValues: { ':slug': citySlug, ':name': city, ':country': country },
      },
    },
  })

  /** Known for good too: whoever bought in a language has links to pages in it. */
  const nameLanguages = (event: EventRecord): NamedWrite[] =>
    languagesOf(event)
      .filter((language) => language !== siteLanguage)
      .map((language) => ({
        condition: 'listing',
        item: {
          Update: {
            TableName: tableName,
            Key: catalogKeys.language(language),
            UpdateExpression: 'SET slug = :language',
            ExpressionAttributeValues: { ':language': language },
          },
        },
      }))

  return {
    getEvent,
    getEventBySlug,
    createEvent,
    saveEvent,
    updateSaleState,
    updateOrganiser,
    deleteEvent,
    listOrganisationEvents,
    /** Events that the clock may have to move by `now`, the longest overdue first. */
    dueEventIds: (now: Instant) => dueEventIds(client, tableName, now),
  }
}

export type EventStore = ReturnType<typeof createEventStore>

/** What the state of sales follows from, beside the stock and the clock. */
const sellingTerms = ({ status, pools, ticketTypes, startsAt, endsAt }: EventRecord): string =>
  JSON.stringify([status, pools, ticketTypes, startsAt, endsAt])

const salesOf = ({ saleState, emptyPoolIds = [] }: EventRecord): PublicSales => ({ saleState, emptyPoolIds })

/** Nobody has edited the event since it was read, and sales have not moved what its page says. */
const unchangedSince = (event: EventRecord) => ({
  ConditionExpression:
    '#version = :version AND saleState = :saleState AND (attribute_not_exists(emptyPoolIds) OR emptyPoolIds = :empty)',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: {
    ':version': event.version,
    ':saleState': event.saleState,
    ':empty': event.emptyPoolIds ?? [],
  },
})
