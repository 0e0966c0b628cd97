import { fork } from 'node:child_process'
import { createHash, createHmac } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningS3, startS3Server } from '#infra/local/s3/server.ts'

const credentials = { accessKeyId: 'local', secretAccessKey: 'a-secret' }
const region = 'us-east-1'
const Bucket = 'pages'

let folder: string
let server: RunningS3
let s3: S3Client

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 's3-server-'))
  server = await startS3Server({ port: 0, folder, region, ...credentials, buckets: [Bucket] })
  s3 = new S3Client({ endpoint: server.url, region, credentials })
})

afterAll(async () => {
  s3.destroy()
  await server.close()
  await rm(folder, { recursive: true })
})

const put = (Key: string, Body: string, more: Partial<PutObjectCommandInput> = {}) =>
  s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }))

const read = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString()

/** The HTTP status and the code of S3's refusal. */
async function refusalOf(request: Promise<unknown>): Promise<string> {
  const error = await request.then(
    () => 'was accepted',
    (reason: unknown) => reason,
  )
  return error instanceof S3ServiceException ? `${error.$metadata.httpStatusCode} ${error.name}` : String(error)
}

async function refusalOfFetch(url: string, init?: RequestInit): Promise<string> {
  const response = await fetch(url, init)
  return `${response.status} ${/<Code>(\w+)<\/Code>/.exec(await response.text())?.[1]}`
}

test('what is put comes back with its type, caching, disposition and metadata', async () => {
  const { ETag } = await put('event/a/index.html', '<p>é</p>', {
    ContentType: 'text/html; charset=utf-8',
    CacheControl: 'max-age=60',
    ContentDisposition: 'attachment; filename="a.html"',
    Metadata: { version: '7' },
  })
  const object = await s3.send(new GetObjectCommand({ Bucket, Key: 'event/a/index.html' }))

  expect(await object.Body?.transformToString()).toBe('<p>é</p>')
  expect(ETag).toBe(`"${createHash('md5').update('<p>é</p>').digest('hex')}"`)
  expect(object).toMatchObject({
    ETag,
    ContentLength: 9,
    ContentType: 'text/html; charset=utf-8',
    CacheControl: 'max-age=60',
    ContentDisposition: 'attachment; filename="a.html"',
    Metadata: { version: '7' },
  })
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'event/a/index.html' }))
  expect(head).toMatchObject({ ETag, ContentLength: 9, Metadata: { version: '7' }, LastModified: expect.any(Date) })
})

test.each(['a b+c&d=e?f#g', 'ünïcode/日本/🎫', "quotes'(*)!", '100%25/%2F', 'a//b', '../../escape', './x'])(
  'the key %j is a name, never a path',
  async (key) => {
    await put(key, key)
    const listed = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: key }))
    expect(await read(key)).toBe(key)
    expect(listed.Contents?.map(({ Key }) => Key)).toContain(key)
  },
)

test('a streamed upload arrives as sent, with its CRC32 checked', async () => {
  const chunks = Array.from({ length: 40 }, (_, index) => Buffer.alloc(10_000, index))
  const sent = Buffer.concat(chunks)
  const Body = Readable.from(chunks)
  await s3.send(new PutObjectCommand({ Bucket, Key: 'streamed', Body, ContentLength: sent.length }))
  const object = await s3.send(new GetObjectCommand({ Bucket, Key: 'streamed' }))

  expect(object.ChecksumCRC32).toBeDefined()
  expect(object.ContentEncoding).toBeUndefined()
  expect(Buffer.from((await object.Body?.transformToByteArray()) ?? [])).toEqual(sent)
})

test('a body that does not fit its checksum, its MD5 or its hash is refused and not kept', async () => {
  expect(await refusalOf(put('damaged', 'x', { ChecksumCRC32: 'AAAAAA==' }))).toBe('400 BadDigest')
  expect(await refusalOf(put('damaged', 'x', { ContentMD5: 'AAAAAAAAAAAAAAAAAAAAAA==' }))).toBe('400 BadDigest')
  expect(await refusalOf(read('damaged'))).toBe('404 NoSuchKey')
})

test('a signature by another secret, key or region is refused', async () => {
  const tries = [
    { credentials: { ...credentials, secretAccessKey: 'wrong' }, region },
    { credentials: { ...credentials, accessKeyId: 'wrong' }, region },
    { credentials, region: 'eu-west-1' },
  ].map((identity) => {
    const client = new S3Client({ endpoint: server.url, followRegionRedirects: false, ...identity })
    return refusalOf(client.send(new ListObjectsV2Command({ Bucket })))
  })
  expect(await Promise.all(tries)).toEqual([
    '403 SignatureDoesNotMatch',
    '403 InvalidAccessKeyId',
    '400 AuthorizationHeaderMalformed',
  ])
})

test('a stranger without a signature reads and writes nothing', async () => {
  await put('private', 'secret')
  expect(await refusalOfFetch(`${server.url}/${Bucket}/private`)).toBe('403 AccessDenied')
  expect(await refusalOfFetch(`${server.url}/${Bucket}?list-type=2`)).toBe('403 AccessDenied')
  expect(await refusalOfFetch(`${server.url}/${Bucket}/mine`, { method: 'PUT', body: 'x' })).toBe('403 AccessDenied')
})

test('a signed URL works for its time, for its object and for what it says, and for nothing else', async () => {
  await put('tickets/ord 1.pdf', 'pdf')
  const command = new GetObjectCommand({
    Bucket,
    Key: 'tickets/ord 1.pdf',
    ResponseContentDisposition: 'attachment; filename="tickets.pdf"',
    ResponseContentType: 'application/pdf',
  })
  const url = await getSignedUrl(s3, command, { expiresIn: 60 })
  const response = await fetch(url)
  expect([response.status, await response.text()]).toEqual([200, 'pdf'])
  expect(response.headers.get('content-disposition')).toBe('attachment; filename="tickets.pdf"')
  expect(response.headers.get('content-type')).toBe('application/pdf')

  const old = await getSignedUrl(s3, command, { expiresIn: 60, signingDate: new Date(Date.now() - 61_000) })
  expect(await refusalOfFetch(old)).toBe('403 AccessDenied')
  expect(await refusalOfFetch(old.replace('X-Amz-Expires=60', 'X-Amz-Expires=600'))).toBe('403 SignatureDoesNotMatch')
  expect(await refusalOfFetch(url.replace('ord%201', 'ord%202'))).toBe('403 SignatureDoesNotMatch')
  expect(await refusalOfFetch(url.replace('tickets.pdf', 'other.pdf'))).toBe('403 SignatureDoesNotMatch')
  expect(await refusalOfFetch(url, { method: 'PUT', body: 'x' })).toBe('403 SignatureDoesNotMatch')
})

test('a signed URL for an upload takes one', async () => {
  const url = await getSignedUrl(s3, new PutObjectCommand({ Bucket, Key: 'uploaded' }), { expiresIn: 60 })
  const response = await fetch(url, { method: 'PUT', body: 'by browser', headers: { 'content-type': 'image/png' } })
  expect(response.status).toBe(200)
  expect(await read('uploaded')).toBe('by browser')
})

test('of twenty writers that all say “only if absent” exactly one wins', async () => {
  const writes = Array.from({ length: 20 }, (_, n) =>
    put('race/new', `writer ${n}`, { IfNoneMatch: '*' }).then(() => n),
  )
  const results = await Promise.allSettled(writes)
  const winners = results.filter((result) => result.status === 'fulfilled')
  expect(winners).toHaveLength(1)
  expect(await read('race/new')).toBe(`writer ${winners[0]?.value}`)
  expect(await refusalOf(put('race/new', 'x', { IfNoneMatch: '*' }))).toBe('412 PreconditionFailed')
})

test('of twenty writers that all read the same version exactly one wins', async () => {
  const { ETag } = await put('race/old', 'first')
  const writes = Array.from({ length: 20 }, (_, n) => put('race/old', `writer ${n}`, { IfMatch: ETag }))
  const results = await Promise.allSettled(writes)
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
})

test('control: without the condition all twenty writers are let through', async () => {
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => put('race/none', `writer ${n}`)))
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
})

test('a conditional write or delete on what has changed or is gone is refused', async () => {
  const { ETag } = await put('changing', 'one')
  await put('changing', 'two')
  expect(await refusalOf(put('changing', 'three', { IfMatch: ETag }))).toBe('412 PreconditionFailed')
  const remove = new DeleteObjectCommand({ Bucket, Key: 'changing', IfMatch: ETag })
  expect(await refusalOf(s3.send(remove))).toBe('412 PreconditionFailed')
  expect(await refusalOf(put('never there', 'x', { IfMatch: ETag }))).toBe('404 NoSuchKey')
  expect(await read('changing')).toBe('two')
})

test('a reader who has the object already is told so', async () => {
  const { ETag } = await put('cached', 'same')
  const get = (more: object) => refusalOf(s3.send(new GetObjectCommand({ Bucket, Key: 'cached', ...more })))
  expect(await get({ IfNoneMatch: ETag })).toContain('304')
  expect(await get({ IfModifiedSince: new Date() })).toContain('304')
  expect(await get({ IfMatch: '"other"' })).toBe('412 PreconditionFailed')
  expect(await get({ IfNoneMatch: '"other"', IfModifiedSince: new Date() })).toBe('was accepted')
})

test.each([
  ['bytes=2-4', '234', 'bytes 2-4/10'],
  ['bytes=7-', '789', 'bytes 7-9/10'],
  ['bytes=-3', '789', 'bytes 7-9/10'],
  ['bytes=8-99', '89', 'bytes 8-9/10'],
  ['bytes=5-2', '0123456789', undefined],
])('the range %s answers %s', async (Range, text, contentRange) => {
  await put('digits', '0123456789')
  const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'digits', Range }))
  expect([await part.Body?.transformToString(), part.ContentRange]).toEqual([text, contentRange])
})

test('a range outside the object is refused', async () => {
  await put('digits', '0123456789')
  const outside = new GetObjectCommand({ Bucket, Key: 'digits', Range: 'bytes=10-' })
  expect(await refusalOf(s3.send(outside))).toBe('416 InvalidRange')
})

test('a listing is in byte order, page after page, with and without folding at the delimiter', async () => {
  const keys = ['list/a/1', 'list/a/2', 'list/b', 'list/c/1', 'list/é', 'list/日', 'list/🎫']
  for (const key of keys) await put(key, 'x')
  await put('listing', 'outside the prefix')

  const walk = async (more: object) => {
    const pages: string[][] = []
    let ContinuationToken: string | undefined
    do {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket, Prefix: 'list/', MaxKeys: 2, ContinuationToken, ...more }),
      )
      const folded = page.CommonPrefixes?.map(({ Prefix }) => `${Prefix}…`) ?? []
      pages.push([...(page.Contents?.map(({ Key = '' }) => Key) ?? []), ...folded].sort())
      ContinuationToken = page.NextContinuationToken
      expect(page.IsTruncated).toBe(ContinuationToken !== undefined)
      expect(page.KeyCount).toBe(pages.at(-1)?.length)
    } while (ContinuationToken)
    return pages
  }
  expect(await walk({})).toEqual([keys.slice(0, 2), keys.slice(2, 4), keys.slice(4, 6), keys.slice(6)])
  expect(await walk({ Delimiter: '/' })).toEqual([
    ['list/a/…', 'list/b'],
    ['list/c/…', 'list/é'],
    ['list/日', 'list/🎫'],
  ])
  expect(await walk({ StartAfter: 'list/c/1', MaxKeys: 1000 })).toEqual([['list/é', 'list/日', 'list/🎫']])
  expect(await walk({ Prefix: 'nothing/' })).toEqual([[]])
})

test('a copy carries bytes and metadata, or the metadata it is given', async () => {
  await put('original é', 'bytes', { Metadata: { by: 'me' }, ContentType: 'text/plain' })
  const CopySource = `${Bucket}/${encodeURIComponent('original é')}`
  await s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource }))
  await s3.send(
    new CopyObjectCommand({ Bucket, Key: 'relabelled', CopySource, MetadataDirective: 'REPLACE', ContentType: 'a/b' }),
  )
  expect(await read('copy')).toBe('bytes')
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'copy' }))).toMatchObject({
    ContentType: 'text/plain',
    Metadata: { by: 'me' },
  })
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'relabelled' }))).toMatchObject({
    ContentType: 'a/b',
    Metadata: {},
  })
})

test('deleting removes one or many, and deleting what is not there is no error', async () => {
  for (const key of ['gone/1', 'gone/<2>&"é', 'gone/3']) await put(key, 'x')
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone/1' }))
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'gone/1' }))
  const Objects = [{ Key: 'gone/<2>&"é' }, { Key: 'gone/3' }, { Key: 'never there' }]
  const { Deleted, Errors } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }))
  expect([Deleted, Errors]).toEqual([Objects, undefined])
  expect((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'gone/' }))).KeyCount).toBe(0)
})

test('a bucket that does not exist is named as such', async () => {
  expect(await refusalOf(s3.send(new ListObjectsV2Command({ Bucket: 'nowhere' })))).toBe('404 NoSuchBucket')
  expect(await refusalOf(s3.send(new HeadBucketCommand({ Bucket: 'nowhere' })))).toContain('404')
})

test('a form upload is taken when its signed policy allows the key, the type and the size', async () => {
  const upload = (
    fields: Record<string, string>,
    bytes: number,
    secret = credentials.secretAccessKey,
    expiresInMs = 60_000,
  ) => {
    const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
    const scope = [date.slice(0, 8), region, 's3', 'aws4_request']
    const signing = {
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-credential': [credentials.accessKeyId, ...scope].join('/'),
      'x-amz-date': date,
    }
    const conditions = [
      { bucket: Bucket },
      ['starts-with', '$key', 'uploads/org_1/'],
      ['eq', '$Content-Type', 'image/png'],
      ['content-length-range', 1, 1000],
      ...Object.entries(signing).map(([name, value]) => ({ [name]: value })),
    ]
    const expiration = new Date(Date.now() + expiresInMs).toISOString()
    const policy = Buffer.from(JSON.stringify({ expiration, conditions })).toString('base64')
    const key = scope.reduce<string | Buffer>(
      (k, part) => createHmac('sha256', k).update(part).digest(),
      `AWS4${secret}`,
    )
    const signature = createHmac('sha256', key).update(policy).digest('hex')
    const form = new FormData()
    for (const field of Object.entries({ ...fields, ...signing, policy, 'x-amz-signature': signature }))
      form.append(...field)
    form.append('file', new Blob([new Uint8Array(bytes)]), 'poster.png')
    return refusalOfFetch(`${server.url}/${Bucket}`, { method: 'POST', body: form })
  }
  // biome-ignore lint/suspicious/noTemplateCurlyInString: S3's own placeholder.
  const fine = { key: 'uploads/org_1/${filename}', 'Content-Type': 'image/png' }

  expect(await upload(fine, 1000)).toBe('204 undefined')
  const stored = await s3.send(new HeadObjectCommand({ Bucket, Key: 'uploads/org_1/poster.png' }))
  expect(stored).toMatchObject({ ContentLength: 1000, ContentType: 'image/png' })
  expect(await upload(fine, 1001)).toBe('400 EntityTooLarge')
  expect(await upload(fine, 0)).toBe('400 EntityTooSmall')
  expect(await upload({ ...fine, 'Content-Type': 'text/html' }, 10)).toBe('403 AccessDenied')
  expect(await upload({ ...fine, key: 'uploads/org_2/x' }, 10)).toBe('403 AccessDenied')
  expect(await upload({ ...fine, 'Cache-Control': 'max-age=1' }, 10)).toBe('403 AccessDenied')
  expect(await upload(fine, 10, 'wrong')).toBe('403 SignatureDoesNotMatch')
  expect(await upload(fine, 10, credentials.secretAccessKey, -1000)).toBe('403 AccessDenied')
})

test('a server killed while it writes has kept every answered object, whole', async () => {
  const killedFolder = await mkdtemp(join(tmpdir(), 's3-killed-'))
  const child = fork(join(import.meta.dirname, '../support/s3-server-child.ts'), [
    JSON.stringify({ port: 0, folder: killedFolder, region, ...credentials, buckets: [Bucket] }),
  ])
  const [url] = await once(child, 'message')
  const client = new S3Client({ endpoint: String(url), region, credentials, maxAttempts: 1 })
  const answered: string[] = []
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let n = 0; ; n++) {
      const Key = `${writer}/${n}`
      await client.send(new PutObjectCommand({ Bucket, Key, Body: Key.repeat(5_000) }))
      if (answered.push(Key) === 200) child.kill('SIGKILL')
    }
  })
  await Promise.allSettled(writers)

  const revived = await startS3Server({ port: 0, folder: killedFolder, region, ...credentials })
  const reader = new S3Client({ endpoint: revived.url, region, credentials })
  const bodies = answered.map(async (Key) => {
    const object = await reader.send(new GetObjectCommand({ Bucket, Key }))
    return (await object.Body?.transformToString()) === Key.repeat(5_000)
  })
  expect(answered.length).toBeGreaterThanOrEqual(200)
  expect(await Promise.all(bodies)).toEqual(answered.map(() => true))
  reader.destroy()
  await revived.close()
  await rm(killedFolder, { recursive: true })
})
