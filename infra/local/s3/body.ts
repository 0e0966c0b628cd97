import { createHash } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { S3Error } from './errors.ts'
import type { S3Request } from './request.ts'

export type Body = {
  bytes: Buffer
  /** Header name and value of each checksum that was verified, to be kept with the object. */
  checksums: Record<string, string>
}

const CHECKSUMS: Record<string, (bytes: Buffer) => string> = {
  'x-amz-checksum-crc32': (bytes) => {
    const checksum = Buffer.alloc(4)
    checksum.writeUInt32BE(crc32(bytes))
    return checksum.toString('base64')
  },
  'x-amz-checksum-sha1': (bytes) => createHash('sha1').update(bytes).digest('base64'),
  'x-amz-checksum-sha256': (bytes) => createHash('sha256').update(bytes).digest('base64'),
}

/** Decodes what was sent and checks every digest that came with it. */
export function decodeBody({ headers, rawBody }: S3Request): Body {
  const payload = headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD'
  const { bytes, trailers } = payload.startsWith('STREAMING-')
    ? decodeChunks(rawBody, payload, headers)
    : plain(rawBody)
  if (/^[0-9a-f]{64}$/.test(payload) && createHash('sha256').update(bytes).digest('hex') !== payload) {
    throw new S3Error(
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' does not match what was computed.",
    )
  }
  const md5 = headers['content-md5']
  if (md5 !== undefined && createHash('md5').update(bytes).digest('base64') !== md5) throw badDigest('Content-MD5')
  return { bytes, checksums: verifyChecksums(bytes, { ...headers, ...trailers }) }
}

function verifyChecksums(bytes: Buffer, fields: S3Request['headers']): Record<string, string> {
  const verified: Record<string, string> = {}
  for (const [name, given] of Object.entries(fields)) {
    if (!/^x-amz-checksum-(?!type|algorithm|mode)/.test(name) || given === undefined) continue
    const compute = CHECKSUMS[name]
    if (!compute) throw new S3Error(501, 'NotImplemented', `${name} is not supported by this server`)
    if (compute(bytes) !== given) throw badDigest(name)
    verified[name] = given
  }
  return verified
}

const plain = (bytes: Buffer) => ({ bytes, trailers: {} })

/**
 * `size;extensions CRLF bytes CRLF` … `0 CRLF` then trailing headers.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
function decodeChunks(raw: Buffer, payload: string, headers: S3Request['headers']) {
  if (payload !== 'STREAMING-UNSIGNED-PAYLOAD-TRAILER') {
    throw new S3Error(501, 'NotImplemented', `${payload} is not supported by this server`)
  }
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const endOfLine = raw.indexOf('\r\n', at)
    const size = endOfLine < 0 ? Number.NaN : Number.parseInt(raw.toString('latin1', at, endOfLine), 16)
    const start = endOfLine + 2
    if (Number.isNaN(size) || start + size > raw.length) throw incompleteBody()
    at = start + size
    if (size === 0) break
    chunks.push(raw.subarray(start, at))
    if (raw.toString('latin1', at, at + 2) !== '\r\n') throw incompleteBody()
    at += 2
  }
  const bytes = Buffer.concat(chunks)
  if (bytes.length !== Number(headers['x-amz-decoded-content-length'])) throw incompleteBody()

  const trailers = Object.fromEntries(
    [...raw.toString('latin1', at).matchAll(/^([\w-]+):\s*(.*?)\s*$/gm)].map(([, name = '', value]) => [
      name.toLowerCase(),
      value,
    ]),
  )
  const announced = headers['x-amz-trailer']
  if (announced !== undefined && trailers[announced] === undefined) {
    throw new S3Error(400, 'MalformedTrailerError', 'The request contained trailing data that was not well-formed.')
  }
  return { bytes, trailers }
}

const badDigest = (name: string) =>
  new S3Error(400, 'BadDigest', `The ${name} you specified did not match what we received.`)

const incompleteBody = () =>
  new S3Error(
    400,
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  )
