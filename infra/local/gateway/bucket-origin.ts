import { GetObjectCommand, type GetObjectCommandOutput, type S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import type { EdgeResponse, ViewerRequest } from './viewer.ts'

export interface BucketOrigin {
  readonly s3: S3Client
  readonly bucket: string
}

/** Reads an object as CloudFront does with origin access control. What is missing is a 404 without a body. */
export async function fetchFromBucket(
  { s3, bucket }: BucketOrigin,
  request: ViewerRequest,
  path: string,
): Promise<EdgeResponse> {
  const key = keyOf(path)
  if (key === undefined) return missing
  const etag = request.headers['if-none-match']?.replaceAll('W/', '')
  return get(s3, bucket, key, {
    ...(etag === undefined ? {} : { IfNoneMatch: etag }),
    ...(request.headers.range === undefined ? {} : { Range: request.headers.range }),
  })
}

const missing: EdgeResponse = { status: 404, headers: {}, body: Buffer.alloc(0) }

function keyOf(path: string): string | undefined {
  try {
    return decodeURIComponent(path.slice(1))
  } catch {
    return undefined
  }
}

async function get(
  s3: S3Client,
  Bucket: string,
  Key: string,
  conditions: { IfNoneMatch?: string; Range?: string },
): Promise<EdgeResponse> {
  try {
    const object = await s3.send(new GetObjectCommand({ Bucket, Key, ...conditions }))
    const body = Buffer.from((await object.Body?.transformToByteArray()) ?? [])
    return { status: object.ContentRange === undefined ? 200 : 206, headers: headersOf(object), body }
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error
    const status = error.$metadata.httpStatusCode ?? 502
    const headers = error.$response?.headers ?? {}
    if (status === 304) return { status, headers: pick(headers, ['etag', 'cache-control']), body: Buffer.alloc(0) }
    if (status === 416) return { status, headers: pick(headers, ['content-range']), body: Buffer.alloc(0) }
    if (status === 404 || status === 403) return missing
    throw error
  }
}

function headersOf(object: GetObjectCommandOutput): Record<string, string> {
  const headers = {
    'content-type': object.ContentType,
    'cache-control': object.CacheControl,
    'content-disposition': object.ContentDisposition,
    'content-encoding': object.ContentEncoding,
    'content-range': object.ContentRange,
    'last-modified': object.LastModified?.toUTCString(),
    etag: object.ETag,
    'accept-ranges': 'bytes',
  }
  return pick(headers, Object.keys(headers))
}

function pick(headers: Record<string, string | undefined>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as const])),
  )
}
