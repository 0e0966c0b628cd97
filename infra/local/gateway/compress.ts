import { promisify } from 'node:util'
import { brotliCompress, gzip, constants as zlib } from 'node:zlib'
import type { EdgeResponse } from './viewer.ts'

/** The types and sizes that CloudFront compresses. */
const COMPRESSIBLE =
  /^(text\/|application\/(json|[\w.-]+\+json|javascript|xml|[\w.-]+\+xml|wasm|vnd\.ms-fontobject|x-font-ttf)|image\/svg\+xml|font\/(ttf|otf|opentype|sfnt))/
const SMALLEST = 1_000
const LARGEST = 10_000_000

const encoders = {
  br: (body: Buffer) => promisify(brotliCompress)(body, { params: { [zlib.BROTLI_PARAM_QUALITY]: 5 } }),
  gzip: (body: Buffer) => promisify(gzip)(body, { level: 6 }),
} as const
type Encoding = keyof typeof encoders

const MOST_KEPT = 300
const kept = new Map<string, Buffer>()

/** Compresses as CloudFront does: the ETag becomes a weak one. */
export async function compress(response: EdgeResponse, acceptEncoding: string | undefined): Promise<EdgeResponse> {
  const { status, headers, body } = response
  const canShrink =
    status !== 206 &&
    headers['content-encoding'] === undefined &&
    COMPRESSIBLE.test(headers['content-type'] ?? '') &&
    body.length >= SMALLEST &&
    body.length <= LARGEST
  if (!canShrink) return response
  const encoding = preferred(acceptEncoding)
  const varying = {
    ...headers,
    vary: headers.vary === undefined ? 'Accept-Encoding' : `${headers.vary}, Accept-Encoding`,
  }
  if (!encoding) return { ...response, headers: varying }
  const etag = headers.etag?.replace(/^"/, 'W/"')
  return {
    ...response,
    headers: { ...varying, 'content-encoding': encoding, ...(etag === undefined ? {} : { etag }) },
    body: await encoded(body, encoding, headers.etag),
  }
}

function preferred(acceptEncoding = ''): Encoding | undefined {
  const accepted = acceptEncoding.split(',').flatMap((part) => {
    const [name = '', ...parameters] = part.trim().split(/\s*;\s*/)
    return parameters.some((one) => /^q=0(\.0*)?$/.test(one)) ? [] : [name]
  })
  return (['br', 'gzip'] as const).find((encoding) => accepted.includes(encoding))
}

async function encoded(body: Buffer, encoding: Encoding, etag: string | undefined): Promise<Buffer> {
  if (etag === undefined) return encoders[encoding](body)
  const key = `${encoding} ${body.length} ${etag}`
  const bytes = kept.get(key) ?? (await encoders[encoding](body))
  kept.delete(key)
  kept.set(key, bytes)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  return bytes
}
