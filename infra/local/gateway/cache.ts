import type { EdgeResponse } from './viewer.ts'

interface Entry {
  readonly response: EdgeResponse
  readonly storedAt: number
  readonly freshUntil: number
  readonly usableUntil: number
}

export type CacheState = 'Hit from cloudfront' | 'Miss from cloudfront' | 'RefreshHit from cloudfront'

const MOST_ENTRIES = 500

/**
 * The edge's cache for answers of functions: `s-maxage` (else `max-age`) and `stale-while-revalidate` as the answer
 * says. Simultaneous misses of one key ask the origin once.
 */
export function createEdgeCache(now: () => number = Date.now) {
  const entries = new Map<string, Entry>()
  const underway = new Map<string, Promise<EdgeResponse>>()

  function ask(key: string, origin: () => Promise<EdgeResponse>): Promise<EdgeResponse> {
    const earlier = underway.get(key)
    if (earlier !== undefined) return earlier
    const asked = origin()
      .then((response) => {
        keep(key, response)
        return response
      })
      .finally(() => underway.delete(key))
    underway.set(key, asked)
    return asked
  }

  function keep(key: string, response: EdgeResponse): void {
    const { fresh, stale } = lifetimes(response)
    entries.delete(key)
    if (response.status !== 200 || fresh === 0) return
    const storedAt = now()
    const freshUntil = storedAt + fresh * 1000
    entries.set(key, { response, storedAt, freshUntil, usableUntil: freshUntil + stale * 1000 })
    const [oldest] = entries.keys()
    if (entries.size > MOST_ENTRIES && oldest !== undefined) entries.delete(oldest)
  }

  return async function answer(
    key: string,
    origin: () => Promise<EdgeResponse>,
  ): Promise<{ response: EdgeResponse; state: CacheState }> {
    const entry = entries.get(key)
    if (entry && now() < entry.freshUntil) return { response: aged(entry, now()), state: 'Hit from cloudfront' }
    if (entry && now() < entry.usableUntil) {
      ask(key, origin).catch((error: unknown) => console.error(`Refreshing ${key} failed:`, error))
      return { response: aged(entry, now()), state: 'RefreshHit from cloudfront' }
    }
    return { response: await ask(key, origin), state: 'Miss from cloudfront' }
  }
}

function aged({ response, storedAt }: Entry, now: number): EdgeResponse {
  return { ...response, headers: { ...response.headers, age: String(Math.floor((now - storedAt) / 1000)) } }
}

/** In seconds. An answer that sets a cookie or is private is never stored. */
function lifetimes({ headers, cookies = [] }: EdgeResponse): { fresh: number; stale: number } {
  const control = headers['cache-control'] ?? ''
  if (cookies.length > 0 || /\b(no-store|private|no-cache)\b/.test(control)) return { fresh: 0, stale: 0 }
  const seconds = (name: string) => Number(new RegExp(`(?:^|[\\s,])${name}=(\\d+)`).exec(control)?.[1] ?? Number.NaN)
  const shared = seconds('s-maxage')
  const fresh = Number.isNaN(shared) ? seconds('max-age') : shared
  return { fresh: fresh || 0, stale: seconds('stale-while-revalidate') || 0 }
}
