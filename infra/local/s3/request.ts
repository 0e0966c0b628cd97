import type { IncomingMessage } from 'node:http'
import { S3Error } from './errors.ts'

/** One request, read whole and decoded. */
export type S3Request = {
  method: string
  /** Decoded, with the slash before it. */
  path: string
  query: URLSearchParams
  headers: { readonly [name: string]: string | undefined }
  /** Empty for the service itself. */
  bucket: string
  /** Empty for the bucket itself. */
  key: string
  rawBody: Buffer
}

/** The largest single PUT that this server takes; S3 takes 5 GB. */
const MAX_BODY_BYTES = 512 * 1024 * 1024

export async function readRequest(message: IncomingMessage): Promise<S3Request> {
  const headers = Object.fromEntries(Object.entries(message.headers).map(([name, value]) => [name, String(value)]))
  const [rawPath = '/', rawQuery = ''] = splitOnce(message.url ?? '/', '?')
  const path = decodePath(rawPath)
  const hostBucket = /^(.+)\.(?:localhost|s3[.-].*)$/.exec(splitOnce(headers.host ?? '', ':')[0] ?? '')?.[1]
  const [bucket = '', key = ''] = hostBucket ? [hostBucket, path.slice(1)] : splitOnce(path.slice(1), '/')
  return {
    method: message.method ?? 'GET',
    path,
    // A plus sign is a plus sign to S3, not a blank.
    query: new URLSearchParams(rawQuery.replaceAll('+', '%2B')),
    headers,
    bucket,
    key,
    rawBody: await readBody(message),
  }
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    size += chunk.length
    if (size > MAX_BODY_BYTES) throw new S3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum size')
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.")
  }
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}
