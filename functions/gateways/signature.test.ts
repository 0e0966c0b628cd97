import { createHash, createHmac } from 'node:crypto'
import { HttpRequest } from '@smithy/core/protocols'
import { SignatureV4 } from '@smithy/signature-v4'
import { expect, test } from 'vitest'
import { createSigner } from './signature.ts'

const region = 'eu-central-1'
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'public, max-age=0, s-maxage=1',
  'x-amz-meta-note': '/city/seville/ /month/2027-03/',
  'if-none-match': '*',
  host: 'bucket.s3.eu-central-1.amazonaws.com',
  'content-length': '2',
  'x-amz-content-sha256': '8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4',
}
const path = '/city/z%C3%BCrich%20%28old%29/index.html'
const ofAUser = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a/secret+key' }
const ofARole = { ...ofAUser, secretAccessKey: 'another/secret', sessionToken: 'FwoGZXIvYXdzEBY=' }

test('signs as the SDK does, for users and roles, on one day and the next, in any order', async () => {
  const sign = createSigner(region)
  for (const day of ['2026-11-29T23:59:59.999Z', '2026-11-30T00:00:00.000Z', '2026-11-29T00:00:00.000Z']) {
    for (const credentials of [ofAUser, ofARole, ofAUser]) {
      const now = new Date(day)
      const signed = sign({ method: 'PUT', path, headers }, credentials, now)
      expect(signed).toEqual(await signedBySdk(credentials, now))
    }
  }
})

async function signedBySdk(credentials: typeof ofAUser, signingDate: Date): Promise<Record<string, string>> {
  const signer = new SignatureV4({ service: 's3', uriEscapePath: false, region, credentials, sha256: Sha256 })
  const request = new HttpRequest({ method: 'PUT', hostname: headers.host, path, headers })
  return (await signer.sign(request, { signingDate })).headers
}

class Sha256 {
  readonly #hash

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytesOf(secret))
  }
  update(chunk: Uint8Array): void {
    this.#hash.update(chunk)
  }
  async digest(): Promise<Uint8Array> {
    return this.#hash.digest()
  }
  reset(): void {}
}

const bytesOf = (secret: string | ArrayBuffer | ArrayBufferView): string | Uint8Array =>
  typeof secret === 'string'
    ? secret
    : ArrayBuffer.isView(secret)
      ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
      : new Uint8Array(secret)
