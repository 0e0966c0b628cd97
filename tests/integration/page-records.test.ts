import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PageRecord } from '#contracts/site.ts'
import { bucketOf, pageBuckets } from '#domain/spread.ts'
import { app } from '#functions/organiser/routes.ts'
import { eventPages } from '#functions/publisher/wanted-pages.ts'
import { createEventStore } from '#functions/store/events.ts'
import { catalogKeys } from '#functions/store/keys.ts'
import { createPageRecordStore } from '#functions/store/page-records.ts'
import { makeSharePicture } from '#functions/usecases/make-share-picture.ts'
import { clock, dynamo, sharePorts, siteReader, tableNames } from '#functions/wiring.ts'
import { commandOn } from '#tests/support/command.ts'
import { type Desk, makeEvent, startDesk } from '#tests/support/desk.ts'
import { startTestS3, uploader } from '#tests/support/uploads.ts'

let desk: Desk
let s3: Awaited<ReturnType<typeof startTestS3>>
let owner: ReturnType<typeof uploader>

beforeAll(async () => {
  desk = await startDesk()
  s3 = await startTestS3(async () => {})
  owner = uploader(desk, app)
})
afterAll(async () => {
  await s3.close()
  await desk.close()
})

const bucketOfPage = (slug: string) => bucketOf(slug, pageBuckets)

async function recordOf(slug: string): Promise<PageRecord | null> {
  for await (const record of siteReader().pageRecords(bucketOfPage(slug), `${slug}/`))
    return record.slug === slug ? record : null
  return null
}

/** What a full publish reads in a row of the event at this address is what everybody else reads; with its share picture or without. */
async function expectRecord(slug: string, has: 'share' | 'no share'): Promise<void> {
  const [record, event] = [await recordOf(slug), await siteReader().eventBySlug(slug)]
  if (!event) throw new Error(`${slug} is gone`)
  expect(record?.event()).toEqual(event)
  expect([record?.eventId, record?.languages]).toEqual([event.id, ['en', ...Object.keys(event.translations ?? {})]])
  expect(record?.share).toBe(has === 'share' ? await siteReader().sharePicture(event.id) : undefined)
}

const change = async (method: string, path: string, body: object, step = '') => {
  const { status, text, json } = await owner.call(method, path + step, body)
  if (status !== 200) throw new Error(text)
  return json.event
}

test('an event stands in its bucket with its share picture, and follows each change', async () => {
  const { id, path, event } = await makeEvent(desk, app)
  await expectRecord(event.slug, 'no share')
  await makeSharePicture(sharePorts(), id)
  await expectRecord(event.slug, 'share')

  const de = { name: 'Ein Name', summary: '', description: '', accessibility: '', ticketTypes: {} }
  await change('PATCH', path, { version: 4, name: 'Another name', description: 'Other words', translations: { de } })
  await expectRecord(event.slug, 'share')
  await makeSharePicture(sharePorts(), id)
  await expectRecord(event.slug, 'share')

  const store = createEventStore(dynamo(), tableNames().catalog)
  const current = async () => (await store.getEvent(id)) ?? expect.fail('it is gone')
  expect(await store.updateSaleState(await current(), { saleState: 'low', emptyPoolIds: [] }, clock.now())).toBe(true)
  await expectRecord(event.slug, 'share')
  expect(
    await store.updateOrganiser(await current(), { ...(await current()).organiser, name: 'Later' }, clock.now()),
  ).toBe(true)
  await expectRecord(event.slug, 'share')
  await change('POST', `${path}/cancel`, { version: 5 })
  await expectRecord(event.slug, 'share')
})

test('at a new address it is found, at the old one nothing is; a picture that is made later is found with it', async () => {
  const { id, path, event } = await makeEvent(desk, app)
  await makeSharePicture(sharePorts(), id)
  const moved = await change('PUT', `${path}/address`, { version: 4, slug: `moved-${event.slug}` })
  expect(await recordOf(event.slug)).toBeNull()
  await expectRecord(moved.slug, 'no share')
  await change('PATCH', path, { version: 5, name: 'So that there is another picture' })
  await makeSharePicture(sharePorts(), id)
  await expectRecord(moved.slug, 'share')
})

test('drafts and what nobody knows are not found, nor what has a picture alone', async () => {
  const draft = await makeEvent(desk, app, { publish: false })
  expect([await recordOf(draft.event.slug), await recordOf('nobody-knows')]).toEqual([null, null])
  const { id, event } = await makeEvent(desk, app)
  await dynamo().send(
    new DeleteCommand({ TableName: tableNames().catalog, Key: catalogKeys.pageRecord(String(event.slug)) }),
  )
  await makeSharePicture(sharePorts(), id)
  expect(await recordOf(event.slug)).toBeNull()
})

const run = () => commandOn(desk.database, 'pages')
const itemOf = async (slug: string) =>
  (await dynamo().send(new GetCommand({ TableName: tableNames().catalog, Key: catalogKeys.pageRecord(slug) }))).Item

test('what a version without these items has left is made right: too old, missing, of an address that is nobody’s', async () => {
  const made = []
  for (let at = 0; at < 4; at++) made.push(await makeEvent(desk, app))
  const [old, missing, moved, withdrawn] = made
  if (!old || !missing || !moved || !withdrawn) throw new Error('nothing was made')
  await makeSharePicture(sharePorts(), old.id)
  const before = new Map<string, Record<string, unknown> | undefined>()
  for (const { event } of [old, moved, withdrawn]) before.set(event.slug, await itemOf(event.slug))
  await change('PATCH', old.path, { version: 4, name: 'Another name' })
  await makeSharePicture(sharePorts(), old.id)
  const later = await change('PUT', moved.path, { version: 4, slug: `later-${moved.event.slug}` }, '/address')
  await change('POST', withdrawn.path, { version: 4 }, '/withdraw')
  for (const Item of before.values()) await dynamo().send(new PutCommand({ TableName: tableNames().catalog, Item }))
  await dynamo().send(
    new DeleteCommand({ TableName: tableNames().catalog, Key: catalogKeys.pageRecord(missing.event.slug) }),
  )
  expect(await recordOf(withdrawn.event.slug)).not.toBeNull()

  expect((await run()).output).toMatch(
    /^✓ Of events' pages \d+ were written, 2 deleted, \d+ were right. Publish everything/,
  )
  await expectRecord(old.event.slug, 'share')
  await expectRecord(missing.event.slug, 'no share')
  await expectRecord(later.slug, 'no share')
  expect([await recordOf(moved.event.slug), await recordOf(withdrawn.event.slug)]).toEqual([null, null])
  expect((await run()).output).toMatch(/ 0 were written, 0 deleted, \d+ were right\.\n$/)
})

test.each([
  ['stays as it is', false],
  ['is lost where the event may be another one by then: this test can fail', true],
])('what an edit writes meanwhile %s', async (_, isBlind) => {
  const { path, event } = await makeEvent(desk, app)
  await dynamo().send(new DeleteCommand({ TableName: tableNames().catalog, Key: catalogKeys.pageRecord(event.slug) }))
  let isEdited = false
  const send = async (command: TransactWriteCommand) => {
    if (!(command instanceof TransactWriteCommand)) return dynamo().send(command)
    if (!isEdited) await change('PATCH', path, { version: 4, name: 'Edited meanwhile' })
    isEdited = true
    const TransactItems = command.input.TransactItems?.filter(({ ConditionCheck }) => !isBlind || !ConditionCheck)
    return dynamo().send(new TransactWriteCommand({ ...command.input, TransactItems }))
  }
  const client: DynamoDBDocumentClient = Object.create(dynamo(), { send: { value: send } })
  await createPageRecordStore(client, tableNames().catalog).repair(siteReader())
  expect((await recordOf(event.slug))?.event()?.name === 'Edited meanwhile').toBe(!isBlind)
})

test('the pages of a bucket come in the order of their keys, from any of them on, in each language by itself', async () => {
  const de = { name: 'Ein Name', summary: '', description: '', accessibility: '', ticketTypes: {} }
  for (const name of ['Order', 'Order on', 'Order 2', 'Orderly'])
    await makeEvent(desk, app, { changes: { name, ...(name === 'Order 2' && { translations: { de } }) } })
  const keys: string[] = []
  for (let bucket = 0; bucket < pageBuckets; bucket++) {
    const inBucket: string[] = []
    for await (const { key } of eventPages(siteReader(), bucket, '')) inBucket.push(key)
    expect(inBucket).toEqual(inBucket.toSorted())
    for (const [at, after] of inBucket.entries()) {
      const rest: string[] = []
      for await (const { key } of eventPages(siteReader(), bucket, after)) rest.push(key)
      expect(rest).toEqual(inBucket.slice(at + 1))
    }
    keys.push(...inBucket)
  }
  const places = keys.filter((key) => key.includes('/order')).map((key) => key.replace(/(order-?\w*).*/, '$1'))
  expect(places.toSorted()).toEqual(expect.arrayContaining(['de/events/order-2', 'events/order-2', 'events/orderly']))
  expect(new Set(keys).size).toBe(keys.length)
})
