import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { createFiles } from '#functions/gateways/files.ts'
import { type RunningS3, startS3Server } from '#infra/local/s3/server.ts'

const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' }
const region = 'us-east-1'
const file = {
  body: new TextEncoder().encode('<p>Ünïcode</p>'),
  contentType: 'text/html; charset=utf-8',
  cacheControl: 'no-cache',
  fingerprint: 'print',
  note: '/a/ /b/',
}

/** Requests pass through here on their way to S3; what this answers or drops never arrives. */
type Interference = (request: IncomingMessage, response: ServerResponse) => boolean
let interfere: Interference = () => false
let seen: string[] = []

let folder: string
let server: RunningS3
let between: ReturnType<typeof createServer>
let s3: S3Client
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'marquee-files-'))
  server = await startS3Server({ port: 0, folder, region, buckets: ['site'], ...credentials })
  between = createServer((request, response) => {
    seen.push(`${request.method} ${request.headers['user-agent'] === undefined ? 'directly' : 'by the SDK'}`)
    if (interfere(request, response)) return
    const { method, url: path, headers } = request
    const passed = forward({ port: server.port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(response)
    })
    request.pipe(passed)
  })
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve))
})
beforeEach(() => {
  const { port } = between.address() as AddressInfo
  s3 = new S3Client({ endpoint: `http://127.0.0.1:${port}`, region, forcePathStyle: true, credentials })
  interfere = () => false
  seen = []
})
afterEach(() => s3.destroy())
afterAll(async () => {
  between.close()
  between.closeAllConnections()
  await server.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a file is put in one request, without the middleware of the SDK, and all that was said of it can be read', async () => {
  const files = createFiles(s3, 'site')
  expect(await files.putFile('city/zürich (old)/index.html', file, 'absent')).toBe(true)
  expect(seen).toEqual(['PUT directly'])
  expect(await files.readFile('city/zürich (old)/index.html')).toEqual(file.body)
  expect(await files.readHead('city/zürich (old)/index.html')).toMatchObject({ fingerprint: 'print', note: '/a/ /b/' })
})

test('a condition that does not hold is the answer, and nobody tries again', async () => {
  const files = createFiles(s3, 'site')
  await files.putFile('held.html', file)
  const head = await files.readHead('held.html')
  seen = []
  expect(await files.putFile('held.html', file, 'absent')).toBe(false)
  expect(await files.putFile('held.html', file, { etag: '"other"' })).toBe(false)
  expect(await files.putFile('not-there.html', file, { etag: '"other"' })).toBe(false)
  expect(seen).toEqual(['PUT directly', 'PUT directly', 'PUT directly'])
  expect(await files.putFile('held.html', { ...file, note: '/c/' }, { etag: head?.etag ?? '' })).toBe(true)
  expect((await files.readHead('held.html'))?.note).toBe('/c/')
})

test.each<[string, Interference]>([
  [
    'asks to slow down',
    (request, response) => {
      request.resume()
      response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>')
      return true
    },
  ],
  [
    'hangs up',
    (request) => {
      request.socket.destroy()
      return true
    },
  ],
])('when S3 %s the SDK tries again', async (what, first) => {
  interfere = (...exchange) => seen.length < 3 && first(...exchange)
  expect(await createFiles(s3, 'site').putFile(`again/${what}.html`, file, 'absent')).toBe(true)
  expect(seen).toEqual(['PUT directly', 'PUT by the SDK', 'PUT by the SDK'])
  interfere = () => false
  expect(await createFiles(s3, 'site').readFile(`again/${what}.html`)).toEqual(file.body)
})

test('a refusal that is not about the condition is thrown as the SDK says it', async () => {
  const stranger = new S3Client({
    ...{ endpoint: server.url, region, forcePathStyle: true },
    credentials: { ...credentials, secretAccessKey: 'wrong' },
  })
  const put = createFiles(stranger, 'site').putFile('stranger.html', file)
  await expect(put).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' })
  expect(await createFiles(s3, 'site').readFile('stranger.html')).toBeNull()
  stranger.destroy()
})
