import { fork } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Batch } from '../sales.ts'
import { openLedger } from './ledger.ts'

/**
 * `npm run simulate -- --runs 1000000 --seed 7 --workers 2`: interleavings of sales, as many as asked for, on all cores. Stopped on the way,
 * the same command with the seed that it printed goes on. `--path` plays one failure again.
 */
const options = {
  runs: { type: 'string' },
  seed: { type: 'string' },
  workers: { type: 'string' },
  path: { type: 'string' },
} as const
const args = z
  .object({
    runs: z.coerce.number().int().positive().default(20_000),
    seed: z.coerce
      .number()
      .int()
      .default(() => Math.trunc(Math.random() * 2 ** 30)),
    workers: z.coerce.number().int().positive().default(availableParallelism()),
    path: z.string().optional(),
  })
  .parse(parseArgs({ args: process.argv.slice(2), options }).values)

const batchRuns = 1000
const sayEveryMs = 15_000
const answer = z.object({ failure: z.string().nullable() })

process.exit((await (args.path === undefined ? playAll() : playOne({ ...args, runs: 1 }))) ? 0 : 1)

async function playOne(batch: Batch): Promise<boolean> {
  const [failure] = await inWorkers(1, [batch], () => undefined)
  console.info(failure ?? 'It holds.')
  return failure === undefined
}

async function playAll(): Promise<boolean> {
  const { runs, seed, workers } = args
  const ledger = openLedger('.marquee/simulation', seed, batchRuns)
  const all = Array.from({ length: Math.ceil(runs / batchRuns) }, (_, at) => ({
    ...{ at, seed: seed + at },
    runs: Math.min(batchRuns, runs - at * batchRuns),
  }))
  const waiting = all.filter(({ at }) => !ledger.done.has(at))
  const before = all.length - waiting.length
  console.info(
    `${runs} interleavings on ${workers} workers, seed ${seed}${before > 0 ? `; ${before * batchRuns} have held before` : ''}`,
  )
  const began = Date.now()
  let saidMs = began
  const failures = await inWorkers(workers, waiting, ({ at }) => {
    ledger.add(at)
    if (Date.now() - saidMs < sayEveryMs) return
    saidMs = Date.now()
    const played = ledger.done.size - before
    const left = ((saidMs - began) / played) * (waiting.length - played)
    console.info(`${ledger.done.size * batchRuns} of ${runs} hold · ${Math.ceil(left / 60_000)} min left`)
  })
  const minutes = ((Date.now() - began) / 60_000).toFixed(1)
  for (const failure of failures) console.error(failure)
  if (failures.length === 0) {
    ledger.close()
    console.info(`✓ ${runs} interleavings hold · seed ${seed} · ${minutes} min on ${workers} workers`)
  } else
    console.error(
      `✗ after ${ledger.done.size * batchRuns} of ${runs} interleavings that hold · seed ${seed} · ${minutes} min`,
    )
  return failures.length === 0
}

/** Each worker takes the next batch when it is done with one; a failure ends all. */
async function inWorkers<B extends Batch>(
  count: number,
  batches: readonly B[],
  onHeld: (batch: B) => void,
): Promise<string[]> {
  const waiting = [...batches]
  const failures: string[] = []
  const work = async () => {
    const worker = startWorker()
    for (let batch = waiting.shift(); batch && failures.length === 0; batch = waiting.shift()) {
      const failure = await worker.play(batch)
      if (failure === null) onHeld(batch)
      else failures.push(failure)
    }
    worker.end()
  }
  await Promise.all(Array.from({ length: Math.min(count, batches.length) }, work))
  return failures
}

function startWorker() {
  const own = (path: string) => new URL(path, import.meta.url).href
  const child = fork(new URL('./worker.ts', import.meta.url), { execArgv: ['--import', own('../virtual-time.ts')] })
  return {
    play: ({ seed, runs, path }: Batch) =>
      new Promise<string | null>((resolve) => {
        const onExit = (code: number | null) => resolve(`a worker ended with ${code}; seed ${seed}`)
        child.once('exit', onExit)
        child.once('message', (message) => {
          child.off('exit', onExit)
          resolve(answer.parse(message).failure)
        })
        child.send({ seed, runs, path })
      }),
    end: () => child.kill(),
  }
}
