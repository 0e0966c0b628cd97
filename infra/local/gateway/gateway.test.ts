import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type RunningS3, startS3Server } from '../s3/server.ts'
import { createEdgeCache } from './cache.ts'
import { FunctionTimeout } from './function-origin.ts'
import { createGateway } from './gateway.ts'
import { type EdgeResponse, sha256Hex, type ViewerRequest } from './viewer.ts'

const credentials = { accessKeyId: 'local', secretAccessKey: 'a-secret-for-this-test' }
const page = `<!doctype html><title>Home</title>${'<p>Concerts</p>'.repeat(200)}`

let folder: string
let server: RunningS3
let s3: S3Client
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'marquee-gateway-'))
  server = await startS3Server({ ...credentials, region: 'us-east-1', port: 0, folder, buckets: ['site'] })
  s3 = new S3Client({ endpoint: server.url, region: 'us-east-1', credentials })
  const objects = {
    'index.html': page,
    'door/index.html': '<title>Door</title>',
    'events/fête/index.html': '<title>Fête</title>',
  }
  for (const [Key, Body] of Object.entries(objects)) {
    const ContentType = 'text/html; charset=utf-8'
    await s3.send(new PutObjectCommand({ Bucket: 'site', Key, Body, ContentType, CacheControl: 'public, max-age=0' }))
  }
})
afterAll(async () => {
  s3.destroy()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

type Invoked = { name: string; event: { headers: Record<string, string>; [key: string]: unknown } }

function gatewayWith(answer: (call: Invoked) => unknown = () => ({ statusCode: 200, body: '{}' })) {
  const calls: Invoked[] = []
  const afterWrite = vi.fn()
  const gateway = createGateway({
    site: { s3, bucket: 'site' },
    invoke: async (name, event) => {
      const call = { name, event } as Invoked
      calls.push(call)
      return answer(call)
    },
    origins: { cognito: 'http://127.0.0.1:9999', uploads: 'http://127.0.0.1:9998' },
    isOpen: (name) => name === 'webhooks',
    afterWrite,
  })
  const ask = (target: string, extra: Partial<ViewerRequest> = {}): Promise<EdgeResponse> => {
    const [path = '/', query = ''] = target.split('?')
    const headers = { host: 'localhost:4321', 'accept-encoding': 'gzip, br', ...extra.headers }
    return gateway({
      method: 'GET',
      path,
      query,
      cookies: [],
      body: Buffer.alloc(0),
      ip: '203.0.113.9',
      ...extra,
      headers,
    })
  }
  return { ask, calls, afterWrite }
}

const post = (text: string, headers: Record<string, string> = {}): Partial<ViewerRequest> => {
  const body = Buffer.from(text)
  return { method: 'POST', body, headers: { 'x-amz-content-sha256': sha256Hex(body), ...headers } }
}

describe('pages', () => {
  test('a directory is read from its index, compressed, with the security headers of its route', async () => {
    const { ask } = gatewayWith()
    const home = await ask('/')
    expect(home.status).toBe(200)
    expect(brotliDecompressSync(home.body).toString()).toBe(page)
    expect(home.headers).toMatchObject({ 'content-encoding': 'br', vary: 'Accept-Encoding', 'x-frame-options': 'DENY' })
    expect(home.headers['content-security-policy']).not.toContain('wasm')
    expect((await ask('/door/')).headers['content-security-policy']).toContain("'wasm-unsafe-eval'")
    expect((await ask('/events/f%C3%AAte/')).status).toBe(200)
  })

  test('what the browser has already is answered 304, also by the weak tag of a compressed page', async () => {
    const { ask } = gatewayWith()
    const etag = (await ask('/')).headers.etag ?? ''
    expect(etag).toMatch(/^W\/"/)
    const again = await ask('/', { headers: { 'if-none-match': etag } })
    expect([again.status, again.body.length]).toEqual([304, 0])
  })

  test('a range is answered as it lies in the bucket', async () => {
    const { ask } = gatewayWith()
    const part = await ask('/', { headers: { range: 'bytes=0-14' } })
    expect([part.status, part.body.toString()]).toEqual([206, '<!doctype html>'])
    expect(part.headers['content-range']).toBe(`bytes 0-14/${page.length}`)
  })

  test('what is missing in the bucket is asked of the function for missing pages', async () => {
    const { ask, calls } = gatewayWith(() => ({ statusCode: 404, body: '<title>Not here</title>' }))
    for (const path of ['/nothing/', '/%E0%A4%A/', '/nothing.css']) {
      const missing = await ask(path)
      expect([missing.status, missing.body.toString()]).toEqual([404, '<title>Not here</title>'])
    }
    expect(calls.map(({ name }) => name)).toEqual(['missing', 'missing', 'missing'])
  })

  test.each([
    ['/door', '/door/'],
    ['/door?a=1&a=2&b', '/door/?a=1&a=2&b'],
    ['/door/index.html', '/door/'],
    ['//evil.example/x', '/evil.example/x/'],
    ['/\\evil.example', '/evil.example'],
  ])('%s is moved to %s', async (from, to) => {
    const { ask } = gatewayWith()
    const moved = await ask(from)
    expect([moved.status, moved.headers.location]).toEqual([301, to])
  })

  test('a page takes no POST', async () => {
    const { ask } = gatewayWith()
    expect((await ask('/', { method: 'POST' })).status).toBe(403)
  })

  test('an address of the API that no function answers to is a problem document', async () => {
    const { ask, calls } = gatewayWith()
    const nothing = await ask('/api/nothing')
    expect([nothing.status, nothing.headers['content-type']]).toEqual([404, 'application/problem+json'])
    expect(calls).toEqual([])
  })
})

describe('functions', () => {
  test('a function sees a function URL’s event, without what CloudFront keeps to itself', async () => {
    const { ask, calls } = gatewayWith()
    const headers = {
      authorization: 'Bearer mine',
      'content-type': 'application/json',
      cookie: 'a=1; b=2',
      'x-forwarded-for': '1.2.3.4',
      'x-viewer-address': '1.2.3.4',
    }
    await ask('/api/orders?key=k&x=1&x=2', { ...post('{"a":1}', headers), cookies: ['a=1', 'b=2'] })
    const [call] = calls
    expect(call?.name).toBe('orders')
    expect(call?.event).toMatchObject({
      version: '2.0',
      rawPath: '/api/orders',
      rawQueryString: 'key=k&x=1&x=2',
      queryStringParameters: { key: 'k', x: '1,2' },
      cookies: ['a=1', 'b=2'],
      body: '{"a":1}',
      isBase64Encoded: false,
      requestContext: { http: { method: 'POST', path: '/api/orders', sourceIp: '203.0.113.9' } },
    })
    expect(call?.event.headers.authorization).toBeUndefined()
    expect(call?.event.headers.cookie).toBeUndefined()
    expect(call?.event.headers.host).toBe('orders.lambda-url.us-east-1.on.aws')
    expect(call?.event.headers['x-forwarded-for']).toBe('1.2.3.4, 203.0.113.9')
    expect(call?.event.headers['x-viewer-address']).toBe('203.0.113.9')
  })

  test('bytes go in as base64 and come back as bytes; each cookie is one Set-Cookie', async () => {
    const bytes = Buffer.from([0, 255, 1, 254])
    const { ask, calls } = gatewayWith(() => ({
      statusCode: 201,
      headers: { 'Content-Type': 'application/pdf' },
      cookies: ['a=1; Secure', 'b=2; Secure'],
      body: bytes.toString('base64'),
      isBase64Encoded: true,
    }))
    const upload: Partial<ViewerRequest> = {
      method: 'POST',
      body: bytes,
      headers: { 'content-type': 'application/octet-stream', 'x-amz-content-sha256': sha256Hex(bytes) },
    }
    const answer = await ask('/api/orders', upload)
    expect(calls[0]?.event).toMatchObject({ body: bytes.toString('base64'), isBase64Encoded: true })
    expect(answer).toMatchObject({ status: 201, cookies: ['a=1; Secure', 'b=2; Secure'] })
    expect(answer.body.equals(bytes)).toBe(true)
    expect(answer.headers['content-type']).toBe('application/pdf')
  })

  test('a body without its right hash is refused before the function, except at the open webhook', async () => {
    const { ask, calls } = gatewayWith()
    const body = Buffer.from('{}')
    expect((await ask('/api/orders', { method: 'POST', body })).status).toBe(403)
    expect((await ask('/api/orders', { ...post('{}'), body: Buffer.from('{ }') })).status).toBe(403)
    expect(calls).toEqual([])
    expect((await ask('/api/orders', post('{}'))).status).toBe(200)
    expect((await ask('/webhooks/stripe', { method: 'POST', body })).status).toBe(200)
    expect(calls.map(({ name }) => name)).toEqual(['orders', 'webhooks'])
  })

  test('only what may have written wakes the streams', async () => {
    const { ask, afterWrite } = gatewayWith()
    await ask('/api/orders/ord_1')
    expect(afterWrite).not.toHaveBeenCalled()
    await ask('/api/orders', post('{}'))
    expect(afterWrite).toHaveBeenCalledOnce()
  })

  test('a function that fails is a 502 without its words, one that takes too long a 504', async () => {
    const silence = vi.spyOn(console, 'error').mockImplementation(() => {})
    const broken = gatewayWith(() => {
      throw new Error('secret table name')
    })
    const failed = await broken.ask('/api/orders/ord_1')
    expect([failed.status, failed.body.includes('secret')]).toEqual([502, false])
    const slow = gatewayWith(() => {
      throw new FunctionTimeout()
    })
    expect((await slow.ask('/api/orders/ord_1')).status).toBe(504)
    expect(silence).toHaveBeenCalledOnce()
  })

  test('an availability is asked for once in its time, without the viewer’s cookies; an order is asked for each time', async () => {
    const cached = {
      statusCode: 200,
      headers: { 'cache-control': 's-maxage=2, stale-while-revalidate=30' },
      body: '{}',
    }
    const { ask, calls } = gatewayWith(() => cached)
    const path = '/api/events/evt_1/availability'
    await Promise.all([ask(path, { cookies: ['a=1'] }), ask(path), ask(`${path}?bust=1`)])
    expect((await ask(path)).headers['x-cache']).toBe('Hit from cloudfront')
    expect(calls).toHaveLength(1)
    expect(calls[0]?.event.cookies).toBeUndefined()
    await ask('/api/orders/ord_1')
    await ask('/api/orders/ord_1')
    expect(calls).toHaveLength(3)
  })
})

test('a stale answer is given once more while a new one is fetched, and none after its time', async () => {
  let now = 0
  let made = 0
  const answer = createEdgeCache(() => now)
  const headers = { 'cache-control': 'public, max-age=0, s-maxage=2, stale-while-revalidate=30' }
  const origin = async () => ({ status: 200, headers, body: Buffer.from(String(++made)) })
  const ask = async () => {
    const { response, state } = await answer('key', origin)
    return `${response.body} ${state.split(' ')[0]}`
  }
  expect(await ask()).toBe('1 Miss')
  now = 1_999
  expect(await ask()).toBe('1 Hit')
  now = 2_000
  expect(await ask()).toBe('1 RefreshHit')
  await vi.waitFor(() => expect(made).toBe(2))
  expect(await ask()).toBe('2 Hit')
  now = 40_000
  expect(await ask()).toBe('3 Miss')
})
