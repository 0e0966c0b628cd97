import type { FunctionName } from './functions.ts'
import type { HeaderPolicy } from './headers.ts'

/** How the edge treats answers of a route. `none`: never stored. `origin`: for as long as the answer's own Cache-Control says. */
export type EdgeCaching = 'none' | 'origin'

/** CloudFront behaviours in order; the first match wins, the last one matches everything. `*` as CloudFront reads it. */
export interface Route {
  readonly pattern: string
  readonly target: { readonly bucket: 'site' } | { readonly function: FunctionName }
  readonly caching: EdgeCaching
  readonly methods: 'read' | 'all'
  /** Query parameters are part of the cache key and reach the origin. */
  readonly query: boolean
  /** Which set of security headers the edge adds. */
  readonly headers: HeaderPolicy
}

const site = { bucket: 'site' } as const
const files = (pattern: string): Route => ({
  pattern,
  target: site,
  caching: 'origin',
  methods: 'read',
  query: false,
  headers: 'file',
})
const api = (name: FunctionName, pattern: string): Route => ({
  pattern,
  target: { function: name },
  caching: 'none',
  methods: 'all',
  query: true,
  headers: 'page',
})

export const routes: readonly Route[] = [
  { pattern: '/api/openapi.json', target: site, caching: 'origin', methods: 'read', query: false, headers: 'page' },
  api('webhooks', '/webhooks/*'),
  api('session', '/api/session'),
  { ...api('orders', '/api/events/*/availability'), caching: 'origin', methods: 'read', query: false },
  api('orders', '/api/events/*/code'),
  api('tickets', '/api/orders/*/tickets.pdf'),
  api('tickets', '/api/tickets/*'),
  api('orders', '/api/orders*'),
  api('orders', '/api/me/*'),
  api('organiser', '/api/organiser/*'),
  api('checkin', '/api/checkin*'),
  { ...api('feeds', '/feeds/*'), caching: 'origin', methods: 'read', query: false },
  files('/_astro/*'),
  files('/media/*'),
  { pattern: '/??/sign-in/*', target: site, caching: 'origin', methods: 'read', query: false, headers: 'signIn' },
  { pattern: '/sign-in/*', target: site, caching: 'origin', methods: 'read', query: false, headers: 'signIn' },
  { pattern: '/desk/*', target: site, caching: 'origin', methods: 'read', query: false, headers: 'desk' },
  { pattern: '/door/*', target: site, caching: 'origin', methods: 'read', query: false, headers: 'door' },
  { pattern: '*', target: site, caching: 'origin', methods: 'read', query: false, headers: 'page' },
]
