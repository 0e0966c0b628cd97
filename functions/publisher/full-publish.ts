import type { Instant } from '#domain/catalog.ts'
import { chunkLength, type FullReport, type PublishAllPorts, publishAgain, publishFrom } from './publish-all.ts'

/** How far a full publish, or a part of it, has come; kept in the catalog, so that any process goes on where another stopped. */
export interface FullPublish {
  /** Grows with each write: two that go on at once find out. */
  readonly version: number
  /** Of the templates that it publishes with. */
  readonly templates: string
  readonly startedAt: Instant
  /** All keys up to this one are done. */
  readonly lastKey: string
  readonly finishedAt: Instant | null
  /** Nobody else goes on before. */
  readonly takenUntil: Instant
  readonly counts: { readonly [K in Repair | 'unchanged' | 'failed']: number }
  /** The first of each kind, by name. */
  readonly examples: { readonly [K in Repair | 'failed']: readonly string[] }
  /** What is to be tried again once all keys are done; of very many only the first. */
  readonly failed: readonly string[]
  /** How often that was done. */
  readonly retries: number
}
type Repair = 'created' | 'replaced' | 'deleted'

/** Each is another one, of the same page too. */
export interface Note {
  readonly path: string
  readonly nonce: string
}

export interface FullPublishPorts extends PublishAllPorts {
  /** Hash of the built templates. */
  readonly templates: string
  readonly progress: {
    read(): Promise<FullPublish | null>
    /** @returns false when it is not `before` any more: somebody else goes on. */
    save(before: FullPublish | null, after: FullPublish): Promise<boolean>
    /**
     * Some of the pages that others looked at while this went on: it may have written them from what it had read before. In the order of
     * their paths, those after a path.
     */
    noted(after?: string): Promise<readonly Note[]>
    /** Those that nobody has noted again. */
    forget(notes: readonly Note[]): Promise<void>
  }
  readonly now: () => Instant
  /** Told of each chunk. */
  readonly onPublished?: (report: FullReport) => Promise<void>
}

const examplesKept = 20
const mostRetries = 3
const mostAttempts = 10
/** Behind every key: only what failed is left. */
const theLast = '~'
/** Longer than a chunk takes, shorter than anybody wants to wait for one who has died. */
const leaseMs = 90_000
/** An invocation's time: before its first chunk it reads all lists, and waits while the database gives no more. */
const firstLeaseMs = 300_000

/** Has it done again from the first key on, whatever there is and whoever is at it. */
export async function beginAgain(ports: FullPublishPorts): Promise<void> {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const stored = await ports.progress.read()
    if (await save(ports, stored, begin(ports, stored))) return
  }
  throw new Error('a full publish could not begin: another one went on at every attempt')
}

/** Begins one when there never was one, or when the templates are others than those of the last one. */
export async function beginIfDue(ports: FullPublishPorts): Promise<void> {
  const stored = await ports.progress.read()
  if (stored?.templates !== ports.templates) await save(ports, stored, begin(ports, stored))
}

/**
 * Goes on with a full publish until `deadlineMs`, or begins one: when there never was one, or when the templates are others than those of
 * the last one.
 *
 * Pages that fail are tried again at the next calls, each time in one go.
 *
 * @returns how far it has come; null when there is nothing to do, or somebody else is at it.
 * @throws PagesNotPublished when it has ended without some of them: they show what they did before.
 */
export async function goOnPublishing(ports: FullPublishPorts, deadlineMs: number): Promise<FullPublish | null> {
  const stored = await ports.progress.read()
  const isNew = stored?.templates !== ports.templates
  if (!isNew && stored.finishedAt !== null) {
    await publishNoted(ports, deadlineMs)
    return null
  }
  if (!isNew && stored.takenUntil > ports.now()) return null
  const taken = { ...(isNew ? begin(ports, stored) : stored), takenUntil: later(ports.now(), firstLeaseMs) }
  let current = await save(ports, stored, taken)
  if (!current) return null
  if (current.retries > 0 || current.lastKey === theLast) return retry(ports, current, deadlineMs)
  try {
    for await (const { report, lastKey } of publishFrom(ports, current.lastKey)) {
      await ports.onPublished?.(report)
      const isOver = Date.now() >= deadlineMs
      const next = { ...added(current, report), lastKey, takenUntil: isOver ? ports.now() : later(ports.now()) }
      current = await save(ports, current, next)
      if (!current || isOver) return current
    }
  } catch (error) {
    // The next minute may be better.
    if (current) await save(ports, current, { ...current, takenUntil: ports.now() })
    throw error
  }
  if (current.failed.length > 0) return save(ports, current, { ...current, lastKey: theLast, takenUntil: ports.now() })
  return finish(ports, current, deadlineMs)
}

export class PagesNotPublished extends Error {}

/** Tries what failed once more; the last time is the end, whatever comes of it. */
async function retry(ports: FullPublishPorts, current: FullPublish, deadlineMs: number): Promise<FullPublish | null> {
  const report = await publishAgain(ports, current.failed)
  await ports.onPublished?.(report)
  const { counts, examples, failed } = current
  const without = {
    ...current,
    counts: { ...counts, failed: counts.failed - failed.length },
    examples: { ...examples, failed: [] },
    failed: [],
    retries: current.retries + 1,
  }
  const next = added(without, report)
  if (next.failed.length > 0 && next.retries < mostRetries)
    return save(ports, current, { ...next, takenUntil: ports.now() })
  const finished = await finish(ports, current, deadlineMs, next)
  if (!finished || next.counts.failed === 0) return finished
  throw new PagesNotPublished(`${next.counts.failed} pages could not be published: ${next.failed.join(' ')}`)
}

async function finish(
  ports: FullPublishPorts,
  current: FullPublish,
  deadlineMs: number,
  next = current,
): Promise<FullPublish | null> {
  const finished = await save(ports, current, { ...next, finishedAt: ports.now(), takenUntil: ports.now() })
  if (finished) await publishNoted(ports, deadlineMs)
  return finished
}

/** What does not get done now is done when the clock calls again; what belongs to one that has begun since, at the end of that. */
async function publishNoted(ports: FullPublishPorts, deadlineMs: number): Promise<void> {
  for (let last: string | undefined; ; ) {
    const notes = await ports.progress.noted(last)
    last = notes.at(-1)?.path
    // After they were read: before it none of them was of one that goes on now.
    if (last === undefined || (await ports.progress.read())?.finishedAt === null) return
    const report = await publishAgain(
      ports,
      notes.map(({ path }) => path),
    )
    await ports.onPublished?.(report)
    await ports.progress.forget(notes.filter(({ path }) => !report.failed.has(path)))
    if (Date.now() >= deadlineMs) return
  }
}

const begin = ({ templates, now }: FullPublishPorts, stored: FullPublish | null): FullPublish => ({
  version: stored?.version ?? 0,
  templates,
  startedAt: now(),
  lastKey: '',
  finishedAt: null,
  takenUntil: now(),
  counts: { created: 0, replaced: 0, deleted: 0, unchanged: 0, failed: 0 },
  examples: { created: [], replaced: [], deleted: [], failed: [] },
  failed: [],
  retries: 0,
})

async function save(
  { progress }: FullPublishPorts,
  before: FullPublish | null,
  after: FullPublish,
): Promise<FullPublish | null> {
  const next = { ...after, version: (before?.version ?? 0) + 1 }
  return (await progress.save(before, next)) ? next : null
}

function added(so: FullPublish, report: FullReport): FullPublish {
  const { created, replaced, deleted, unchanged } = report
  const failed = [...report.failed.keys()]
  const lengths = { created: created.length, replaced: replaced.length, deleted: deleted.length, failed: failed.length }
  return {
    ...so,
    counts: sum(so.counts, { ...lengths, unchanged }),
    examples: merged(so.examples, { created, replaced, deleted, failed }),
    failed: [...so.failed, ...failed].slice(0, chunkLength),
  }
}

/** What parts of one have done, as if it were one. */
export function together(parts: readonly FullPublish[]): FullPublish | null {
  const [first, ...others] = parts
  return first ? others.reduce(both, first) : null
}

const both = (one: FullPublish, other: FullPublish): FullPublish => ({
  ...one,
  startedAt: [one.startedAt, other.startedAt].sort()[0] ?? one.startedAt,
  finishedAt: one.finishedAt && other.finishedAt && (one.finishedAt > other.finishedAt ? one : other).finishedAt,
  counts: sum(one.counts, other.counts),
  examples: merged(one.examples, other.examples),
  failed: [...one.failed, ...other.failed],
})

const sum = (some: FullPublish['counts'], more: FullPublish['counts']): FullPublish['counts'] => ({
  created: some.created + more.created,
  replaced: some.replaced + more.replaced,
  deleted: some.deleted + more.deleted,
  unchanged: some.unchanged + more.unchanged,
  failed: some.failed + more.failed,
})

function merged(some: FullPublish['examples'], more: FullPublish['examples']): FullPublish['examples'] {
  const first = (kind: Repair | 'failed') => [...some[kind], ...more[kind]].slice(0, examplesKept)
  return {
    ...{ created: first('created'), replaced: first('replaced') },
    ...{ deleted: first('deleted'), failed: first('failed') },
  }
}

const later = (instant: Instant, ms = leaseMs): Instant => new Date(Date.parse(instant) + ms).toISOString()
