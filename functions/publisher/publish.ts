import { hash } from 'node:crypto'
import { splitPath } from '#domain/languages.ts'
import type { FileHead, Files } from '#functions/gateways/files.ts'
import type { RenderedPage } from './adapter/render.ts'
import { withDeadline } from './deadline.ts'

export interface PublishPorts {
  readonly files: Pick<Files, 'readHead' | 'isSame' | 'putFile' | 'removeFile'>
  /** From current data, read after it was called. */
  readonly render: (path: string) => Promise<RenderedPage>
  /** A page that is not there by then fails, so that it does not hold up the others; 10 seconds if absent. */
  readonly pageDeadlineMs?: number
  /**
   * Told of pages that were looked at from `sinceMs` on. Answers whether a full publish has gone on since: it may write them from what it
   * had read before. It will publish them once more at its end, and what it has written already is seen by a second look.
   */
  readonly noteTouched?: (paths: readonly string[], sinceMs: number) => Promise<boolean>
}

export type PublishOutcome = 'created' | 'replaced' | 'unchanged' | 'deleted'

const attempts = 10
const pagesAtOnce = 8

/** See docs/decisions/0002-page-caching.md. */
export const pageCacheControl = 'public, max-age=0, s-maxage=1, stale-if-error=86400'

/**
 * Brings one page up to date: renders it and writes the bytes if they differ, deletes it if it is not found.
 *
 * The stored object's ETag is read before the data, and the write happens only while it is still that: whoever read older data
 * than the last writer fails and starts again, so that of any number of racing publishers the newest data wins.
 *
 * @param along called before the write with pages that must change with it: a crash in between leaves the write to be done again,
 * and with it these.
 */
export async function publishPath(
  { files, render, pageDeadlineMs = 10_000 }: PublishPorts,
  path: string,
  along: (paths: readonly string[]) => Promise<void> = async () => {},
): Promise<PublishOutcome> {
  const key = keyOf(path)
  for (let attempt = 0; attempt < attempts; attempt++) {
    const stored = await files.readHead(key)
    const page = await withDeadline(render(path), pageDeadlineMs, path)
    if (isMissing(path, page)) {
      // Others may name it although it never was here: they were rendered while it would have been.
      await along(stored ? notedIn(stored) : (page.publishedWith ?? []))
      if (!stored) return 'unchanged'
      if (await files.removeFile(key, stored)) return 'deleted'
      continue
    }
    const file = fileOf(page)
    if (stored && files.isSame(stored, file)) return 'unchanged'
    await along(stored ? difference(notedIn(stored), page.publishedWith ?? []) : (page.publishedWith ?? []))
    if (await files.putFile(key, file, stored ?? 'absent')) return stored ? 'replaced' : 'created'
  }
  throw new Error(`${path} changed at every attempt to publish it`)
}

export interface PublishReport {
  readonly created: readonly string[]
  readonly replaced: readonly string[]
  readonly deleted: readonly string[]
  readonly unchanged: number
  readonly failed: ReadonlyMap<string, unknown>
}

/** Publishes each path and what must change with it; one that fails does not keep the others from being published. */
export async function publish(ports: PublishPorts, paths: Iterable<string>): Promise<PublishReport> {
  const sinceMs = Date.now()
  const { touched, ...report } = await publishEach(ports, paths)
  if (touched.length === 0 || !(await ports.noteTouched?.(touched, sinceMs))) return report
  const { created, replaced, deleted, unchanged, failed } = await publishEach(ports, touched)
  return {
    created: [...report.created, ...created],
    replaced: [...report.replaced, ...replaced],
    deleted: [...report.deleted, ...deleted],
    ...{ unchanged, failed },
  }
}

/** Each page once. */
async function publishEach(ports: PublishPorts, paths: Iterable<string>) {
  const outcomes: Record<PublishOutcome, string[]> = { created: [], replaced: [], unchanged: [], deleted: [] }
  const failed = new Map<string, unknown>()
  const begun = new Set<string>()

  async function publishOnce(path: string): Promise<void> {
    if (begun.has(path)) return
    begun.add(path)
    try {
      outcomes[await publishPath(ports, path, publishAlong)].push(path)
    } catch (error) {
      failed.set(path, error)
      throw error
    }
  }
  async function publishAlong(others: readonly string[]): Promise<void> {
    for (const path of others) await publishOnce(path)
  }
  const queue = new Set(paths).values()
  const work = async () => {
    for (const path of queue) await publishOnce(path).catch(() => {})
  }
  await Promise.all(Array.from({ length: pagesAtOnce }, work))
  return { ...outcomes, unchanged: outcomes.unchanged.length, failed, touched: [...begun] }
}

/** `/city/seville/` is stored as `city/seville/index.html`, `/feed.xml` as `feed.xml`. */
export function keyOf(path: string): string {
  return path.endsWith('/') ? `${path.slice(1)}index.html` : path.slice(1)
}

/** The order in which S3 lists keys; all of ours are ASCII. */
export const byBytes = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

/** The page for missing pages, in each language, is the only one that is there while it says that it is not. */
function isMissing(path: string, { status, body }: RenderedPage): boolean {
  if (status === 200 || (status === 404 && splitPath(path).path === '/404.html' && body.length > 0)) return false
  if (status === 404) return true
  throw new Error(`rendering ${path} answered ${status}`)
}

function fileOf({ body, contentType: type, publishedWith = [] }: RenderedPage) {
  const contentType = type === 'text/html' ? 'text/html; charset=utf-8' : type
  const note = publishedWith.join(' ')
  const sha256 = hash('sha256', body)
  const fingerprint = hash('sha256', [contentType, pageCacheControl, note, sha256].join('\n'), 'base64url')
  return { body, sha256, contentType, cacheControl: pageCacheControl, fingerprint, note }
}

const notedIn = ({ note = '' }: FileHead): string[] => note.split(' ').filter((one) => one !== '')

const difference = (some: readonly string[], others: readonly string[]): string[] => [
  ...some.filter((one) => !others.includes(one)),
  ...others.filter((one) => !some.includes(one)),
]
