import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Subscription } from './announcements.ts'
import { deleteObjects, listBuckets, listObjects } from './buckets.ts'
import { S3Error } from './errors.ts'
import { deleteObject, getObject, putObject, type S3Response } from './objects.ts'
import { postForm } from './postForm.ts'
import { readRequest, type S3Request } from './request.ts'
import { type Credentials, verifySignature } from './signature.ts'
import { ObjectStore } from './store.ts'
import { toXml } from './xml.ts'

export type RunningS3 = { url: string; port: number; close: () => Promise<void> }

type Options = Credentials & {
  /** 0 takes a free port. */
  port: number
  /** Where the objects are kept. */
  folder: string
  /** Made when they do not exist yet. */
  buckets?: readonly string[]
  /** Who is told of new objects. */
  subscription?: Subscription
}

/** For pages of other origins. Access is by signature, never by cookie, so any may ask. In AWS the bucket's own CORS rules decide. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD, PUT, POST, DELETE',
  'access-control-allow-headers': '*',
  'access-control-expose-headers': 'etag, content-range',
}

/** Serves the part of S3 that Marquee uses to the real SDK, on the loopback address. Bodies are held in memory. */
export async function startS3Server({
  port,
  folder,
  buckets = [],
  subscription,
  ...credentials
}: Options): Promise<RunningS3> {
  const store = new ObjectStore(folder, subscription)
  for (const bucket of buckets) store.createBucket(bucket)
  const server = createServer((message, response) => void answer(store, credentials, message, response))
  server.keepAliveTimeout = 65_000
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const boundPort = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://127.0.0.1:${boundPort}`,
    port: boundPort,
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      await store.close()
    },
  }
}

async function answer(
  store: ObjectStore,
  credentials: Credentials,
  message: IncomingMessage,
  response: ServerResponse,
) {
  const requestId = randomUUID().slice(-12).toUpperCase()
  const result = await readRequest(message)
    .then((request) => handle(store, credentials, request))
    .catch((error: unknown) => refusal(error, message, requestId))
  const isXml = typeof result.body === 'string'
  response.writeHead(result.status, {
    ...(message.headers.origin !== undefined && CORS),
    'x-amz-request-id': requestId,
    // Without it an empty answer comes in chunks.
    ...(result.status === 200 && result.body === undefined && { 'content-length': '0' }),
    ...(isXml && { 'content-type': 'application/xml' }),
    ...result.headers,
  })
  response.end(message.method === 'HEAD' ? undefined : result.body)
}

async function handle(store: ObjectStore, credentials: Credentials, request: S3Request): Promise<S3Response> {
  const { method, bucket, key, query, headers } = request
  const now = new Date()
  if (method === 'OPTIONS') return { status: 204 }
  if (method === 'POST' && key === '' && headers['content-type']?.startsWith('multipart/form-data')) {
    store.requireBucket(bucket)
    return postForm(store, request, credentials, now)
  }
  verifySignature(request, credentials, now)
  if (bucket === '') return listBuckets(store)
  if (key === '') return handleBucket(store, request)

  store.requireBucket(bucket)
  const isPlain = !['uploads', 'uploadId', 'tagging', 'acl', 'retention', 'legal-hold'].some((name) => query.has(name))
  if (isPlain && method === 'PUT') return putObject(store, request)
  if (isPlain && (method === 'GET' || method === 'HEAD')) return getObject(store, request)
  if (isPlain && method === 'DELETE') return deleteObject(store, request)
  throw notImplemented()
}

function handleBucket(store: ObjectStore, request: S3Request): S3Response {
  const { method, bucket, query } = request
  if (method === 'PUT' && query.size <= 1) {
    store.createBucket(bucket)
    return { status: 200, headers: { location: `/${bucket}` } }
  }
  store.requireBucket(bucket)
  if (method === 'HEAD') return { status: 200 }
  if (method === 'GET' && query.has('location')) return { status: 200, body: toXml('LocationConstraint', {}) }
  if (method === 'GET' && query.get('list-type') === '2') return listObjects(store, request)
  if (method === 'POST' && query.has('delete')) return deleteObjects(store, request)
  throw notImplemented()
}

function refusal(error: unknown, message: IncomingMessage, requestId: string): S3Response {
  const known =
    error instanceof S3Error ? error : new S3Error(500, 'InternalError', 'We encountered an internal error.')
  if (known.status === 500) console.error(`S3 ${message.method} ${message.url}`, error)
  const body = toXml('Error', {
    Code: known.code,
    Message: known.message,
    Resource: message.url?.split('?')[0] ?? '',
    RequestId: requestId,
  }).replace(/ xmlns="[^"]*"/, '')
  return { status: known.status, body }
}

const notImplemented = () =>
  new S3Error(501, 'NotImplemented', 'A header or parameter you provided implies functionality that is not implemented')
