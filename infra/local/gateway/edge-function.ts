import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { z } from 'zod'
import type { EdgeResponse, ViewerRequest } from './viewer.ts'

const value = z.object({ value: z.string() })
const pair = value.extend({ multiValue: z.array(value).optional() })
const answer = z.union([
  z.object({
    statusCode: z.int(),
    headers: z.record(z.string(), value).default({}),
    body: z.object({ encoding: z.enum(['text', 'base64']), data: z.string() }).optional(),
  }),
  z.object({ uri: z.string().startsWith('/'), querystring: z.record(z.string(), pair) }),
])

export type EdgeFunction = (request: ViewerRequest) => { readonly path: string } | { readonly response: EdgeResponse }

/** Runs a CloudFront Function's own source in a context that has nothing but the language, as at the edge. */
export function loadEdgeFunction(file: URL): EdgeFunction {
  const context = createContext({}, { codeGeneration: { strings: false, wasm: false } })
  const handler: unknown = runInContext(`${readFileSync(file, 'utf8')}\nhandler`, context, { filename: file.pathname })
  if (typeof handler !== 'function') throw new Error(`${file.pathname} has no function called handler`)
  return (request) => {
    const result = answer.parse(handler(edgeEvent(request)))
    if ('uri' in result) return { path: result.uri }
    const headers = Object.fromEntries(Object.entries(result.headers).map(([name, one]) => [name, one.value]))
    const body = Buffer.from(result.body?.data ?? '', result.body?.encoding === 'base64' ? 'base64' : 'utf8')
    return { response: { status: result.statusCode, headers, body } }
  }
}

function edgeEvent({ method, path, query, headers, cookies, ip }: ViewerRequest) {
  const { cookie: _, ...others } = headers
  return {
    version: '1.0',
    context: {
      distributionDomainName: 'local.cloudfront.net',
      distributionId: 'LOCAL',
      eventType: 'viewer-request',
      requestId: randomUUID(),
    },
    viewer: { ip },
    request: {
      method,
      uri: path,
      querystring: grouped(query.split('&')),
      headers: Object.fromEntries(Object.entries(others).map(([name, one]) => [name, { value: one }])),
      cookies: grouped(cookies),
    },
  }
}

type Pair = z.infer<typeof pair>

/** `name=value` texts by name; a name that comes again has all its values in `multiValue`. */
function grouped(texts: readonly string[]): Record<string, Pair> {
  const pairs: Record<string, Pair> = {}
  for (const text of texts.filter((one) => one !== '')) {
    const [name = '', ...rest] = text.split('=')
    const one = { value: rest.join('=') }
    const earlier = pairs[name]
    pairs[name] = earlier
      ? { ...earlier, multiValue: [...(earlier.multiValue ?? [{ value: earlier.value }]), one] }
      : one
  }
  return pairs
}
