import { decodeBody } from './body.ts'
import { noSuchKey, preconditionFailed, S3Error } from './errors.ts'
import type { S3Request } from './request.ts'
import { etagMatches, type ObjectHead, type ObjectStore } from './store.ts'
import { toXml } from './xml.ts'

export type S3Response = { status: number; headers?: Record<string, string>; body?: string | Uint8Array }

const KEPT_HEADERS = [
  'content-type',
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'expires',
]

export function putObject(store: ObjectStore, request: S3Request): S3Response {
  const { bucket, key, headers } = request
  const condition = { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] }
  const source = headers['x-amz-copy-source']
  if (source !== undefined) return copyObject(store, request, source)
  const { bytes, checksums } = decodeBody(request)
  const { etag } = store.put(bucket, key, bytes, { ...keptHeaders(request), ...checksums }, condition)
  return { status: 200, headers: { etag, ...checksums } }
}

function copyObject(store: ObjectStore, request: S3Request, source: string): S3Response {
  const { bucket, key, headers } = request
  const [sourceBucket = '', ...rest] = decodeURIComponent(source.replace(/\?.*$/, '')).replace(/^\//, '').split('/')
  const sourceKey = rest.join('/')
  const original = store.head(sourceBucket, sourceKey)
  if (!original) throw noSuchKey()
  const wanted = headers['x-amz-copy-source-if-match']
  if (wanted !== undefined && !etagMatches(wanted, original.etag)) throw preconditionFailed()
  const replaces = headers['x-amz-metadata-directive'] === 'REPLACE'
  const condition = { ifMatch: headers['if-match'], ifNoneMatch: headers['if-none-match'] }
  const kept = replaces ? keptHeaders(request) : original.headers
  const copy = store.put(bucket, key, store.body(sourceBucket, sourceKey), kept, condition, 'Copy')
  return {
    status: 200,
    body: toXml('CopyObjectResult', { ETag: copy.etag, LastModified: copy.modifiedAt.toISOString() }),
  }
}

/** GET and HEAD: conditions, then the range, then the headers that a signed URL overrides. */
export function getObject(store: ObjectStore, request: S3Request): S3Response {
  const { bucket, key, method } = request
  const object = store.head(bucket, key)
  if (!object) throw noSuchKey()
  const validators = { etag: object.etag, 'last-modified': object.modifiedAt.toUTCString() }
  if (isUnchanged(request, object)) return { status: 304, headers: validators }

  const range = parseRange(request.headers.range, object.size)
  const headers: Record<string, string> = {
    ...servedHeaders(object, request, range !== undefined),
    ...validators,
    'accept-ranges': 'bytes',
    'content-length': String(range ? range.end - range.start : object.size),
    ...(range && { 'content-range': `bytes ${range.start}-${range.end - 1}/${object.size}` }),
  }
  const status = range ? 206 : 200
  if (method === 'HEAD') return { status, headers }
  const body = store.body(bucket, key)
  return { status, headers, body: range ? body.subarray(range.start, range.end) : body }
}

export function deleteObject(store: ObjectStore, { bucket, key, headers }: S3Request): S3Response {
  store.remove(bucket, key, { ifMatch: headers['if-match'] })
  return { status: 204 }
}

function keptHeaders({ headers }: S3Request): Record<string, string> {
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && (KEPT_HEADERS.includes(name) || name.startsWith('x-amz-meta-'))) kept[name] = value
  }
  const encoding = (kept['content-encoding'] ?? '').split(',').map((one) => one.trim())
  const stored = encoding.filter((one) => one !== '' && one !== 'aws-chunked').join(',')
  delete kept['content-encoding']
  return { 'content-type': 'binary/octet-stream', ...kept, ...(stored && { 'content-encoding': stored }) }
}

function servedHeaders(object: ObjectHead, { query, headers }: S3Request, isRange: boolean): Record<string, string> {
  const showsChecksums = headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED' && !isRange
  const stored = Object.entries(object.headers).filter(
    ([name]) => showsChecksums || !name.startsWith('x-amz-checksum-'),
  )
  const overrides = KEPT_HEADERS.map((name) => [name, query.get(`response-${name}`)] as const)
  return Object.fromEntries([
    ...stored,
    ...overrides.flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  ])
}

/** RFC 9110 §13.2.2: throws when a precondition fails; true when the client has it already. */
function isUnchanged({ headers }: S3Request, { etag, modifiedAt }: ObjectHead): boolean {
  const modified = Math.floor(modifiedAt.getTime() / 1000) * 1000
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = headers
  const since = (name: string) => Date.parse(headers[name] ?? '')
  if (ifMatch !== undefined && !etagMatches(ifMatch, etag)) throw preconditionFailed()
  if (ifMatch === undefined && modified > since('if-unmodified-since')) throw preconditionFailed()
  if (ifNoneMatch !== undefined) return etagMatches(ifNoneMatch, etag)
  return modified <= since('if-modified-since')
}

/** The half-open range asked for, or undefined for the whole. What is not one well-formed range is ignored, as in S3. */
function parseRange(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  if (start >= size) throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable')
  return { start, end }
}
