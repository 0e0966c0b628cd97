import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { type FunctionName, functions } from '#infra/functions.ts'

/** What the publisher's process says after each call of its handler. */
export interface PublisherReport {
  /** Partition keys of the records that it was called with; none for a call by the clock. */
  readonly ids: readonly string[]
  readonly rendered: readonly string[]
  /** The most memory that the process held since the report before (RSS). */
  readonly mostBytes: number
  readonly ms: number
  readonly cpuMs: number
  readonly answer: unknown
}

export type Publisher = ReturnType<typeof startPublisher>

/**
 * What V8 gives itself in the memory that the function has (a quarter for what lives long). On a machine with more it would put off
 * collecting garbage, and its memory would tell nothing.
 */
const heap = [`--max-old-space-size=${memoryOf('publisher') / 4}`, '--max-semi-space-size=8']

/** Starts the publisher with the environment of a function. */
export function startPublisher(table: string, folder: string, env: Record<string, string>) {
  const file = fileURLToPath(new URL('./publisher-process.ts', import.meta.url))
  const child = fork(file, [table, folder], { env: { ...process.env, ...env }, execArgv: heap })
  return {
    /** The first report that fits, of those that come from now on. */
    next: (fits: (report: PublisherReport) => boolean) => nextReport(child, fits),
    /** Calls it as the clock does. */
    call: async (event: object): Promise<PublisherReport> => {
      const answered = nextReport(child, ({ ids }) => ids.length === 0)
      child.send(event)
      return answered
    },
    close: async () => {
      if (child.connected) child.disconnect()
      if (child.exitCode === null) await once(child, 'exit')
    },
  }
}

function nextReport(child: ChildProcess, fits: (report: PublisherReport) => boolean): Promise<PublisherReport> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the publisher ended with ${code}`))
    const take = (report: PublisherReport) => {
      if (!fits(report)) return
      child.off('message', take).off('exit', ended)
      resolve(report)
    }
    child.on('message', take).once('exit', ended)
  })
}

function memoryOf(wanted: FunctionName): number {
  const row = functions.find(({ name }) => name === wanted)
  if (!row) throw new Error(`there is no function ${wanted}`)
  return row.memoryMb
}
