import * as http from 'node:http'
import * as https from 'node:https'
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { extendedEncodeURIComponent } from '@smithy/core/protocols'
import { createSigner } from './signature.ts'

const patienceMs = 10_000
/** As many as the SDK's client has. */
const mostConnections = 50

/**
 * Puts objects where the SDK's client would, but without it, which takes four fifths of a put's processor time:
 * docs/decisions/0025-full-publish.md.
 *
 * @returns the status of S3's answer, or null when there was none. Nothing is tried again.
 */
export function createDirectPut(client: S3Client, bucket: string) {
  let target: Promise<Awaited<ReturnType<typeof findTarget>>> | undefined

  return async function put(
    key: string,
    headers: Readonly<Record<string, string>>,
    body: Uint8Array,
    sha256: string,
  ): Promise<number | null> {
    try {
      target ??= findTarget(client, bucket).catch((error: unknown) => {
        target = undefined
        throw error
      })
      const { address, sign, connect } = await target
      const path = address.pathname + key.split('/').map(extendedEncodeURIComponent).join('/')
      const own = { host: address.host, 'content-length': String(body.length), 'x-amz-content-sha256': sha256 }
      const request = { method: 'PUT', path, headers: { ...headers, ...own } }
      const signed = sign(request, await client.config.credentials(), new Date())
      return await send(connect({ ...request, headers: signed }), body)
    } catch {
      return null
    }
  }
}

/** Where the bucket's objects are, and what is needed to put some there. */
async function findTarget(client: S3Client, bucket: string) {
  const address = new URL('.', await getSignedUrl(client, new GetObjectCommand({ Bucket: bucket, Key: 'x' })))
  const { protocol, hostname, port } = address
  const { Agent, request } = protocol === 'https:' ? https : http
  const options = {
    ...{ protocol, hostname, port },
    agent: new Agent({ keepAlive: true, maxSockets: mostConnections }),
    timeout: patienceMs,
  }
  return {
    address,
    sign: createSigner(await client.config.region()),
    connect: (more: http.RequestOptions) => request({ ...options, ...more }),
  }
}

function send(request: http.ClientRequest, body: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    request
      .on('response', (answer) => {
        answer.on('error', reject).on('end', () => resolve(answer.statusCode ?? 0))
        answer.resume()
      })
      .on('timeout', () => request.destroy(new Error(`no answer within ${patienceMs} ms`)))
      .on('error', reject)
      .end(body)
  })
}
