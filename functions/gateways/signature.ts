import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'
import type { S3Client } from '@aws-sdk/client-s3'

export interface RequestToSign {
  readonly method: string
  /** As it is sent, each segment encoded. */
  readonly path: string
  /** Names in lower case, values without blanks at their ends or two in a row; `host` and `x-amz-content-sha256` among them. */
  readonly headers: Readonly<Record<string, string>>
}

type Credentials = Awaited<ReturnType<S3Client['config']['credentials']>>

const algorithm = 'AWS4-HMAC-SHA256'
/** Proxies may change it. */
const unsigned = 'cache-control'

/**
 * Signs requests to S3 without a query: their headers with those of AWS Signature Version 4, at `now`, the same as the SDK's signer adds
 * (there is a test). That one takes twice the processor time: docs/decisions/0025-full-publish.md.
 */
export function createSigner(region: string) {
  /** The last one: it is that of a secret and a day. */
  let kept: { readonly of: string; readonly key: KeyObject } | undefined

  function keyOf(secret: string, day: string): KeyObject {
    const of = `${day} ${secret}`
    if (kept?.of === of) return kept.key
    const first = createSecretKey(`AWS4${secret}`, 'utf8')
    const key = [day, region, 's3', 'aws4_request'].reduce(
      (key, part) => createSecretKey(mac(key, part).digest()),
      first,
    )
    kept = { of, key }
    return key
  }

  return function sign(
    { method, path, headers }: RequestToSign,
    { accessKeyId, secretAccessKey, sessionToken }: Credentials,
    now: Date,
  ): Record<string, string> {
    const at = now.toISOString().replace(/[-:]|\.\d+/g, '')
    const day = at.slice(0, 8)
    const all: Record<string, string> = {
      ...headers,
      'x-amz-date': at,
      ...(sessionToken ? { 'x-amz-security-token': sessionToken } : {}),
    }
    const names = Object.keys(all)
      .filter((name) => name !== unsigned)
      .sort()
    const lines = names.map((name) => `${name}:${all[name]}\n`).join('')
    const canonical = `${method}\n${path}\n\n${lines}\n${names.join(';')}\n${all['x-amz-content-sha256']}`
    const scope = `${day}/${region}/s3/aws4_request`
    const toSign = `${algorithm}\n${at}\n${scope}\n${hash('sha256', canonical)}`
    const signature = mac(keyOf(secretAccessKey, day), toSign).digest('hex')
    all.authorization = `${algorithm} Credential=${accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`
    return all
  }
}

/** With keys as Node wants them: of bytes it first finds out what they are, which takes longer than the hash. */
const mac = (key: KeyObject, text: string) => createHmac('sha256', key).update(text)
