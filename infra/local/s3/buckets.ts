import { decodeBody } from './body.ts'
import { invalidArgument, S3Error } from './errors.ts'
import type { S3Response } from './objects.ts'
import type { S3Request } from './request.ts'
import type { ObjectStore } from './store.ts'
import { textsOf, toXml } from './xml.ts'

const MAX_KEYS = 1000

export function listBuckets(store: ObjectStore): S3Response {
  const Bucket = store.buckets().map(({ name, createdAt }) => ({ Name: name, CreationDate: createdAt.toISOString() }))
  return xml('ListAllMyBucketsResult', { Owner: { ID: 'local' }, Buckets: { Bucket } })
}

export function listObjects(store: ObjectStore, { bucket, query }: S3Request): S3Response {
  const token = query.get('continuation-token')
  const startAfter = query.get('start-after')
  const prefix = query.get('prefix') ?? ''
  const delimiter = query.get('delimiter') ?? ''
  const asked = Number(query.get('max-keys') ?? MAX_KEYS)
  if (!Number.isInteger(asked) || asked < 0) throw invalidArgument('max-keys must be a whole number')
  const limit = Math.min(asked, MAX_KEYS)
  const after = token === null ? (startAfter ?? '') : Buffer.from(token, 'base64url').toString()
  const page =
    limit === 0 ? { objects: [], commonPrefixes: [] } : store.list(bucket, { prefix, delimiter, after, limit })

  const encodes = query.get('encoding-type') === 'url'
  const shown = (key: string) => (encodes ? encodeURIComponent(key).replaceAll('%2F', '/') : key)
  const next = page.continueAfter
  return xml('ListBucketResult', {
    Name: bucket,
    Prefix: shown(prefix),
    Delimiter: delimiter === '' ? undefined : shown(delimiter),
    StartAfter: startAfter === null ? undefined : shown(startAfter),
    EncodingType: encodes ? 'url' : undefined,
    MaxKeys: limit,
    KeyCount: page.objects.length + page.commonPrefixes.length,
    IsTruncated: next !== undefined,
    ContinuationToken: token ?? undefined,
    NextContinuationToken: next === undefined ? undefined : Buffer.from(next).toString('base64url'),
    Contents: page.objects.map(({ key, etag, size, modifiedAt }) => ({
      Key: shown(key),
      LastModified: modifiedAt.toISOString(),
      ETag: etag,
      Size: size,
      StorageClass: 'STANDARD',
    })),
    CommonPrefixes: page.commonPrefixes.map((folded) => ({ Prefix: shown(folded) })),
  })
}

export function deleteObjects(store: ObjectStore, request: S3Request): S3Response {
  const document = decodeBody(request).bytes.toString()
  const keys = textsOf('Key', document)
  if (keys.length === 0 || keys.length > MAX_KEYS) {
    throw new S3Error(400, 'MalformedXML', 'The XML you provided was not well-formed or did not validate')
  }
  for (const key of keys) store.remove(request.bucket, key)
  const isQuiet = textsOf('Quiet', document)[0] === 'true'
  return xml('DeleteResult', { Deleted: isQuiet ? [] : keys.map((Key) => ({ Key })) })
}

const xml = (...content: Parameters<typeof toXml>): S3Response => ({ status: 200, body: toXml(...content) })
