import { bucketOf, pageBuckets } from '#domain/spread.ts'

/**
 * Every key of both tables. See docs/data-model.md.
 *
 * catalog: organisations, members, events (with their ticket types and pools), listing cards.
 * sales: stock shards, orders, tickets, scans, statistics.
 */
export const catalogKeys = {
  organisation: (organisationId: string) => ({ pk: `ORG#${organisationId}`, sk: 'ORG' }),
  organisationSlug: (slug: string) => ({ pk: `ORGSLUG#${slug}`, sk: 'ORGSLUG' }),
  /** That its new name or colour is on its way to its events. */
  rebranding: (organisationId: string) => ({ pk: `ORG#${organisationId}`, sk: 'REBRANDING' }),
  openRebranding: (startedAt: string, organisationId: string) => ({
    dueKey: 'REBRANDINGS',
    dueSort: `${startedAt}#${organisationId}`,
  }),
  member: (organisationId: string, email: string) => ({ pk: `ORG#${organisationId}`, sk: `MEMBER#${email}` }),
  membership: (email: string, organisationId: string) => ({ pk: `MEMBER#${email}`, sk: `ORG#${organisationId}` }),
  event: (eventId: string) => ({ pk: `EVENT#${eventId}`, sk: 'EVENT' }),
  eventSlug: (slug: string) => ({ pk: `SLUG#${slug}`, sk: 'SLUG' }),
  organisationEvent: (organisationId: string, startsAt: string, eventId: string) => ({
    pk: `ORG#${organisationId}`,
    sk: `EVENT#${startsAt}#${eventId}`,
  }),
  /** `facet` is a `Facet` of the domain's listings: `all`, `city#seville`, `organiser#SLUG`, `de/all` for what is offered in German. */
  card: (facet: string, startsAt: string, eventId: string) => ({ pk: `LIST#${facet}`, sk: `${startsAt}#${eventId}` }),
  /** All that the page of a public event is made of: a full publish reads those of a bucket in a row, in the order of the pages' keys in S3. */
  pageRecord: (slug: string) => ({ pk: pageRecordsKey(bucketOf(slug, pageBuckets)), sk: `${slug}/` }),
  city: (citySlug: string) => ({ pk: 'CITIES', sk: citySlug }),
  /** How far a part of the full publish has come. */
  publishing: (part: number | '') => ({ pk: 'PUBLISHING', sk: `FULL#${part}` }),
  /** That a page was looked at while it went on. */
  publishAgain: (part: number, path: string) => ({ pk: 'PUBLISHING', sk: `AGAIN#${part}#${path}` }),
  organiserIndex: (slug: string) => ({ pk: 'ORGANISERS', sk: slug }),
  /** Which share picture its page names. */
  share: (eventId: string) => ({ pk: `EVENT#${eventId}`, sk: 'SHARE' }),
  language: (language: string) => ({ pk: 'LANGUAGES', sk: language }),
  /** Which event or organisation shows the files of a picture, by their base: `/media/evt_…/upl_…`. */
  mediaUse: (base: string, ownerId: string) => ({ pk: `MEDIA#${base}`, sk: `USE#${ownerId}` }),
  /** That somebody has stopped to show them. */
  rubbish: (base: string) => ({ pk: `MEDIA#${base}`, sk: 'RUBBISH' }),
  dueRubbish: (at: string, base: string) => ({ dueKey: 'RUBBISH', dueSort: `${at}#${base}` }),
  /** Events that the clock may have to move, by the instant of the next move. */
  due: (at: string, eventId: string) => ({ dueKey: 'EVENTS', dueSort: `${at}#${eventId}` }),
} as const

export const salesKeys = {
  stock: (poolId: string, shard: number) => ({ pk: `POOL#${poolId}#${shard}`, sk: 'STOCK' }),
  order: (orderId: string) => ({ pk: `ORDER#${orderId}`, sk: 'ORDER' }),
  ticket: (ticketId: string) => ({ pk: `TICKET#${ticketId}`, sk: 'TICKET' }),
  scan: (eventId: string, scanId: string) => ({ pk: `SCAN#${eventId}#${scanId}`, sk: 'SCAN' }),
  statistics: (eventId: string, bucket: number) => ({ pk: `STATS#${eventId}#${bucket}`, sk: 'STATS' }),
  /** Sales of one day, in the event's zone, beside the bucket's other statistics: one query reads them all. */
  salesOfDay: (eventId: string, bucket: number, day: string) => ({
    pk: `STATS#${eventId}#${bucket}`,
    sk: `DAY#${day}`,
  }),
  /** A message to the buyer that must leave once. */
  message: (orderId: string, kind: string) => ({ pk: `ORDER#${orderId}`, sk: `MESSAGE#${kind}` }),
  /** A picture's file on its way. */
  upload: (uploadId: string) => ({ pk: `UPLOAD#${uploadId}`, sk: 'UPLOAD' }),
  /** Uploads that are waiting, by the instant from which nobody will read them. */
  staleUpload: (at: string, uploadId: string) => ({ dueKey: 'UPLOADS', dueSort: `${at}#${uploadId}` }),
  /** How many an organisation has begun on one day. */
  uploadsOf: (organisationId: string, day: string) => ({ pk: `UPLOADS#${organisationId}#${day}`, sk: 'UPLOADS' }),
  /** What a person's idempotency key was first used for. */
  request: (userId: string, key: string) => ({ pk: `REQUEST#${userId}#${key}`, sk: 'REQUEST' }),
  buyerLimit: (eventId: string, email: string) => ({ pk: `LIMIT#${eventId}#${email}`, sk: 'LIMIT' }),
  /** A discount code with the count of its uses: a partition of its own, since one code may carry a whole on-sale. */
  discountCode: (eventId: string, code: string) => ({ pk: `CODE#${eventId}#${code}`, sk: 'CODE' }),
  /** That an event has this code. */
  codeName: (eventId: string, code: string) => ({ pk: `CODES#${eventId}`, sk: code }),
  /** The line to the payment provider. */
  line: () => ({ pk: 'LINE', sk: 'LINE' }),
  /** An order's place in the line. */
  turn: (orderId: string) => ({ pk: `TURN#${orderId}`, sk: 'TURN' }),
  /** How many orders an address has sent in one minute, or a buyer at that address. */
  ordersOf: (who: string, minute: number) => ({ pk: `ORDERS#${who}#${minute}`, sk: 'ORDERS' }),
  /** How many codes an address has named in one minute, and how many of them nobody knew. */
  guesses: (address: string, minute: number) => ({ pk: `GUESSES#${address}#${minute}`, sk: 'GUESSES' }),
  /** `kind` ORDER, TICKET or SCAN; `bucket` spreads a busy event over partitions. */
  byEvent: (eventId: string, bucket: number, kind: 'ORDER' | 'TICKET' | 'SCAN', at: string, id: string) => ({
    eventKey: `EVENT#${eventId}#${bucket}`,
    eventSort: `${kind}#${at}#${id}`,
  }),
  byBuyer: (email: string, at: string, orderId: string) => ({
    buyerKey: `BUYER#${email}`,
    buyerSort: `${at}#${orderId}`,
  }),
  /** How far the end of a cancelled event's orders has come. */
  cancellation: (eventId: string) => ({ pk: `CANCELLATION#${eventId}`, sk: 'CANCELLATION' }),
  openCancellation: (startedAt: string, eventId: string) => ({
    dueKey: 'CANCELLATIONS',
    dueSort: `${startedAt}#${eventId}`,
  }),
  /** Orders the sweeper must look at, by the instant from which it must. */
  due: (bucket: number, at: string, orderId: string) => ({ dueKey: `DUE#${bucket}`, dueSort: `${at}#${orderId}` }),
} as const

/** The sweeper reads this many partitions; one alone would throttle when 100,000 holds end in a minute. */
export const dueBuckets = 8

/** An event's orders, tickets and statistics are spread over this many partitions; readers merge them. */
export const eventBuckets = 8

export const pageRecordsKey = (bucket: number): string => `PAGES#${bucket}`

/** The item of the catalog that is an event itself, in contrast to what stands beside it. */
export const isEventItem = (pk: string | undefined, sk: string | undefined): boolean =>
  sk === 'EVENT' && (pk?.startsWith('EVENT#') ?? false)
