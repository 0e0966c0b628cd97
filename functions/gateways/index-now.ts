import { isFound } from '#domain/site-pages.ts'

export interface IndexNow {
  /**
   * Tells search engines which pages have changed or gone. What could not be told is kept and goes with the next call: it must hold
   * up no page. What is refused time after time is given up, so that it does not hold up the rest: that, and whatever a process takes
   * with it when it ends, crawlers find by the sitemap.
   *
   * @param waitMs how long to wait for an answer.
   * @returns how many addresses are still to be told.
   */
  tell(paths: readonly string[], waitMs?: number): Promise<number>
}

/** https://www.indexnow.org/documentation: at most 10,000 addresses in one call. */
const mostAtOnce = 10_000
const usualWaitMs = 2_000
const mostTries = 5

export function createIndexNow({
  endpoint,
  key,
  siteUrl,
}: {
  readonly endpoint: string
  readonly key: string
  /** Origin without a slash at the end. */
  readonly siteUrl: string
}): IndexNow {
  const waiting = new Set<string>()
  /** How often the first of them have been refused. */
  let tries = 0
  return {
    tell: async (paths, waitMs = usualWaitMs) => {
      for (const path of paths) if (isFound(path)) waiting.add(siteUrl + path)
      while (waiting.size > 0) {
        const urlList = [...waiting].slice(0, mostAtOnce)
        const body = { host: new URL(siteUrl).host, key, keyLocation: `${siteUrl}/${key}.txt`, urlList }
        if (!(await isAccepted(endpoint, body, waitMs)) && ++tries < mostTries) break
        tries = 0
        for (const url of urlList) waiting.delete(url)
      }
      return waiting.size
    },
  }
}

async function isAccepted(endpoint: string, body: object, waitMs: number): Promise<boolean> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(waitMs),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}
