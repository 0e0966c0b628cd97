import type { CatalogReader, PageRecord, SiteReader } from '#contracts/site.ts'
import type { FileHead, Files } from '#functions/gateways/files.ts'
import { type Snapshot, takeSnapshot } from './card-snapshot.ts'
import { partOf, partOfLists, parts } from './parts.ts'
import { byBytes, keyOf, type PublishOutcome, type PublishPorts, publishPath } from './publish.ts'
import { eventPages, inOneOrder, listPages, type WantedPage } from './wanted-pages.ts'

export interface PublishAllPorts extends Omit<PublishPorts, 'render' | 'noteTouched'> {
  readonly files: PublishPorts['files'] & Pick<Files, 'listKeys'>
  readonly reader: CatalogReader
  /** Pages that stand for themselves, such as `/about/`. */
  readonly fixedPaths: readonly string[]
  /** Whose pages are published, and deleted; those of all if absent. */
  readonly part?: number
  /** Renders with this reader, or with one that knows something already. */
  readonly renderFrom: (reader: SiteReader) => PublishPorts['render']
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
/** S3 answers a put within some 30 ms: what one processor renders meanwhile, twice. */
const pagesAtOnce = 24

/** Between S3's clock, which tells whole seconds, and ours. */
const clockSkewMs = 10_000

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
  const { files, fixedPaths } = ports
  const mine = ports.part === undefined ? parts : [ports.part]
  const lists = mine.includes(partOfLists) ? await takeSnapshot(ports.reader) : null
  const ofEvents = mine.filter((part) => part !== partOfLists)
  const wanted = inOneOrder([
    ...ofEvents.map((bucket) => eventPages(ports.reader, bucket, after)),
    ...(lists ? [listPages(lists.reader, fixedPaths, after)] : []),
  ])
  const stored = keysOf(mine, files.listKeys('', after, assetFolders))
  const chunks = chunksOf(mergeKeys(wanted, stored, (key) => isOurs(files, key)))
  for await (const { chunk, first } of oneAhead(chunks, (chunk) => prepare(ports, chunk, lists)))
    yield { report: await publishChunk(ports, chunk, first), lastKey: chunk.at(-1)?.key ?? after }
}

async function* keysOf(parts: readonly number[], keys: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const key of keys) if (parts.includes(partOf(pathOfKey(key)))) yield key
}

/** Some pages once more, from what there is now. */
export async function publishAgain(ports: PublishAllPorts, paths: readonly string[]): Promise<FullReport> {
  const keys = paths.map((path) => ({ key: keyOf(path), isStored: true }))
  const { chunk, first } = await prepare(ports, keys, null)
  return publishChunk(ports, chunk, first)
}

interface KeyToPublish extends WantedPage {
  readonly isStored: boolean
}

/** What should be there and what is, in one order. */
async function* mergeKeys(
  wanted: AsyncIterator<WantedPage>,
  stored: AsyncIterable<string>,
  isOurs: (key: string) => Promise<boolean>,
): AsyncGenerator<KeyToPublish> {
  let next = await wanted.next()
  for await (const key of stored) {
    for (; !next.done && byBytes(next.value.key, key) < 0; next = await wanted.next())
      yield { ...next.value, isStored: false }
    if (!next.done && next.value.key === key) {
      yield { ...next.value, isStored: true }
      next = await wanted.next()
    } else if (await isOurs(key)) yield { key, isStored: true }
  }
  for (; !next.done; next = await wanted.next()) yield { ...next.value, isStored: false }
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

/** Prepares the next one while somebody is at one. */
async function* oneAhead<T, P>(items: AsyncIterable<T>, prepare: (item: T) => Promise<P>): AsyncGenerator<P> {
  let next: Promise<P> | undefined
  for await (const item of items) {
    const current = next
    next = prepare(item)
    // Nobody waits for it if this ends before.
    next.catch(() => {})
    if (current !== undefined) yield await current
  }
  if (next !== undefined) yield await next
}

/** What the first attempt at a page of the chunk knows. */
interface First {
  readonly heads: Map<string, FileHead | null>
  readonly render: PublishPorts['render']
  /** A page that was written later may know more than `render`; infinite where that reads what there is. */
  readonly before: number
}

/**
 * Reads what is stored. What pages are made of was read before, or is read later: with the write in the end, the order that keeps a racing
 * publisher's newer page.
 */
async function prepare(ports: PublishAllPorts, chunk: readonly KeyToPublish[], lists: Snapshot | null) {
  const heads: First['heads'] = new Map()
  await eachAtOnce(chunk, async ({ key, isStored }) => {
    const head = isStored ? await ports.files.readHead(key) : null
    // One that has gone in the meantime is nothing that what was read before may bring back.
    if (head || !isStored) heads.set(key, head)
  })
  const records = chunk.flatMap(({ record }) => record ?? [])
  const read = [...(lists ? [lists.takenAtMs] : []), ...records.map(({ readAtMs }) => readAtMs)]
  const render = ports.renderFrom(knowing(records, lists?.reader ?? ports.reader))
  const first: First = { heads, before: Math.min(...read) - clockSkewMs, render }
  return { chunk, first }
}

/** A reader that already has these events with their share pictures; the rest it reads when asked. */
function knowing(records: readonly PageRecord[], reader: SiteReader): SiteReader {
  if (records.length === 0) return reader
  const bySlug = new Map(records.map((record) => [record.slug, record]))
  const shares = new Map(records.map(({ eventId, share }) => [eventId, share]))
  return {
    ...reader,
    sharePicture: async (eventId) => shares.get(eventId) ?? reader.sharePicture(eventId),
    eventBySlug: async (slug) => bySlug.get(slug)?.event() ?? reader.eventBySlug(slug),
  }
}

async function publishChunk(ports: PublishAllPorts, chunk: readonly KeyToPublish[], first: First): Promise<FullReport> {
  const outcomes: Record<PublishOutcome, string[]> = { created: [], replaced: [], unchanged: [], deleted: [] }
  const failed = new Map<string, unknown>()
  await eachAtOnce(chunk, async ({ key }) => {
    const path = pathOfKey(key)
    try {
      outcomes[await publishPath({ ...ports, ...startingWith(first, ports) }, path)].push(path)
    } catch (error) {
      failed.set(path, error)
    }
  })
  return { ...outcomes, unchanged: outcomes.unchanged.length, failed }
}

/** An attempt after a lost race reads again, and so does the first one at a page that was written since. */
function startingWith(
  { heads, before, render }: First,
  { files, renderFrom, reader }: PublishAllPorts,
): Pick<PublishPorts, 'files' | 'render'> {
  let isOutdated = false
  return {
    files: {
      ...files,
      readHead: async (key) => {
        const known = heads.get(key)
        heads.delete(key)
        if (known === undefined || (known && known.writtenAtMs >= before)) isOutdated = true
        return known === undefined ? files.readHead(key) : known
      },
    },
    render: (path) => (isOutdated ? renderFrom(reader) : render)(path),
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
