import { createHash } from 'node:crypto'
import type { Files } from '#functions/gateways/files.ts'
import type { RenderedPage } from './adapter/render.ts'

export interface PublishPorts {
  readonly files: Pick<Files, 'readHead' | 'putFile' | 'removeFile'>
  /** From current data, read after it was called. */
  readonly render: (path: string) => Promise<RenderedPage>
}

export type PublishOutcome = 'written' | 'unchanged' | 'deleted'

const attempts = 10
const pagesAtOnce = 8

/** See docs/decisions/0002-page-caching.md. */
export const pageCacheControl = 'public, max-age=0, s-maxage=1, stale-if-error=86400'

/**
 * Brings one page up to date: renders it and writes the bytes if they differ, deletes it if it is not found.
 *
 * The stored object's ETag is read before the data, and the write happens only while it is still that: whoever read older data
 * than the last writer fails and starts again, so that of any number of racing publishers the newest data wins.
 */
export async function publishPath({ files, render }: PublishPorts, path: string): Promise<PublishOutcome> {
  const key = keyOf(path)
  for (let attempt = 0; attempt < attempts; attempt++) {
    const stored = await files.readHead(key)
    const page = await render(path)
    if (isMissing(path, page)) {
      if (!stored) return 'unchanged'
      if (await files.removeFile(key, stored)) return 'deleted'
      continue
    }
    const file = { body: page.body, contentType: contentTypeOf(page), cacheControl: pageCacheControl }
    const fingerprint = fingerprintOf(file)
    if (stored?.fingerprint === fingerprint) return 'unchanged'
    if (await files.putFile(key, { ...file, fingerprint }, stored ?? 'absent')) return 'written'
  }
  throw new Error(`${path} changed at every attempt to publish it`)
}

export interface PublishReport {
  readonly written: readonly string[]
  readonly deleted: readonly string[]
  readonly unchanged: number
  readonly failed: ReadonlyMap<string, unknown>
}

/** Publishes each path; one that fails does not keep the others from being published. */
export async function publish(ports: PublishPorts, paths: Iterable<string>): Promise<PublishReport> {
  const outcomes = { written: [] as string[], deleted: [] as string[], unchanged: [] as string[] }
  const failed = new Map<string, unknown>()
  const queue = new Set(paths).values()
  const work = async () => {
    for (const path of queue) {
      try {
        outcomes[await publishPath(ports, path)].push(path)
      } catch (error) {
        failed.set(path, error)
      }
    }
  }
  await Promise.all(Array.from({ length: pagesAtOnce }, work))
  return { ...outcomes, unchanged: outcomes.unchanged.length, failed }
}

/** `/city/seville/` is stored as `city/seville/index.html`, `/feed.xml` as `feed.xml`. */
export function keyOf(path: string): string {
  return path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1)
}

/** The page for missing pages is the only one that is there while it says that it is not. */
function isMissing(path: string, { status }: RenderedPage): boolean {
  if (status === 200 || (status === 404 && path === '/404.html')) return false
  if (status === 404) return true
  throw new Error(`rendering ${path} answered ${status}`)
}

const contentTypeOf = ({ contentType }: RenderedPage): string =>
  contentType === 'text/html' ? 'text/html; charset=utf-8' : contentType

function fingerprintOf(file: { body: Uint8Array; contentType: string; cacheControl: string }): string {
  return createHash('sha256')
    .update(`${file.contentType}\n${file.cacheControl}\n`)
    .update(file.body)
    .digest('base64url')
}
