import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { FunctionName } from '#infra/functions.ts'
import { type EdgeResponse, edgeError, LAMBDA_LIMIT_BYTES, sha256Hex, type ViewerRequest } from './viewer.ts'

export class FunctionTimeout extends Error {}

/** Calls a function's handler with an event, in no more than its time-out, after which it throws `FunctionTimeout`. */
export type Invoke = (name: FunctionName, event: unknown) => Promise<unknown>

export interface FunctionOrigin {
  readonly name: FunctionName
  readonly invoke: Invoke
  /** CloudFront signs what it sends (origin access control), for which a body's hash must come with it. */
  readonly signed: boolean
}

const result = z.object({
  statusCode: z.int().min(100).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
})

/** Turns a request into a function URL's event (payload 2.0) and the function's result into an answer. */
export async function fetchFromFunction(
  { name, invoke, signed }: FunctionOrigin,
  request: ViewerRequest,
): Promise<EdgeResponse> {
  if (signed && !carriesItsHash(request)) return signatureMismatch()
  let raw: unknown
  try {
    raw = await invoke(name, functionUrlEvent(name, request, signed))
  } catch (error) {
    if (error instanceof FunctionTimeout) return edgeError(504, 'The function took too long.')
    console.error(`The function ${name} failed:`, error)
    return edgeError(502, 'The function failed.')
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result.parse(raw)
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8')
  if (body.length > LAMBDA_LIMIT_BYTES) return edgeError(502, 'The function answered with more than 6 MB.')
  const named = Object.entries(headers).map(([header, value]) => [header.toLowerCase(), String(value)] as const)
  const kept = named.filter(([header]) => !OWNED_BY_THE_EDGE.has(header))
  return { status: statusCode, headers: Object.fromEntries(kept), cookies, body: bytes }
}

const OWNED_BY_THE_EDGE = new Set(['connection', 'content-length', 'date', 'keep-alive', 'server', 'transfer-encoding'])

/** Without a body there is nothing to hash, but a hash that is sent must be right. */
function carriesItsHash({ body, headers }: ViewerRequest): boolean {
  const sent = headers['x-amz-content-sha256']
  return sent === undefined ? body.length === 0 : sent === sha256Hex(body)
}

function signatureMismatch(): EdgeResponse {
  const message =
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.'
  return {
    status: 403,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'InvalidSignatureException' },
    body: Buffer.from(JSON.stringify({ message })),
  }
}

const TEXT = /^(text\/|application\/([\w.+-]+\+)?(json|xml|javascript)\b)/

export function functionUrlEvent(name: FunctionName, request: ViewerRequest, signed: boolean) {
  const { method, path, query, cookies, body, ip } = request
  const domainName = `${name}.lambda-url.us-east-1.on.aws`
  const isText = TEXT.test(request.headers['content-type'] ?? 'text/plain')
  const now = new Date()
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookies.length > 0 && { cookies }),
    headers: functionHeaders(request, domainName, signed),
    ...(query !== '' && { queryStringParameters: queryParameters(query) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: name,
      domainName,
      domainPrefix: name,
      http: {
        method,
        path: decodePath(path),
        protocol: 'HTTP/1.1',
        sourceIp: ip,
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: now.toUTCString(),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  }
}

/** Cookies travel apart; `host` is the function's; a signed request's `Authorization` is CloudFront's, not the viewer's. */
function functionHeaders(request: ViewerRequest, host: string, signed: boolean): Record<string, string> {
  const { cookie: _, connection: __, authorization, ...headers } = request.headers
  const forwarded = headers['x-forwarded-for']
  return {
    ...headers,
    ...(!signed && authorization !== undefined && { authorization }),
    host,
    // As infra/edge/viewer-address.js does: over whatever the viewer sent.
    'x-viewer-address': request.ip,
    via: '2.0 local.cloudfront.net (CloudFront)',
    'x-amz-cf-id': randomUUID(),
    'x-forwarded-for': forwarded === undefined ? request.ip : `${forwarded}, ${request.ip}`,
    'x-forwarded-port': '443',
    'x-forwarded-proto': 'https',
  }
}

function queryParameters(query: string): Record<string, string> {
  const parameters: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(query)) {
    parameters[name] = parameters[name] === undefined ? value : `${parameters[name]},${value}`
  }
  return parameters
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
