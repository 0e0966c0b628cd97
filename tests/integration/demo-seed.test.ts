import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { languages } from '#domain/languages.ts'
import { languagesOf } from '#domain/translations.ts'
import { createFiles } from '#functions/gateways/files.ts'
import { createEventStore } from '#functions/store/events.ts'
import { createMemberStore } from '#functions/store/members.ts'
import { createOrganisationStore } from '#functions/store/organisations.ts'
import { createSiteReader } from '#functions/store/site-reader.ts'
import { createStockStore } from '#functions/store/stock.ts'
import { type RunningS3, startS3Server } from '#infra/local/s3/server.ts'
import { demoEvents } from '#infra/local/seed/index.ts'
import { makeDemoEvent } from '#infra/local/seed/make-event.ts'
import { programme } from '#infra/local/seed/programme/index.ts'
import { seedCatalog } from '#infra/local/seed/seed-catalog.ts'
import { seedPictures } from '#infra/local/seed/seed-pictures.ts'
import { startTestDynamoDb, type TestDynamoDb } from '#tests/support/dynamodb.ts'

const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' }
const now = '2027-02-28T22:50:00.000Z'

let dynamo: TestDynamoDb
let server: RunningS3
let folder: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'marquee-seed-'))
  server = await startS3Server({ port: 0, folder, region: 'us-east-1', buckets: ['site'], ...credentials })
  dynamo = await startTestDynamoDb()
})
afterAll(async () => {
  await server.close()
  await dynamo.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the demo is what a person would believe: organisers, cities, categories, currencies and every state', () => {
  const events = programme.map((event) => makeDemoEvent(event, now))
  const count = (values: readonly string[]) => new Set(values).size
  expect(events.length).toBeGreaterThanOrEqual(32)
  expect(count(events.map(({ slug }) => slug))).toBe(events.length)
  expect(count(events.map(({ venue }) => venue.citySlug))).toBeGreaterThanOrEqual(6)
  expect(count(events.map(({ category }) => category))).toBeGreaterThanOrEqual(8)
  expect(new Set(events.map(({ currency }) => currency))).toEqual(new Set(['EUR', 'GBP', 'USD', 'JPY', 'CHF']))
  expect(demoEvents.map(({ state }) => state).toSorted()).toEqual([
    'cancelled',
    'free',
    'nearly_sold_out',
    'not_yet',
    'on_sale',
    'past',
    'sold_out',
  ])
})

test('the demo is read in every language, and has a fee on top of a price and a start that was moved', () => {
  const events = programme.map((event) => makeDemoEvent(event, now))
  expect(new Set(events.flatMap(languagesOf))).toEqual(new Set(languages))
  for (const { translations = {}, ticketTypes } of events)
    for (const words of Object.values(translations))
      expect(Object.keys(words.ticketTypes)).toEqual(ticketTypes.map(({ id }) => id))
  expect(events.filter(({ fee }) => fee?.mode === 'added')).toHaveLength(1)
  const [moved, ...others] = events.filter(({ previousStarts }) => previousStarts)
  expect(others).toEqual([])
  expect(Date.parse(moved?.startsAt ?? '') - Date.parse(moved?.previousStarts?.[0] ?? '')).toBe(7 * 24 * 3_600_000)
})

test('the door of the event that is on sale is open at whatever hour the demo is made', () => {
  const [onSale] = programme.filter(({ state }) => state === 'on_sale')
  if (!onSale) throw new Error('no demo event is on sale')
  for (let hour = 0; hour < 48; hour++) {
    const at = Date.parse('2027-03-27T00:10:00Z') + hour * 3_600_000
    const wait = Date.parse(makeDemoEvent(onSale, new Date(at).toISOString()).startsAt) - at
    expect(wait).toBeGreaterThanOrEqual(3_600_000)
    expect(wait).toBeLessThan(20 * 3_600_000)
  }
})

test('a second seeding finds everything and leaves what was edited as it is', async () => {
  const client = DynamoDBDocumentClient.from(dynamo.client, { marshallOptions: { removeUndefinedValues: true } })
  const catalog = dynamo.tableName('catalog')
  const events = createEventStore(client, catalog)
  const stock = createStockStore(client, dynamo.tableName('sales'))
  const ports = {
    organisations: createOrganisationStore(client, catalog),
    members: createMemberStore(client, catalog),
    ...{ events, stock, now: () => now },
  }
  expect(await seedCatalog(ports)).toHaveLength(programme.length)
  const [card] = await createSiteReader(client, catalog).listing('city#tokyo', { from: now, limit: 1 })
  const before = await events.getEventBySlug(card?.slug ?? '')
  if (!before) throw new Error('no event in Tōkyō')
  await events.saveEvent(before, { ...before, name: 'Edited', version: before.version + 1 })

  expect(await seedCatalog({ ...ports, now: () => '2027-03-05T09:00:00.000Z' })).toEqual([])
  expect(await events.getEvent(before.id)).toMatchObject({ name: 'Edited', startsAt: before.startsAt })
  expect(await ports.members.roleOf(before.organisationId, 'owner.hoshizora@demo.marquee.test')).toBe('owner')
  const shards = await stock.readShards(before.pools)
  expect(shards.map(({ left }) => left)).toEqual(before.pools.map(({ capacity }) => capacity))
})

test('each event gets its pictures once, in the sizes that its page asks for', async () => {
  const s3 = new S3Client({ endpoint: server.url, region: 'us-east-1', forcePathStyle: true, credentials })
  const files = createFiles(s3, 'site')
  const [first, second] = programme
  if (!first || !second) throw new Error('the programme is empty')
  expect(await seedPictures(files, [first, second])).toBe(2)
  expect(await seedPictures(files, [first])).toBe(0)
  const { picture } = makeDemoEvent(first, now)
  const formats = { avif: 'heif', webp: 'webp', jpg: 'jpeg' }
  for (const width of picture?.widths ?? [])
    for (const [ending, format] of Object.entries(formats)) {
      const file = await files.readFile(`${picture?.base.slice(1)}-${width}.${ending}`)
      expect(await sharp(file ?? undefined).metadata()).toMatchObject({ format, width, height: width / 1.6 })
    }
  s3.destroy()
})
