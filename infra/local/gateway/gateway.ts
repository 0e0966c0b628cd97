import type { HeaderOrigins } from '#infra/headers.ts'
import { securityHeaders } from '#infra/headers.ts'
import { type Route, routes } from '#infra/routes.ts'
import { type BucketOrigin, fetchFromBucket } from './bucket-origin.ts'
import { createEdgeCache } from './cache.ts'
import { compress } from './compress.ts'
import { loadEdgeFunction } from './edge-function.ts'
import { fetchFromFunction, type Invoke } from './function-origin.ts'
import { routeMatcher } from './match-route.ts'
import { type EdgeResponse, edgeError, type ViewerRequest } from './viewer.ts'

export interface GatewayOptions {
  readonly site: BucketOrigin
  readonly invoke: Invoke
  readonly origins: HeaderOrigins
  /** Functions that anybody may call unsigned, as their own authorisation decides. */
  readonly isOpen: (name: string) => boolean
  /** Called after a request that may have written something. */
  readonly afterWrite: () => void
}

export type Gateway = (request: ViewerRequest) => Promise<EdgeResponse>

/** Answers a request as the CloudFront distribution would: routes, edge function, origins, cache, headers, compression. */
export function createGateway(options: GatewayOptions): Gateway {
  const routeOf = routeMatcher(routes)
  const viewerRequest = loadEdgeFunction(new URL('../../edge/viewer-request.js', import.meta.url))
  const cached = createEdgeCache()
  /** The second origin of the bucket's origin group, asked when the first one answers 404. */
  const fallback = { name: 'missing', invoke: options.invoke, signed: true } as const

  async function answer(route: Route, request: ViewerRequest): Promise<EdgeResponse> {
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (!isRead && route.methods === 'read')
      return edgeError(403, 'This distribution is not configured to allow the HTTP request method.')

    if ('bucket' in route.target) {
      const decided = viewerRequest(request)
      if ('response' in decided) return decided.response
      const found = await fetchFromBucket(options.site, request, decided.path)
      return found.status === 404 ? fetchFromFunction(fallback, { ...request, query: '' }) : found
    }
    const { function: name } = route.target
    const origin = { name, invoke: options.invoke, signed: !options.isOpen(name) }
    const forwarded = route.query ? request : { ...request, query: '' }
    if (route.caching === 'origin' && isRead) {
      const key = `${forwarded.path}?${forwarded.query}`
      const { response, state } = await cached(key, () => fetchFromFunction(origin, cacheable(forwarded)))
      return { ...response, headers: { ...response.headers, 'x-cache': state } }
    }
    const response = await fetchFromFunction(origin, forwarded)
    if (!isRead) options.afterWrite()
    return response
  }

  return async (request) => {
    const route = routeOf(request.path)
    if (!route) return edgeError(403, 'No behaviour takes this path.')
    const response = await answer(route, request)
    const withHeaders = { ...response.headers, ...securityHeaders(route.headers, options.origins) }
    return compress({ ...response, headers: withHeaders }, request.headers['accept-encoding'])
  }
}

/** What many share is asked for without what is one viewer's own. */
function cacheable(request: ViewerRequest): ViewerRequest {
  const { accept = '*/*' } = request.headers
  return { ...request, method: 'GET', headers: { accept }, cookies: [] }
}
