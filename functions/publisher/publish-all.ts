import type { CatalogReader } from '#contracts/site.ts'
import { translatedPages } from '#domain/site-pages.ts'
import type { FileHead, Files } from '#functions/gateways/files.ts'
import type { RenderedPage } from './adapter/render.ts'
import { inEveryLanguage } from './affected-paths.ts'
import { catalogPaths } from './catalog-paths.ts'
import { keyOf, type PublishOutcome, type PublishPorts, publishPath } from './publish.ts'

export interface PublishAllPorts extends PublishPorts {
  readonly files: PublishPorts['files'] & Pick<Files, 'listKeys'>
  readonly reader: Pick<CatalogReader, 'allCards' | 'cities' | 'organisers' | 'languages'>
  /** Pages that stand for themselves, such as `/about/`. */
  readonly fixedPaths: readonly string[]
  /** Renders from data read for all these paths at once, after it was called; absent: each page reads its own. */
  readonly renderTogether?: (paths: readonly string[]) => Promise<PublishPorts['render']>
}

/** What a full publish did, or has done so far: what it wrote and deleted is what had been wrong. */
export interface FullReport {
  /** Had been missing. */
  readonly created: readonly string[]
  /** Had other bytes, another type, or was somebody else's. */
  readonly replaced: readonly string[]
  /** Had been superfluous. */
  readonly deleted: readonly string[]
  readonly unchanged: number
  readonly failed: ReadonlyMap<string, unknown>
}

export const chunkLength = 200
const pagesAtOnce = 16

/** Hold no pages and soon hundreds of thousands of files. */
const assetFolders = ['_astro/', 'media/']

/** Publishes every page and deletes those that nothing names, in one go. */
export async function publishAll(ports: PublishAllPorts): Promise<FullReport> {
  const total = { created: [] as string[], replaced: [] as string[], deleted: [] as string[] }
  const failed = new Map<string, unknown>()
  let unchanged = 0
  for await (const { report } of publishFrom(ports, '')) {
    for (const outcome of ['created', 'replaced', 'deleted'] as const) total[outcome].push(...report[outcome])
    for (const [path, error] of report.failed) failed.set(path, error)
    unchanged += report.unchanged
  }
  return { ...total, unchanged, failed }
}

/**
 * The same in chunks, in the order of the bucket's keys: whoever begins after the key that a chunk ended with goes on where it
 * stopped, in another process too.
 */
export async function* publishFrom(
  ports: PublishAllPorts,
  after: string,
): AsyncGenerator<{ readonly report: FullReport; readonly lastKey: string }> {
  const translated = await inEveryLanguage(translatedPages, ports.reader)
  const paths = [...ports.fixedPaths, ...translated, ...(await catalogPaths(ports.reader))]
  const keys = [...new Set(paths.map(keyOf))].filter((key) => key > after).sort(byBytes)
  const stored = ports.files.listKeys('', after, assetFolders)
  for await (const chunk of chunksOf(mergeKeys(keys, stored, (key) => isOurs(ports.files, key)))) {
    yield { report: await publishChunk(ports, chunk), lastKey: chunk.at(-1)?.key ?? after }
  }
}

/** Some pages once more. */
export const publishAgain = (ports: PublishAllPorts, paths: readonly string[]): Promise<FullReport> =>
  publishChunk(
    ports,
    paths.map((path) => ({ key: keyOf(path), isStored: true })),
  )

interface KeyToPublish {
  readonly key: string
  readonly isStored: boolean
}

/** What should be there and what is, in one order. */
async function* mergeKeys(
  wanted: readonly string[],
  stored: AsyncIterable<string>,
  isOurs: (key: string) => Promise<boolean>,
): AsyncGenerator<KeyToPublish> {
  let at = 0
  for await (const key of stored) {
    for (let next = wanted[at]; next !== undefined && byBytes(next, key) < 0; next = wanted[++at])
      yield { key: next, isStored: false }
    const isWanted = wanted[at] === key
    if (isWanted) at++
    if (isWanted || (await isOurs(key))) yield { key, isStored: true }
  }
  for (const key of wanted.slice(at)) yield { key, isStored: false }
}

async function* chunksOf<T>(items: AsyncIterable<T>): AsyncGenerator<readonly T[]> {
  let chunk: T[] = []
  for await (const item of items) {
    chunk.push(item)
    if (chunk.length < chunkLength) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

/** Reads what is stored, then the data, then writes: the order that keeps a racing publisher's newer page. */
async function publishChunk(ports: PublishAllPorts, chunk: readonly KeyToPublish[]): Promise<FullReport> {
  const { files, render, renderTogether } = ports
  const heads = new Map<string, FileHead | null>()
  await eachAtOnce(chunk, async ({ key, isStored }) => void heads.set(key, isStored ? await files.readHead(key) : null))
  const paths = chunk.map(({ key }) => pathOfKey(key))
  const together = renderTogether ? await renderTogether(paths) : render
  const outcomes: Record<PublishOutcome, string[]> = { created: [], replaced: [], unchanged: [], deleted: [] }
  const failed = new Map<string, unknown>()
  await eachAtOnce(paths, async (path) => {
    try {
      outcomes[await publishPath({ ...ports, ...firstFrom(heads, together, ports) }, path)].push(path)
    } catch (error) {
      failed.set(path, error)
    }
  })
  return { ...outcomes, unchanged: outcomes.unchanged.length, failed }
}

/** The first attempt uses what was read for the whole chunk; one after a lost race reads again. */
function firstFrom(
  heads: Map<string, FileHead | null>,
  together: (path: string) => Promise<RenderedPage>,
  { files, render }: PublishPorts,
): Pick<PublishPorts, 'files' | 'render'> {
  let rendered = false
  return {
    files: {
      ...files,
      readHead: async (key) => {
        const known = heads.get(key)
        heads.delete(key)
        return known === undefined ? files.readHead(key) : known
      },
    },
    render: (path) => {
      const first = !rendered
      rendered = true
      return first ? together(path) : render(path)
    },
  }
}

async function eachAtOnce<T>(items: readonly T[], task: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  await Promise.all(
    Array.from({ length: pagesAtOnce }, async () => {
      for (const item of queue) await task(item)
    }),
  )
}

/** Files of the site's bucket that a publisher has written, of this version or an earlier one; the others are assets and pictures. */
async function isOurs(files: PublishAllPorts['files'], key: string): Promise<boolean> {
  // A former key for IndexNow may have any name. It is told by its fingerprint from what an operator puts beside it, `security.txt`.
  return (
    isPage(key) || (/^[A-Za-z0-9-]{8,128}\.txt$/.test(key) && (await files.readHead(key))?.fingerprint !== undefined)
  )
}

const isPage = (key: string): boolean =>
  /(^|\/)index\.html$|^(\w\w\/)?(category|city|events|month|organiser|search)\/|^sitemap\//.test(key)

const pathOfKey = (key: string): string => `/${key.replace(/(^|\/)index\.html$/, '$1')}`

/** The order in which S3 lists keys; all of ours are ASCII. */
const byBytes = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
