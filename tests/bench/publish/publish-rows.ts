import type { EventRecord } from '#domain/catalog.ts'
import { cancelEvent, editEvent } from '#domain/event-rules.ts'
import { isPublic } from '#domain/listings.ts'
import { keyOf } from '#functions/publisher/publish.ts'
import { changeEvent } from '#functions/usecases/change-event.ts'
import { randomFor } from '#infra/local/seed/art/random.ts'
import { syntheticCatalog } from '#tests/support/synthetic-catalog.ts'
import { median } from '../pace.ts'
import type { BenchRow } from '../row.ts'
import { fullPublishRow } from './full-publish-row.ts'
import { keptCatalog } from './kept-catalog.ts'
import { openScene, type Scene } from './scene.ts'

const edits = 100
const moves = 20
const mostMs = 1000
const mostBytes = 300_000_000
const day = 86_400_000

/** Issue 4: what a change and a full publish cost in a catalogue of `count` events. */
export async function publishRows(count: number, withBuild: boolean): Promise<BenchRow[]> {
  const { folder, now } = await keptCatalog(count)
  const catalog = syntheticCatalog({ seed: 'bench', count, now })
  const scene = await openScene(folder)
  try {
    const { rows, pages } = await fullPublishRow(scene, withBuild ? catalog : null)
    const all = `${pages} pages`
    const chosen = chooseEvents([...catalog.events()])
    const edited = await changeSome(scene, chosen.splice(0, edits), (event, now) =>
      editEvent(event, { name: `${event.name} (new)`, summary: `${event.summary} Now.` }, event.version, now),
    )
    const moved = await changeSome(scene, chosen.splice(0, moves), (event, now) =>
      editEvent(event, { startsAt: later(event.startsAt, 40), endsAt: later(event.endsAt, 40) }, event.version, now),
    )
    const cancelled = await changeSome(scene, chosen.splice(0, moves), (event, now) =>
      cancelEvent(event, event.version, now),
    )
    const byTime = edited.map(({ ms }) => ms).toSorted((one, other) => one - other)
    const p95 = byTime[Math.ceil(edits * 0.95) - 1] ?? Number.NaN
    const answers = median(edited.map(({ answerMs }) => answerMs))
    const memory = Math.max(...[...edited, ...moved, ...cancelled].map((one) => one.mostBytes))
    return [
      ...rows,
      {
        name: `from an edit's write to the last changed byte in S3, p50 and p95 of ${edits}`,
        ours: `${median(byTime).toFixed(0)} and ${p95.toFixed(0)} ms`,
        floor: `${answers.toFixed(0)} ms (the write's own answer)`,
        ...{ ratio: median(byTime) / answers, budget: `p95 ≤ ${mostMs} ms`, isWithin: p95 <= mostMs },
      },
      pagesRow('an edit', edited, 12, all),
      pagesRow('a reschedule', moved, 40, all),
      pagesRow('a cancellation', cancelled, 40, all),
      memoryRow('changes', memory),
    ]
  } finally {
    await scene.close()
  }
}

export const memoryRow = (name: string, bytes: number): BenchRow => ({
  name: `most memory of the publisher during ${name} (RSS)`,
  ours: `${(bytes / 1e6).toFixed(0)} MB`,
  floor: '',
  ...{ budget: `≤ ${mostBytes / 1e6} MB`, isWithin: bytes <= mostBytes },
})

const later = (instant: string, days: number): string => new Date(Date.parse(instant) + days * day).toISOString()

/** Half of them among the soonest, which stand on the most pages, half anywhere; none twice. */
function chooseEvents(events: readonly EventRecord[]): EventRecord[] {
  const random = randomFor('chosen')
  const soon = later(new Date().toISOString(), 1)
  const ahead = events
    .filter((event) => isPublic(event) && event.startsAt > soon)
    .toSorted((one, other) => (one.startsAt < other.startsAt ? -1 : 1))
  const chosen = new Set(ahead.slice(0, edits / 2 + moves))
  while (chosen.size < edits + 2 * moves) chosen.add(random.pick(ahead))
  return [...chosen]
    .map((event) => ({ event, at: random.between(0, 1) }))
    .sort((a, b) => a.at - b.at)
    .map(({ event }) => event)
}

interface Changed {
  readonly ms: number
  readonly answerMs: number
  readonly pages: number
  readonly mostBytes: number
}

async function changeSome(
  { publisher, change, getEvent, files }: Scene,
  events: readonly EventRecord[],
  decide: Parameters<typeof changeEvent>[2],
): Promise<Changed[]> {
  const changes: Changed[] = []
  for (const { id, slug } of events) {
    const before = await getEvent(id)
    const key = keyOf(`/events/${slug}/`)
    const old = await files.readEtag(key)
    if (!before || !old) throw new Error(`${slug} is not published`)
    const published = publisher.next(({ ids }) => ids.includes(`EVENT#${id}`))
    const start = performance.now()
    const changed = await changeEvent(change, before, decide)
    const answerMs = performance.now() - start
    if (!changed.ok) throw new Error(`${slug}: ${changed.refusal.code}`)
    const { rendered, mostBytes } = await published
    const ms = performance.now() - start
    if ((await files.readEtag(key)) === old) throw new Error(`${slug} has the same page as before`)
    changes.push({ ms, answerMs, mostBytes, pages: rendered })
  }
  return changes
}

function pagesRow(what: string, changes: readonly Changed[], most: number, floor: string): BenchRow {
  const pages = changes.map((one) => one.pages)
  const worst = Math.max(...pages)
  return {
    name: `pages rendered after ${what}, median and most of ${changes.length}`,
    ours: `${median(pages)} and ${worst}`,
    ...{ floor, budget: `≤ ${most}`, isWithin: worst <= most },
  }
}
