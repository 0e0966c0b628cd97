import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Picture } from '#domain/catalog.ts'
import { app } from '#functions/organiser/routes.ts'
import { handler } from '#functions/pictures/index.ts'
import { endStaleUploads } from '#functions/usecases/end-stale-uploads.ts'
import { type ProcessUploadPorts, processUpload } from '#functions/usecases/process-upload.ts'
import { removeUnusedPictures } from '#functions/usecases/remove-pictures.ts'
import {
  dynamo,
  eventStore,
  organisationStore,
  privateFiles,
  processUploadPorts,
  rubbishPorts,
  siteFiles,
  staleUploadPorts,
  uploadRequestPorts,
  uploadStore,
} from '#functions/wiring.ts'
import { objectCreated } from '#infra/local/s3/announcements.ts'
import { type Desk, makeEvent, newId, newKey, startDesk } from '#tests/support/desk.ts'
import { drawing, hostileFiles, photoWithSecrets } from '#tests/support/pictures.ts'
import { guards, unguarded } from '#tests/support/unguarded-client.ts'
import { post, startTestS3, uploader } from '#tests/support/uploads.ts'

let desk: Desk
let s3: Awaited<ReturnType<typeof startTestS3>>
let owner: ReturnType<typeof uploader>
let plain: Uint8Array

beforeAll(async () => {
  desk = await startDesk()
  s3 = await startTestS3(handler)
  owner = uploader(desk, app)
  plain = await drawing(800, 600).png().toBuffer()
})
afterAll(async () => {
  await s3.close()
  await desk.close()
})

async function keysOf(files: { listKeys: (prefix?: string) => AsyncIterable<string> }, prefix: string) {
  const keys: string[] = []
  for await (const key of files.listKeys(prefix)) keys.push(key)
  return keys
}
const shown = async (eventId: string) => (await eventStore().getEvent(eventId))?.picture ?? null
const uploadsOf = (path: string) => `${path}/picture-uploads`
const onSite = ({ base }: Picture) => keysOf(siteFiles(), base.slice(1))
const inAnHour = () => new Date(Date.now() + 3_601_000).toISOString()
const sweep = (now: string, deadlineMs = Date.now() + 60_000) =>
  removeUnusedPictures({ ...rubbishPorts(), now: () => now }, deadlineMs)

test('a photo that an organiser sends is shown with the event, and nothing is left of the file itself', async () => {
  const { id, path, event } = await makeEvent(desk, app)
  const photo = await photoWithSecrets()
  const focus = { x: 70, y: 25 }
  expect(await owner.send(uploadsOf(path), photo, { contentType: 'image/jpeg', focus })).toBe('done')

  const after = await eventStore().getEvent(id)
  expect(after).toMatchObject({ version: event.version + 1, picture: { alt: 'A mill by the river', focus } })
  const { picture } = after ?? {}
  if (!picture) throw new Error('there is no picture')
  expect(picture.base).toMatch(new RegExp(`^/media/${id}/upl_`))
  expect((await onSite(picture)).toSorted()).toEqual(
    picture.widths
      .flatMap((width) => ['avif', 'jpg', 'webp'].map((type) => `${picture.base.slice(1)}-${width}.${type}`))
      .toSorted(),
  )
  const served = await fetchFromSite(`${picture.base.slice(1)}-480.avif`)
  expect(served).toMatchObject({ type: 'image/avif', caching: 'public, max-age=31536000, immutable' })
  expect((await sharp(served.body).metadata()).exif).toBeUndefined()
  expect(await keysOf(privateFiles(), 'uploads/')).toEqual([])
})

async function fetchFromSite(key: string) {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3')
  const { s3: client } = await import('#functions/wiring.ts')
  const object = await client().send(new GetObjectCommand({ Bucket: 'site', Key: key }))
  const body = (await object.Body?.transformToByteArray()) ?? new Uint8Array()
  return { type: object.ContentType, caching: object.CacheControl, body }
}

test('what has no focal point gets the one that draws the eye', async () => {
  const { id, path } = await makeEvent(desk, app)
  expect(await owner.send(uploadsOf(path), await drawing(1600, 800).png().toBuffer())).toBe('done')
  const { focus } = (await shown(id)) ?? {}
  expect(focus?.x).toBeGreaterThan(65)
})

describe('a file that is no picture is refused with its reason, nothing of it is public, and the event stays as it is', () => {
  test.each(hostileFiles)('$name', async ({ make, reason, type }) => {
    const { id, path, event } = await makeEvent(desk, app, { publish: false })
    expect(await owner.send(uploadsOf(path), await make(), { contentType: type })).toBe(reason)
    expect(await eventStore().getEvent(id)).toMatchObject({ version: event.version, picture: null })
    expect(await keysOf(siteFiles(), `media/${id}`)).toEqual([])
    expect(await keysOf(privateFiles(), 'uploads/')).toEqual([])
  })
})

test('storage takes no file without bytes, none too large, of another type, under another key, or late', async () => {
  const { path } = await makeEvent(desk, app, { publish: false })
  const { form } = (await owner.ask(uploadsOf(path))).json
  const { key } = form.fields
  expect(await post(form, new Uint8Array())).toBe('400 EntityTooSmall')
  expect(await post(form, new Uint8Array(20_000_001))).toBe('400 EntityTooLarge')
  expect(await post(form, plain, { 'Content-Type': 'text/html' })).toBe('403 AccessDenied')
  expect(await post(form, plain, { key: key.replace(/upl_.*/, newId('upl')) })).toBe('403 AccessDenied')
  expect(await post(form, plain, { key: key.replace(desk.organisation.id, desk.other.id) })).toBe('403 AccessDenied')
  expect(await post(form, plain, { 'Cache-Control': 'max-age=1' })).toBe('403 AccessDenied')
  expect(await post(form, plain, { 'X-Amz-Signature': '0'.repeat(64) })).toBe('403 SignatureDoesNotMatch')
  const policy = JSON.parse(Buffer.from(form.fields.Policy, 'base64').toString())
  const stretched = Buffer.from(JSON.stringify({ ...policy, expiration: inAnHour() })).toString('base64')
  expect(await post(form, plain, { Policy: stretched })).toBe('403 SignatureDoesNotMatch')
  expect(Date.parse(policy.expiration) - Date.now()).toBeLessThanOrEqual(300_000)
  expect(policy.conditions).toContainEqual(['content-length-range', 1, 20_000_000])
  expect(policy.conditions).toContainEqual({ key })
})

test('a request without words for those who cannot see, for too much, or for another type is refused', async () => {
  const { path } = await makeEvent(desk, app, { publish: false })
  const bad = [
    { alt: '' },
    { alt: ' \u200b ' },
    { alt: 'x'.repeat(301) },
    { bytes: 0 },
    { bytes: 100_000_000 },
    { contentType: 'image/svg+xml' },
    { contentType: 'image/gif' },
    { focus: { x: 101, y: 0 } },
    { key: 'uploads/mine' },
  ]
  for (const body of bad) {
    const { status } = await owner.ask(uploadsOf(path), body)
    expect([body, status]).toEqual([body, 422])
  }
})

test('a repeated request answers the same upload, and another under its key is refused', async () => {
  const { path } = await makeEvent(desk, app, { publish: false })
  const key = newKey()
  const [first, again, other] = [
    await owner.ask(uploadsOf(path), {}, key),
    await owner.ask(uploadsOf(path), {}, key),
    await owner.ask(uploadsOf(path), { alt: 'Another' }, key),
  ]
  expect([first.status, again.status]).toEqual([201, 201])
  expect(again.json.upload).toEqual(first.json.upload)
  expect([other.status, other.json.code]).toEqual([409, 'idempotency_key_reused'])
})

test('another organisation sees nothing of an upload, and cannot begin one', async () => {
  const stranger = uploader(desk, app, 'otherOwner')
  const door = uploader(desk, app, 'door')
  const mine = await makeEvent(desk, app, { publish: false })
  const { upload } = (await owner.ask(uploadsOf(mine.path))).json
  expect((await stranger.ask(uploadsOf(mine.path))).json.code).toBe('not_found')
  expect((await door.ask(uploadsOf(mine.path))).json.code).toBe('forbidden')
  expect((await stranger.call('GET', `${uploadsOf(mine.path)}/${upload.id}`)).status).toBe(404)
  const logos = `/api/organiser/organisations/${desk.other.id}/logo-uploads`
  expect((await stranger.call('GET', `${logos}/${upload.id}`)).status).toBe(404)
  const another = await makeEvent(desk, app, { publish: false })
  expect((await owner.call('GET', `${uploadsOf(another.path)}/${upload.id}`)).status).toBe(404)
})

test('a key that was never signed for is removed and read by nobody', async () => {
  const { id, path } = await makeEvent(desk, app, { publish: false })
  const { upload } = (await owner.ask(uploadsOf(path))).json
  const foreign = `uploads/${desk.other.id}/${upload.id}`
  await privateFiles().putFile(foreign, { body: plain, contentType: 'image/png' })
  await expect.poll(() => keysOf(privateFiles(), 'uploads/')).toEqual([])
  expect(await shown(id)).toBeNull()
  expect(await uploadStore().getUpload(upload.id)).toMatchObject({ state: 'waiting' })
})

test('an upload that is announced twice, and at once, is shown once', async () => {
  const { id, path, event } = await makeEvent(desk, app)
  const { upload, form } = (await owner.ask(uploadsOf(path))).json
  const twin = { bucket: 'files', key: form.fields.key, size: 1, etag: '"x"', how: 'Post', at: Date.now() } as const
  await post(form, plain)
  await Promise.allSettled([handler(objectCreated(twin)), handler(objectCreated(twin))])
  expect(await owner.outcome(uploadsOf(path), upload.id)).toBe('done')
  await handler(objectCreated(twin))
  const after = await eventStore().getEvent(id)
  expect(after?.version).toBe(event.version + 1)
  expect(await onSite(after?.picture ?? { base: '/none', ...noPicture })).not.toEqual([])
})
const noPicture = { widths: [], aspectRatio: 1, alt: '', colour: '' }
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64url')

/** While one file becomes a picture, the same form brings another one; answers whether every file of the picture is of one original. */
async function sendTwo(path: string, id: string): Promise<boolean> {
  const { form } = (await owner.ask(uploadsOf(path))).json
  const { key } = form.fields
  const other = await drawing(900, 500).png().toBuffer()
  const ports = processUploadPorts()
  const encode: typeof ports.encode = async (...file) => {
    await processUpload({ ...ports, originals: originalsOf(other) }, key)
    return ports.encode(...file)
  }
  await processUpload({ ...ports, originals: originalsOf(plain), encode }, key)
  const picture = await shown(id)
  if (!picture) throw new Error('there is no picture')
  const sizes = await Promise.all(
    (await onSite(picture)).map(async (file) => sharp((await fetchFromSite(file)).body).metadata()),
  )
  return sizes.every(({ width, height }) => Math.abs(width / height - picture.aspectRatio) < 0.02)
}
const originalsOf = (body: Uint8Array): ProcessUploadPorts['originals'] => ({
  sizeOf: async () => body.length,
  read: async () => body,
  remove: async () => {},
})

test('a form that is sent again with another file changes nothing of the picture that comes of the first', async () => {
  const { id, path, event } = await makeEvent(desk, app)
  expect(await sendTwo(path, id)).toBe(true)
  expect((await eventStore().getEvent(id))?.version).toBe(event.version + 1)
  expect((await shown(id))?.widths.at(-1)).toBe(800)
})

test('negative control: without the condition on the original, files of both get mixed', async () => {
  const { id, path } = await makeEvent(desk, app)
  expect(await unguarded(dynamo(), [guards.originalIsTheFirst], () => sendTwo(path, id))).toBe(false)
})

test('an attempt that died half way is made again with the same file, and brought to its end', async () => {
  const { id, path } = await makeEvent(desk, app)
  const { upload, form } = (await owner.ask(uploadsOf(path))).json
  const { publish } = processUploadPorts()
  let left = 2
  const dying = async (...file: Parameters<typeof publish>) => {
    if (left-- === 0) throw new Error('killed')
    return publish(...file)
  }
  const ports = { ...processUploadPorts(), originals: originalsOf(plain) }
  await expect(processUpload({ ...ports, publish: dying }, form.fields.key)).rejects.toThrow('killed')
  await processUpload(ports, form.fields.key)
  expect(await owner.outcome(uploadsOf(path), upload.id)).toBe('done')
  const picture = await shown(id)
  expect(await onSite(picture ?? { base: '/none', ...noPicture })).toHaveLength((picture?.widths.length ?? 0) * 3)
})

test('of two uploads the one that was begun later stays, though it is read first', async () => {
  const { id, path } = await makeEvent(desk, app)
  const [first, second] = [(await owner.ask(uploadsOf(path))).json, (await owner.ask(uploadsOf(path))).json]
  await post(second.form, plain)
  expect(await owner.outcome(uploadsOf(path), second.upload.id)).toBe('done')
  await post(first.form, plain)
  expect(await owner.outcome(uploadsOf(path), first.upload.id)).toBe('replaced_meanwhile')
  expect((await shown(id))?.base).toContain(second.upload.id)
  const ofFirst = `media/${id}/${first.upload.id}`
  expect(await keysOf(siteFiles(), ofFirst)).not.toEqual([])
  await sweep(inAnHour())
  expect(await keysOf(siteFiles(), ofFirst)).toEqual([])
  expect(await onSite((await shown(id)) ?? { base: '/none', ...noPicture })).not.toEqual([])
})

test('edits that race with a picture lose nothing: all of them and the picture are in the event', async () => {
  const { id, path } = await makeEvent(desk, app)
  const sending = owner.send(uploadsOf(path), plain)
  let edits = 0
  let isRead = false
  void sending.finally(() => {
    isRead = true
  })
  while (!isRead) {
    const version = (await eventStore().getEvent(id))?.version
    const { status } = await owner.call('PATCH', path, { version, summary: `Edit ${edits + 1}` })
    if (status === 200) edits++
    else expect(status).toBe(409)
  }
  expect(await sending).toBe('done')
  expect(await eventStore().getEvent(id)).toMatchObject({ version: 4 + edits + 1, summary: `Edit ${edits}` })
  expect(await shown(id)).not.toBeNull()
})

test('a file that nobody could read to its end three times is given up', async () => {
  const { path } = await makeEvent(desk, app)
  const { upload, form } = (await owner.ask(uploadsOf(path))).json
  for (let crash = 0; crash < 3; crash++) await uploadStore().attempt(upload.id, sha256(plain))
  await post(form, plain)
  expect(await owner.outcome(uploadsOf(path), upload.id)).toBe('too_slow')
})

test('an upload that killed its reader three times ends with a reason, and so does one whose file never came', async () => {
  const { path } = await makeEvent(desk, app)
  const begun = async () => (await owner.ask(uploadsOf(path))).json.upload.id
  const [killed, unsent, fresh] = [await begun(), await begun(), await begun()]
  for (let crash = 0; crash < 3; crash++) await uploadStore().attempt(killed, sha256(plain))
  const sweepUploads = (minutes: number, deadlineMs = Date.now() + 60_000) => {
    const now = new Date(Date.now() + minutes * 60_000).toISOString()
    return endStaleUploads({ ...staleUploadPorts(), now: () => now }, deadlineMs)
  }
  await sweepUploads(14)
  await sweepUploads(21, Date.now() - 1)
  for (const id of [killed, unsent]) expect(await uploadStore().getUpload(id)).toMatchObject({ state: 'waiting' })
  await uploadStore().settle(fresh, 'done')
  expect(await sweepUploads(21)).toBeGreaterThanOrEqual(2)
  expect(await owner.outcome(uploadsOf(path), killed)).toBe('too_slow')
  expect(await owner.outcome(uploadsOf(path), unsent)).toBe('not_sent')
  expect(await owner.outcome(uploadsOf(path), fresh)).toBe('done')
  expect(await sweepUploads(21)).toBe(0)
})

test('an organisation begins so many uploads in a day, whoever races, and another goes on', async () => {
  const day = '2031-05-05T'
  const begin = (organisationId: string, at: string, id: string = newId('upl')) =>
    uploadStore().begin(
      { id, organisationId, eventId: null, alt: 'A', focus: null, state: 'waiting', attempts: 0, createdAt: day + at },
      5,
    )
  const { organisation, other } = desk
  const raced = await Promise.all(Array.from({ length: 12 }, () => begin(organisation.id, '10:00:00.000Z')))
  expect(raced.filter((upload) => upload !== 'too_many')).toHaveLength(5)
  expect(await begin(other.id, '10:00:00.000Z')).toMatchObject({ state: 'waiting' })
  const repeated = raced.find((upload) => upload !== 'too_many')
  if (!repeated) throw new Error('nobody began')
  expect(await begin(organisation.id, '23:59:59.999Z', repeated.id)).toEqual(repeated)
  expect(await begin(organisation.id, '23:59:59.999Z')).toBe('too_many')
})

test('whoever has sent as much as he may is told so', async () => {
  const { path } = await makeEvent(desk, app, { publish: false })
  vi.spyOn(uploadRequestPorts(), 'begin').mockResolvedValueOnce('too_many')
  const { status, json } = await owner.ask(uploadsOf(path))
  expect([status, json.code]).toEqual([429, 'too_many_uploads'])
})

test('words and focal point change without another upload; a cancelled event keeps what it has', async () => {
  const { id, path } = await makeEvent(desk, app)
  const put = (version: number, picture: object | null) => owner.call('PUT', `${path}/picture`, { version, picture })
  const words = { alt: 'The mill at night', focus: { x: 1, y: 99 } }
  expect((await put(4, words)).json).toMatchObject({ code: 'invalid_request', errors: [{ field: 'picture' }] })
  expect(await owner.send(uploadsOf(path), plain)).toBe('done')
  expect((await put(4, words)).json.code).toBe('stale_version')
  expect((await put(5, words)).json.event).toMatchObject({ version: 6, picture: words })
  expect((await put(6, { ...words, base: '/elsewhere' })).status).toBe(422)
  await owner.call('POST', `${path}/cancel`, { version: 6 })
  expect((await put(7, null)).json.code).toBe('wrong_status')
  expect((await owner.ask(uploadsOf(path))).json.code).toBe('wrong_status')
  expect(await shown(id)).toMatchObject(words)
})

test('files of a picture that nobody shows any more are removed after an hour, those of a copy are not', async () => {
  const { id, path } = await makeEvent(desk, app)
  expect(await owner.send(uploadsOf(path), plain)).toBe('done')
  const first = await shown(id)
  if (!first) throw new Error('there is no picture')
  const copied = await owner.call('POST', `${path}/duplicate`, undefined, { 'idempotency-key': newKey() })
  expect(copied.json.event.picture.base).toBe(first.base)

  expect(await owner.send(uploadsOf(path), plain)).toBe('done')
  const second = await shown(id)
  if (!second) throw new Error('there is no second picture')
  expect(await sweep(inAnHour())).toBe(0)
  expect(await onSite(first)).not.toEqual([])

  const removed = await owner.call('PUT', `/api/organiser/events/${copied.json.event.id}/picture`, {
    version: 1,
    picture: null,
  })
  expect(removed.json.event.picture).toBeNull()
  expect(await sweep(new Date().toISOString())).toBe(0)
  expect(await sweep(inAnHour(), Date.now() - 1)).toBe(0)
  expect(await onSite(first)).not.toEqual([])
  expect(await sweep(inAnHour())).toBe(first.widths.length * 3)
  expect(await onSite(first)).toEqual([])
  expect(await onSite(second)).not.toEqual([])
  expect(await sweep(inAnHour())).toBe(0)
})

test('a draft that is deleted takes its picture along, but not from its copy', async () => {
  const { id, path } = await makeEvent(desk, app, { publish: false })
  expect(await owner.send(uploadsOf(path), plain)).toBe('done')
  const picture = await shown(id)
  if (!picture) throw new Error('there is no picture')
  const copy = await owner.call('POST', `${path}/duplicate`, undefined, { 'idempotency-key': newKey() })
  expect((await owner.call('DELETE', path)).status).toBe(200)
  await sweep(inAnHour())
  expect(await onSite(picture)).not.toEqual([])
  expect((await owner.call('DELETE', `/api/organiser/events/${copy.json.event.id}`)).status).toBe(200)
  await sweep(inAnHour())
  expect(await onSite(picture)).toEqual([])
})

test('an organisation has a logo, another after it, and none at the end', async () => {
  const organisation = `/api/organiser/organisations/${desk.organisation.id}`
  const logo = async () => (await organisationStore().getOrganisation(desk.organisation.id))?.logo
  const mark = await drawing(300, 200).png().toBuffer()
  expect(await owner.send(`${organisation}/logo-uploads`, await drawing(60, 60).png().toBuffer())).toBe('too_small')
  expect(await owner.send(`${organisation}/logo-uploads`, mark)).toBe('done')
  const first = await logo()
  expect(first?.base).toMatch(new RegExp(`^/media/${desk.organisation.id}/upl_`))
  expect(await owner.send(`${organisation}/logo-uploads`, mark)).toBe('done')
  const second = await logo()
  expect(second?.base).not.toBe(first?.base)
  expect((await owner.call('GET', organisation)).json.organisation.logo.base).toBe(second?.base)
  expect((await owner.call('DELETE', `${organisation}/logo`)).json.organisation.logo).toBeNull()
  expect(await logo()).toBeUndefined()
  expect(await sweep(inAnHour())).toBe(2 * 9)
})
