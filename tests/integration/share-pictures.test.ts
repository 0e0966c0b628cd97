import { GetCommand } from '@aws-sdk/lib-dynamodb'
import type { DynamoDBRecord } from 'aws-lambda'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '#functions/organiser/routes.ts'
import { handler as readUpload } from '#functions/pictures/index.ts'
import { affectedPaths } from '#functions/publisher/affected-paths.ts'
import { changeOf } from '#functions/publisher/stream-changes.ts'
import { handler } from '#functions/sharing/index.ts'
import { catalogKeys } from '#functions/store/keys.ts'
import { sharePages } from '#functions/store/share-pictures.ts'
import { makeAllSharePictures } from '#functions/usecases/make-all-share-pictures.ts'
import { makeSharePicture, type SharePorts } from '#functions/usecases/make-share-picture.ts'
import { removeUnusedPictures } from '#functions/usecases/remove-pictures.ts'
import { clock, dynamo, rubbishPorts, sharePorts, siteFiles, siteReader, tableNames } from '#functions/wiring.ts'
import { type Desk, makeEvent, newId, startDesk } from '#tests/support/desk.ts'
import { drawing } from '#tests/support/pictures.ts'
import { startTestS3, uploader } from '#tests/support/uploads.ts'

let desk: Desk
let s3: Awaited<ReturnType<typeof startTestS3>>
let owner: ReturnType<typeof uploader>

beforeAll(async () => {
  desk = await startDesk()
  s3 = await startTestS3(readUpload)
  owner = uploader(desk, app)
})
afterAll(async () => {
  await s3.close()
  await desk.close()
})

const make = (eventId: string) => makeSharePicture(sharePorts(), eventId)
const named = (eventId: string) => siteReader().sharePicture(eventId)
const isThere = async (path: string | null) => path !== null && (await siteFiles().readHead(path.slice(1))) !== null
const edit = async (path: string, version: number, changes: object) => {
  const { status, text } = await owner.call('PATCH', path, { version, ...changes })
  if (status !== 200) throw new Error(text)
}

test('one picture for ten edits that it does not show, another on a rename, and the old one goes', async () => {
  const { id, path } = await makeEvent(desk, app)
  expect(await make(id)).toBe(true)
  const first = await named(id)
  expect(await sharp((await siteFiles().readFile(first?.slice(1) ?? '')) ?? undefined).metadata()).toMatchObject({
    format: 'jpeg',
    width: 1200,
    height: 630,
  })
  for (let at = 0; at < 10; at++) {
    await edit(path, 4 + at, { summary: `Edit ${at}`, description: `Long ${at}`, showsRemaining: at % 2 === 0 })
    expect(await make(id)).toBe(false)
  }
  expect(await named(id)).toBe(first)

  await edit(path, 14, { name: 'Another name' })
  expect(await make(id)).toBe(true)
  const second = await named(id)
  expect(second).not.toBe(first)
  expect([await isThere(first), await isThere(second)]).toEqual([true, true])
  const inAnHour = () => new Date(Date.now() + 3_601_000).toISOString()
  expect(await removeUnusedPictures({ ...rubbishPorts(), now: inAnHour }, Date.now() + 60_000)).toBe(1)
  expect([await isThere(first), await isThere(second)]).toEqual([false, true])
})

test('a new start, place, poster and a cancellation each make another picture', async () => {
  const { id, path } = await makeEvent(desk, app)
  const seen = new Set<string | null>()
  const note = async () => {
    expect(await make(id)).toBe(true)
    seen.add(await named(id))
  }
  await note()
  await edit(path, 4, { endsAt: new Date(Date.now() + 90 * 3_600_000).toISOString() })
  await note()
  await owner.send(`${path}/picture-uploads`, await drawing(800, 600).png().toBuffer())
  await note()
  await owner.call('POST', `${path}/cancel`, { version: 6 })
  await note()
  expect(seen.size).toBe(4)
})

test('a draft and an event that does not exist have none', async () => {
  const { id } = await makeEvent(desk, app, { publish: false })
  expect([await make(id), await named(id), await make(newId('evt'))]).toEqual([false, null, false])
})

/** Names that were written down while their file was not there. */
function watched(ports: SharePorts): { ports: SharePorts; early: string[] } {
  const early: string[] = []
  const saveShare: SharePorts['saveShare'] = async (event, before, after) => {
    if (!(await isThere(after.path))) early.push(after.path)
    return ports.saveShare(event, before, after)
  }
  return { ports: { ...ports, saveShare }, early }
}

test('makers that race with renames never name a file that is not there, and the newest name wins', async () => {
  const { id, path } = await makeEvent(desk, app)
  const { ports, early } = watched(sharePorts())
  const renames = (async () => {
    for (let at = 0; at < 6; at++) await edit(path, 4 + at, { name: at % 2 === 0 ? 'Twin name' : `Name ${at}` })
  })()
  await Promise.all([renames, ...Array.from({ length: 8 }, () => makeSharePicture(ports, id).catch(() => false))])
  await makeSharePicture(ports, id)
  expect(early).toEqual([])
  expect(await make(id)).toBe(false)
  expect(await isThere(await named(id))).toBe(true)
})

test('a maker that names a file before it writes it is noticed', async () => {
  const { id } = await makeEvent(desk, app)
  const { ports, early } = watched({ ...sharePorts(), publish: async () => true })
  await makeSharePicture(ports, id)
  expect(early).toHaveLength(1)
})

test('an event that gets another address while its picture is drawn has the picture on its new page', async () => {
  const { id, path } = await makeEvent(desk, app)
  await make(id)
  await edit(path, 4, { name: 'Drawn slowly' })
  const base = sharePorts()
  let drawn = 0
  const draw: SharePorts['draw'] = async (...print) => {
    if (drawn++ === 0) await owner.call('PUT', `${path}/address`, { version: 5, slug: 'drawn-slowly' })
    return base.draw(...print)
  }
  expect(await makeSharePicture({ ...base, draw }, id)).toBe(true)
  const { Item } = await dynamo().send(
    new GetCommand({ TableName: tableNames().catalog, Key: catalogKeys.share(id), ConsistentRead: true }),
  )
  expect(sharePages(Item)).toEqual(['/events/drawn-slowly/'])
  expect(await isThere(await named(id))).toBe(true)
})

const record = (pk: string, sk: string): DynamoDBRecord => ({
  eventName: 'MODIFY',
  dynamodb: { Keys: { pk: { S: pk }, sk: { S: sk } }, NewImage: { pk: { S: pk } }, SequenceNumber: `${pk}/${sk}` },
})
const context = { getRemainingTimeInMillis: () => 60_000 }

test('the catalog’s stream makes each event’s picture once a batch, and names what failed', async () => {
  const { id } = await makeEvent(desk, app)
  const event = record(`EVENT#${id}`, 'EVENT')
  const others = [record(`EVENT#${id}`, 'SHARE'), record('LIST#all', 'x'), record('CITIES', 'sevilla')]
  expect(await handler({ Records: [event, event, ...others] }, context)).toEqual({ batchItemFailures: [] })
  expect(await isThere(await named(id))).toBe(true)
})

test('its name, once written down, publishes the event’s page and no other', async () => {
  const { id, event } = await makeEvent(desk, app)
  const image = { hash: { S: 'x' }, path: { S: '/media/x' }, pages: { L: [{ S: `/events/${event.slug}/` }] } }
  const change = changeOf({
    dynamodb: { Keys: { pk: { S: `EVENT#${id}` }, sk: { S: 'SHARE' } }, NewImage: image },
  })
  if (!change) throw new Error('the publisher does not know it')
  expect(await affectedPaths(change, siteReader(), clock.now())).toEqual([`/events/${event.slug}/`])
})

test('all pictures are made anew in slices, each going on where the last one stopped', async () => {
  const events = [await makeEvent(desk, app), await makeEvent(desk, app), await makeEvent(desk, app)]
  const base = sharePorts()
  let calls = 0
  const ports = { ...base, nowMs: () => (++calls > 2 ? 100 : 0) }
  const slice = await makeAllSharePictures(ports, clock.now(), 50)
  expect(slice.next).not.toBeNull()
  const rest = await makeAllSharePictures(base, slice.next ?? '', Number.POSITIVE_INFINITY)
  expect(rest.next).toBeNull()
  for (const { id } of events) expect(await isThere(await named(id))).toBe(true)
})
