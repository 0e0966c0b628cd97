import { splitPath } from '#domain/languages.ts'

/**
 * Where to go after signing in: the page that asked for it, if it is one of ours; else the account page.
 *
 * Answers a whole address: a path such as `//elsewhere.example` would be read as another site's.
 */
export function nextAddress(search: string, origin: string, fallback: string): string {
  const asked = new URLSearchParams(search).get('next') ?? ''
  if (!asked.startsWith('/')) return origin + fallback
  try {
    const url = new URL(asked, origin)
    const isLoop = splitPath(url.pathname).path.startsWith('/sign-in')
    return url.origin === origin && !isLoop ? url.href : origin + fallback
  } catch {
    return origin + fallback
  }
}
