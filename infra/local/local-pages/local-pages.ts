import type { EdgeResponse, ViewerRequest } from '../gateway/viewer.ts'
import type { LocalInfo } from './info.ts'
import { localPage, type NamedDeadLetter, styles } from './page.ts'

export interface LocalPages {
  readonly info: LocalInfo
  readonly deadLetters: () => Promise<readonly NamedDeadLetter[]>
  /** Answers how many were delivered. */
  readonly replay: () => Promise<number>
}

const PREFIX = '/_local/'

const answer = (type: string, body: string, status = 200, headers: Record<string, string> = {}): EdgeResponse => ({
  status,
  headers: {
    'content-type': type,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    ...headers,
  },
  body: Buffer.from(body),
})

/** What only the local stack answers, before any route; undefined for all other paths. Nothing of it is deployed. */
export function createLocalPages({ info, deadLetters, replay }: LocalPages) {
  const undelivered = async () =>
    (await deadLetters()).map(({ name, letter: { error, record } }) => ({ name, error, keys: record.dynamodb?.Keys }))

  return async ({ method, path, headers }: ViewerRequest): Promise<EdgeResponse | undefined> => {
    if (path === '/_local') return answer('text/plain', '', 302, { location: PREFIX })
    if (!path.startsWith(PREFIX)) return undefined
    const name = path.slice(PREFIX.length)
    if (method === 'POST' && name === 'replay' && headers.origin === info.site) {
      const delivered = await replay()
      if (headers.accept !== 'application/json') return answer('text/plain', '', 303, { location: PREFIX })
      return answer('application/json', JSON.stringify({ delivered, left: await undelivered() }))
    }
    if (method !== 'GET' && method !== 'HEAD') return answer('text/plain; charset=utf-8', 'Not allowed\n', 405)
    if (name === '') return answer('text/html; charset=utf-8', localPage(info, await deadLetters()))
    if (name === 'styles.css') return answer('text/css; charset=utf-8', styles)
    if (name === 'letters.json') return answer('application/json', JSON.stringify(await undelivered()))
    if (name === 'info.json') return answer('application/json', `${JSON.stringify(info, null, 2)}\n`)
    return answer('text/plain; charset=utf-8', 'Not found\n', 404)
  }
}
