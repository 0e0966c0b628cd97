import type { Instant } from '#domain/catalog.ts'
import { chunkLength, type FullReport, type PublishAllPorts, publishAgain, publishFrom } from './publish-all.ts'

/** How far a full publish has come; kept in the catalog, so that any process goes on where another stopped. */
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
    /** Some of the pages that others looked at while this went on: it may have written them from what it had read before. */
    noted(): Promise<readonly Note[]>
    /** Those that nobody has noted again. */
    forget(notes: readonly Note[]): Promise<void>
  }
  readonly now: () => Instant
  /** Told of each chunk. */
  readonly onPublished?: (report: FullReport) => Promise<void>
}

const examplesKept = 20
const mostRetries = 3
/** Behind every key: only what failed is left. */
const theLast = '~'
/** Longer than a chunk takes, shorter than anybody wants to wait for one who has died. */
const leaseMs = 90_000

/**
 * Goes on with a full publish until `deadlineMs`, or begins one: when it is `asked` for, when there never was one, or when the
 * templates are others than those of the last one.
 *
 * Pages that fail are tried again at the next calls, each time in one go.
 *
 * @returns how far it has come; null when there is nothing to do, or somebody else is at it.
 * @throws PagesNotPublished when it has ended without some of them: they show what they did before.
 */
export async function goOnPublishing(
  ports: FullPublishPorts,
  deadlineMs: number,
  asked = false,
): Promise<FullPublish | null> {
  const stored = await ports.progress.read()
  const isNew = asked || stored?.templates !== ports.templates
  if (!isNew && stored.finishedAt !== null) {
    await publishNoted(ports)
    return null
  }
  if (!isNew && stored.takenUntil > ports.now()) return null
  const taken = { ...(isNew ? begin(ports, stored) : stored), takenUntil: later(ports.now()) }
  let current = await save(ports, stored, taken)
  if (!current) return null
  if (current.retries > 0 || current.lastKey === theLast) return retry(ports, current)
  for await (const { report, lastKey } of publishFrom(ports, current.lastKey)) {
    await ports.onPublished?.(report)
    const isOver = Date.now() >= deadlineMs
    const next = { ...added(current, report), lastKey, takenUntil: isOver ? ports.now() : later(ports.now()) }
    current = await save(ports, current, next)
    if (!current || isOver) return current
  }
  if (current.failed.length > 0) return save(ports, current, { ...current, lastKey: theLast, takenUntil: ports.now() })
  return finish(ports, current)
}

export class PagesNotPublished extends Error {}

/** Tries what failed once more; the last time is the end, whatever comes of it. */
async function retry(ports: FullPublishPorts, current: FullPublish): Promise<FullPublish | null> {
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
  const finished = await finish(ports, current, next)
  if (!finished || next.counts.failed === 0) return finished
  throw new PagesNotPublished(`${next.counts.failed} pages could not be published: ${next.failed.join(' ')}`)
}

async function finish(ports: FullPublishPorts, current: FullPublish, next = current): Promise<FullPublish | null> {
  const finished = await save(ports, current, { ...next, finishedAt: ports.now(), takenUntil: ports.now() })
  if (finished) await publishNoted(ports)
  return finished
}

/** What does not get done now is done when the clock calls again; what belongs to one that has begun since, at the end of that. */
async function publishNoted(ports: FullPublishPorts): Promise<void> {
  const notes = await ports.progress.noted()
  if (notes.length === 0 || (await ports.progress.read())?.finishedAt === null) return
  const report = await publishAgain(
    ports,
    notes.map(({ path }) => path),
  )
  await ports.onPublished?.(report)
  await ports.progress.forget(notes.filter(({ path }) => !report.failed.has(path)))
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
  const failed = [...report.failed.keys()]
  const { counts, examples } = so
  const kept = (some: readonly string[], more: readonly string[]) => [...some, ...more].slice(0, examplesKept)
  return {
    ...so,
    counts: {
      created: counts.created + report.created.length,
      replaced: counts.replaced + report.replaced.length,
      deleted: counts.deleted + report.deleted.length,
      unchanged: counts.unchanged + report.unchanged,
      failed: counts.failed + failed.length,
    },
    examples: {
      created: kept(examples.created, report.created),
      replaced: kept(examples.replaced, report.replaced),
      deleted: kept(examples.deleted, report.deleted),
      failed: kept(examples.failed, failed),
    },
    failed: [...so.failed, ...failed].slice(0, chunkLength),
  }
}

const later = (instant: Instant): Instant => new Date(Date.parse(instant) + leaseMs).toISOString()
