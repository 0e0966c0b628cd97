import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { accessDenied, S3Error } from './errors.ts'
import type { S3Request } from './request.ts'

export type Credentials = { accessKeyId: string; secretAccessKey: string; region: string }

const ALGORITHM = 'AWS4-HMAC-SHA256'
const MAX_CLOCK_SKEW_MS = 15 * 60_000
const MAX_EXPIRY_SECONDS = 7 * 24 * 3600

type Claim = {
  credential: string
  signedHeaders: string[]
  signature: string
  /** As in `20261122T130000Z`. */
  date: string
  payloadHash: string
}

/**
 * Throws unless the request carries a valid Signature Version 4 of these credentials, in its header or its URL.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html
 */
export function verifySignature(request: S3Request, credentials: Credentials, now: Date): void {
  const inUrl = request.query.has('X-Amz-Signature')
  if (!inUrl && request.headers.authorization === undefined) throw accessDenied('Anonymous access is forbidden')
  const claim = inUrl ? claimInUrl(request, now) : claimInHeader(request, now)
  const scope = verifyCredential(claim.credential, claim.date, credentials)
  verifyAllAmzHeadersAreSigned(request, claim.signedHeaders)

  const canonicalRequest = [
    request.method,
    request.path.split('/').map(strictEncode).join('/'),
    canonicalQuery(request.query),
    ...claim.signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/\s+/g, ' ')}`),
    '',
    claim.signedHeaders.join(';'),
    claim.payloadHash,
  ].join('\n')
  const toSign = [ALGORITHM, claim.date, scope, sha256(canonicalRequest)].join('\n')
  verifySigned(toSign, claim.signature, scope, credentials)
}

/** Throws unless the scope of `credential` is ours on that date; answers the scope without the key's id. */
export function verifyCredential(credential: string, date: string, { accessKeyId, region }: Credentials): string {
  const [id, ...scope] = credential.split('/')
  if (id !== accessKeyId) {
    throw new S3Error(403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.')
  }
  const expected = [date.slice(0, 8), region, 's3', 'aws4_request'].join('/')
  if (scope.join('/') === expected) return expected
  throw new S3Error(400, 'AuthorizationHeaderMalformed', `The credential's scope must be ${expected}`)
}

/** Throws unless `signature` is that of `toSign` under our secret. */
export function verifySigned(toSign: string, signature: string, scope: string, { secretAccessKey }: Credentials): void {
  const expected = Buffer.from(hmac(signingKey(secretAccessKey, scope), toSign).toString('hex'))
  const given = Buffer.from(signature)
  if (given.length === expected.length && timingSafeEqual(given, expected)) return
  throw new S3Error(
    403,
    'SignatureDoesNotMatch',
    'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
  )
}

/** The last one: a scope is that of a day. */
let kept: { readonly of: string; readonly key: KeyObject } | undefined
function signingKey(secretAccessKey: string, scope: string): KeyObject {
  const of = `${secretAccessKey} ${scope}`
  if (kept?.of === of) return kept.key
  const secret = createSecretKey(`AWS4${secretAccessKey}`, 'utf8')
  const key = scope.split('/').reduce((key, part) => createSecretKey(hmac(key, part)), secret)
  kept = { of, key }
  return key
}

function claimInHeader({ headers }: S3Request, now: Date): Claim {
  const fields = /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=(\w+)$/
  const [, credential, signedHeaders, signature] = fields.exec(headers.authorization ?? '') ?? []
  const date = headers['x-amz-date']
  const payloadHash = headers['x-amz-content-sha256']
  if (!credential || !signedHeaders || !signature || !date || !payloadHash) {
    throw new S3Error(400, 'AuthorizationHeaderMalformed', 'The authorization header that you provided is not valid.')
  }
  if (Math.abs(now.getTime() - instant(date)) > MAX_CLOCK_SKEW_MS) {
    throw new S3Error(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the server time is too large.',
    )
  }
  return { credential, signedHeaders: signedHeaders.split(';'), signature, date, payloadHash }
}

function claimInUrl({ query, headers }: S3Request, now: Date): Claim {
  const [algorithm, credential, date, expires, signedHeaders, signature] = [
    ...['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'],
  ].map((name) => query.get(`X-Amz-${name}`))
  const seconds = Number(expires)
  if (algorithm !== ALGORITHM || !credential || !date || !signedHeaders || !signature) {
    throw new S3Error(400, 'AuthorizationQueryParametersError', 'A parameter of the signature is missing or not valid.')
  }
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_EXPIRY_SECONDS) {
    throw new S3Error(400, 'AuthorizationQueryParametersError', 'X-Amz-Expires must be between 1 and 604800 seconds')
  }
  if (now.getTime() > instant(date) + seconds * 1000) throw accessDenied('Request has expired')
  if (now.getTime() < instant(date) - MAX_CLOCK_SKEW_MS) throw accessDenied('Request is not yet valid')
  const payloadHash = query.get('X-Amz-Content-Sha256') ?? headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'
  return { credential, signedHeaders: signedHeaders.split(';'), signature, date, payloadHash }
}

function verifyAllAmzHeadersAreSigned({ headers }: S3Request, signedHeaders: string[]): void {
  const unsigned = Object.keys(headers).filter(
    (name) =>
      (name === 'host' || (name.startsWith('x-amz-') && name !== 'x-amz-content-sha256')) &&
      !signedHeaders.includes(name),
  )
  if (unsigned.length > 0)
    throw accessDenied(`There were headers present in the request which were not signed: ${unsigned}`)
}

function canonicalQuery(query: URLSearchParams): string {
  return [...query]
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]): [string, string] => [strictEncode(name), strictEncode(value)])
    .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
    .map((pair) => pair.join('='))
    .join('&')
}

function instant(amzDate: string): number {
  const time = Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (Number.isNaN(time)) throw accessDenied('AWS authentication requires a valid Date or x-amz-date')
  return time
}

/** RFC 3986: everything but letters, digits and `-_.~`. */
const strictEncode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const hmac = (key: KeyObject, text: string) => createHmac('sha256', key).update(text).digest()
