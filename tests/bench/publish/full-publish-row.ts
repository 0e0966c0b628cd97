import { execFile, fork } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { siteLanguage } from '#domain/languages.ts'
import { pageBuckets } from '#domain/spread.ts'
import { partOfLists, parts } from '#functions/publisher/parts.ts'
import { root } from '#infra/local/stack/site-build.ts'
import type { SyntheticCatalog } from '#tests/support/synthetic-catalog.ts'
import type { BenchRow } from '../row.ts'
import { sharePathOf } from './load-catalog.ts'
import { memoryRow } from './publish-rows.ts'
import type { Publisher } from './publisher.ts'
import { awayMs, type Scene, siteUrl } from './scene.ts'

const reached = z.object({
  finishedAt: z.string().nullable(),
  counts: z.object({ created: z.int(), failed: z.int() }),
})
const compared = 300
/** As many as a full publish has at once. */
const putsAtOnce = 24
/** As it is deployed each part has a processor of its own; here those of the events share what there is, with all others. */
const shares = Math.min(pageBuckets, availableParallelism())
const orders: readonly (readonly number[])[] = [
  ...Array.from({ length: shares }, (_, share) =>
    parts.filter((part) => part < pageBuckets && part % shares === share),
  ),
  [partOfLists],
]

/** A full publish into an empty bucket against `astro build` of the same data, which must make the same files; without data, alone. */
export async function fullPublishRow(
  scene: Scene,
  catalog: SyntheticCatalog | null,
): Promise<{ readonly rows: BenchRow[]; readonly pages: number }> {
  const now = new Date().toISOString()
  const here = await publishAll(scene)
  console.info(`published in ${secondsOf(here.ms)}`)
  const deployed = await publishPartByPart(scene)
  if (deployed.pages !== here.pages) throw new Error(`${deployed.pages} pages part by part, ${here.pages} side by side`)
  console.info(`part by part in ${deployed.times.map(secondsOf)}`)
  const built = catalog && (await buildWithAstro(scene, catalog, now))
  if (built) await requireSame(scene, built.files, built.folder)
  const uploadMs = built ? await upload(scene, built.files, built.folder) : 0
  const bareMs = built ? await publishBare(scene) : 0
  return {
    rows: [
      ...rowsOf(deployed, here, built?.ms ?? null, uploadMs, bareMs),
      memoryRow('a full publish', Math.max(here.mostBytes, deployed.mostBytes)),
    ],
    pages: here.pages,
  }
}

function rowsOf(
  deployed: PartByPart,
  here: Published,
  buildMs: number | null,
  uploadMs: number,
  bareMs: number,
): BenchRow[] {
  const longest = Math.max(...deployed.times)
  const asDeployed = {
    name: `full publish as deployed, a processor for each part, S3 ${awayMs} ms away: the longest of ${parts.length}`,
    ours: `${secondsOf(longest)}, ${((here.pages / longest) * 1000).toFixed(0)} pages/s`,
  }
  const { ms, cpuMs, pages } = here
  const all = {
    name: `full publish in ${orders.length} processes that share this machine with database and storage`,
    ours: `${secondsOf(ms)}, ${((pages / ms) * 1000).toFixed(0)} pages/s, ${((pages / cpuMs) * 1000).toFixed(0)} per second of processor time`,
  }
  const none = { budget: 'none', isWithin: true }
  if (buildMs === null) return [asDeployed, all].map((row) => ({ ...row, floor: '', ...none }))
  const floor = `${secondsOf(buildMs)} (astro build)`
  return [
    { ...asDeployed, floor, ratio: longest / buildMs, budget: '≤ 0.5', isWithin: longest / buildMs <= 0.5 },
    { ...all, floor, ratio: ms / buildMs, ...none },
    {
      // What it makes lies on a disk: to be a site it must be put where ours is.
      name: 'the same, beside the upload of the built files too',
      ...{
        ours: secondsOf(ms),
        floor: `${secondsOf(buildMs)} + ${secondsOf(uploadMs)}`,
        ratio: ms / (buildMs + uploadMs),
      },
      ...none,
    },
    {
      // What no reader, however quick, can go below here.
      name: 'rendering and putting alone, from memory, without a database, on this machine',
      ...{ ours: secondsOf(bareMs), floor, ratio: bareMs / buildMs, ...none },
    },
  ]
}

const secondsOf = (ms: number): string => `${(ms / 1000).toFixed(1)} s`

async function upload({ elsewhere }: Scene, built: readonly string[], folder: string): Promise<number> {
  const start = performance.now()
  const queue = built.values()
  const work = async () => {
    for (const file of queue) {
      const body = await readFile(join(folder, file))
      await elsewhere.putFile(file, { body, contentType: 'text/html; charset=utf-8' }, 'absent')
    }
  }
  await Promise.all(Array.from({ length: putsAtOnce }, work))
  return performance.now() - start
}

/** In as many processes as publish events' pages. */
async function publishBare({ folder, environment }: Scene): Promise<number> {
  const file = fileURLToPath(new URL('./bare-process.ts', import.meta.url))
  const env = { ...process.env, ...environment, STATIC_SITE_RECORDS: recordsIn(folder) }
  const processes = Array.from({ length: shares }, (_, share) =>
    fork(file, [share, shares, putsAtOnce].map(String), { env, execArgv: ['--max-old-space-size=8000'] }),
  )
  const next = () => Promise.all(processes.map((one) => once(one, 'message')))
  await next()
  const start = performance.now()
  const done = next()
  for (const one of processes) one.send('go')
  await done
  return performance.now() - start
}

type Published = Awaited<ReturnType<typeof publishAll>>

/** In several processes, one of which is that of the changes to come. */
async function publishAll({ publisher, startPublisher }: Scene) {
  const start = performance.now()
  const publishOrder = async (parts: readonly number[], at: number) => {
    const its = at === 0 ? publisher : startPublisher()
    try {
      return await publishParts(its, parts)
    } finally {
      if (its !== publisher) await its.close()
    }
  }
  const done = await Promise.all(orders.map(publishOrder))
  const sum = (of: (one: (typeof done)[number]) => number) => done.reduce((so, one) => so + of(one), 0)
  return {
    ms: performance.now() - start,
    ...{ cpuMs: sum(({ cpuMs }) => cpuMs), pages: sum(({ pages }) => pages) },
    mostBytes: Math.max(...done.map(({ mostBytes }) => mostBytes)),
  }
}

type PartByPart = Awaited<ReturnType<typeof publishPartByPart>>

/** One after the other, each alone: what each takes at AWS, where they have their own processors and none is the storage's. */
async function publishPartByPart({ startPublisherAway }: Scene) {
  const times: number[] = []
  let [pages, mostBytes] = [0, 0]
  for (const part of parts) {
    const publisher = startPublisherAway()
    const start = performance.now()
    const done = await publishParts(publisher, [part])
    times.push(performance.now() - start)
    await publisher.close()
    pages += done.pages
    mostBytes = Math.max(mostBytes, done.mostBytes)
  }
  return { times, pages, mostBytes }
}

async function publishParts(publisher: Publisher, parts: readonly number[]) {
  let [cpuMs, mostBytes] = [0, 0]
  for (let publish = 'all'; ; publish = 'due') {
    const report = await publisher.call({ publish, parts })
    const { finishedAt, counts } = reached.parse(report.answer)
    cpuMs += report.cpuMs
    mostBytes = Math.max(mostBytes, report.mostBytes)
    if (finishedAt && counts.failed > 0) throw new Error(`${counts.failed} pages failed`)
    if (finishedAt) return { cpuMs, mostBytes, pages: counts.created }
  }
}

const recordsIn = (folder: string): string => join(folder, 'records.json')

async function buildWithAstro({ folder, pool }: Scene, catalog: SyntheticCatalog, now: string) {
  const [records, out] = [recordsIn(folder), join(folder, 'static')]
  await pipeline(recordsOf(catalog, pool, now), createWriteStream(records))
  const config = join(root, 'tests/support/static-site/astro.config.mjs')
  const args = ['--max-old-space-size=8000', join(root, 'node_modules/.bin/astro'), 'build']
  const env = { ...process.env, STATIC_SITE_OUT: out, STATIC_SITE_RECORDS: records }
  const start = performance.now()
  await promisify(execFile)(process.execPath, [...args, '--config', relative(root, config)], {
    ...{ cwd: root, env, maxBuffer: 1e9 },
  })
  const ms = performance.now() - start
  const entries = await readdir(out, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(out, join(entry.parentPath, entry.name)))
  return { ms, folder: out, files }
}

/** What the static build reads, piece by piece: a text of it all would be too long. */
function* recordsOf({ organisations, events }: SyntheticCatalog, pool: Scene['pool'], now: string): Generator<string> {
  const cognito = { ...pool, endpoint: 'http://127.0.0.1:9', authFlow: 'USER_PASSWORD_AUTH' }
  const shares: Record<string, string> = {}
  for (const event of events()) shares[event.id] = sharePathOf(event)
  const rest = { organisations, cities: [], languages: [siteLanguage], shares, settings: { siteUrl, cognito }, now }
  yield `${JSON.stringify(rest).slice(0, -1)},"events":[`
  let isFirst = true
  for (const event of events()) {
    yield (isFirst ? '' : ',') + JSON.stringify(event)
    isFirst = false
  }
  yield ']}'
}

/** Every file that we published is there, and every so-manieth has the same bytes. */
async function requireSame({ files }: Scene, built: readonly string[], folder: string): Promise<void> {
  const missing = new Set(built.filter((file) => /\.(html|ics|xml)$/.test(file)))
  const ours: string[] = []
  for await (const key of files.listKeys()) ours.push(key)
  const known = new Set(built)
  const superfluous = ours.filter((key) => !known.has(key))
  for (const key of ours) missing.delete(key)
  if (missing.size + superfluous.length > 0)
    throw new Error(`not the same files: ${[...missing].slice(0, 5)} missing, ${superfluous.slice(0, 5)} superfluous`)
  const step = Math.ceil(ours.length / compared)
  for (const key of ours.filter((_, at) => at % step === 0)) {
    const bytes = (await files.readFile(key)) ?? new Uint8Array()
    if (!Buffer.from(bytes).equals(await readFile(join(folder, key)))) throw new Error(`${key} has other bytes`)
  }
}
