import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** What a browser asked, as the edge sees it. */
export interface ViewerRequest {
  readonly method: string
  /** Percent-encoded, without dot segments, starts with a slash. */
  readonly path: string
  /** Raw, without the question mark. */
  readonly query: string
  /** Lowercased names; several values of one name are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly body: Buffer
  readonly ip: string
}

export interface EdgeResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Each is one Set-Cookie. */
  readonly cookies?: readonly string[]
  readonly body: Buffer
}

/** AWS Lambda takes and gives at most 6 MB. */
export const LAMBDA_LIMIT_BYTES = 6 * 1024 * 1024

export class RequestTooLarge extends Error {}

/** Undefined for a target that is no path, e.g. that of a proxy request. */
export async function readViewerRequest(message: IncomingMessage): Promise<ViewerRequest | undefined> {
  const target = message.url ?? ''
  if (!target.startsWith('/') || !URL.canParse(`http://edge${target}`)) return undefined
  const { pathname, search } = new URL(`http://edge${target}`)
  const headers: Record<string, string> = {}
  for (const [name, values = []] of Object.entries(message.headersDistinct)) {
    headers[name] = values.join(name === 'cookie' ? '; ' : ', ')
  }
  return {
    method: message.method ?? 'GET',
    path: pathname,
    query: search.slice(1),
    headers,
    cookies: (headers.cookie ?? '').split(/;\s*/).filter((pair) => pair !== ''),
    body: await readBody(message),
    ip: (message.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, ''),
  }
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of message) {
    size += chunk.length
    if (size > LAMBDA_LIMIT_BYTES) throw new RequestTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

export const sha256Hex = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** An answer that CloudFront itself gives. */
export function edgeError(status: number, sentence: string): EdgeResponse {
  const page = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${sentence}</title><h1>${status}</h1><p>${sentence}</p></html>\n`
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: Buffer.from(page),
  }
}
