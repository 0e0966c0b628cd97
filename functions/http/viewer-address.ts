import type { AppContext } from './app.ts'

/**
 * Where a request comes from, as the edge saw it: an IPv4 address, or the /64 of an IPv6 one, which one household has to itself.
 *
 * `infra/edge/viewer-address.js` writes this header over whatever the viewer sent; `X-Forwarded-For` begins with what the viewer
 * claims and is never read. A request without it shares one address with all others of its kind.
 */
export function viewerAddress(c: AppContext): string {
  const address = c.req.header('x-viewer-address') ?? ''
  return address.includes(':') ? networkOf(address) : address || 'unknown'
}

/** The first four groups, `::` written out. */
function networkOf(address: string): string {
  const [head = '', tail] = address.split('::')
  const groups = head === '' ? [] : head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : Math.max(0, 8 - groups.length - rest.length)
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...rest]
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, '').toLowerCase())
    .join(':')}::/64`
}
