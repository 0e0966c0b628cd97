import { createHash, createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto'
import type { Readable } from 'node:stream'
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { extendedEncodeURIComponent, HttpRequest } from '@smithy/core/protocols'
import { SignatureV4 } from '@smithy/signature-v4'

/**
 * Puts objects with the signer and the connections of the SDK's client, but without its middleware, which takes three quarters of a put's
 * processor time: docs/decisions/0025-full-publish.md.
 *
 * @returns the status of S3's answer, or null when there was none. Nothing is tried again.
 */
export function createDirectPut(client: S3Client, bucket: string) {
  const { region, credentials, requestHandler } = client.config
  const signer = new SignatureV4({ service: 's3', uriEscapePath: false, region, credentials, sha256: Sha256 })
  /** Where the bucket's objects are, with a slash at the end. */
  let address: URL | undefined

  return async function put(
    key: string,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array,
  ): Promise<number | null> {
    try {
      address ??= new URL('.', await getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: 'x' })))
      return await send(address, key, headers, body)
    } catch {
      return null
    }
  }

  async function send(
    { protocol, hostname, port, host, pathname }: URL,
    key: string,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array,
  ): Promise<number> {
    const request = new HttpRequest({
      method: 'PUT',
      ...{ protocol, hostname, ...(port ? { port: Number(port) } : {}) },
      path: pathname + key.split('/').map(extendedEncodeURIComponent).join('/'),
      headers: {
        ...headers,
        host,
        'content-length': String(body.length),
        'x-amz-content-sha256': hash('sha256', body),
      },
      body,
    })
    const { response } = await requestHandler.handle(HttpRequest.clone(await signer.sign(request)))
    const answer: Readable = response.body
    answer.resume()
    return response.statusCode
  }
}

/** What the SDK's own does, with keys as Node wants them: of bytes it first finds out what they are, which takes longer than the hash. */
class Sha256 {
  readonly #hash

  constructor(secret?: Secret) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secretKeyOf(secret))
  }
  update(chunk: Uint8Array): void {
    this.#hash.update(chunk)
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
  reset(): void {
    throw new Error('a hash that was begun is not begun again')
  }
}

type Secret = string | ArrayBuffer | ArrayBufferView

const secretKeyOf = (secret: Secret): KeyObject =>
  typeof secret === 'string'
    ? createSecretKey(secret, 'utf8')
    : createSecretKey(
        ArrayBuffer.isView(secret)
          ? Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength)
          : Buffer.from(secret),
      )
