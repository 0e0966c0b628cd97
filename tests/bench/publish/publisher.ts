import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bundleFolder } from '#infra/build.ts'
import { functionNamed } from '#infra/functions.ts'

/** What the publisher's process says after each call of its handler. */
export interface PublisherReport {
  /** Partition keys of the records that it was called with; none for a call by the clock. */
  readonly ids: readonly string[]
  /** So many pages. */
  readonly rendered: number
  /** The most memory that the process held since the report before (RSS). */
  readonly mostBytes: number
  readonly ms: number
  readonly cpuMs: number
  readonly answer: unknown
}

export type Publisher = ReturnType<typeof startPublisher>

/** Starts the publisher with the environment of a function; fed by the stream of `table`, or only called. */
export function startPublisher(folder: string, env: Record<string, string>, table = '') {
  const file = fileURLToPath(new URL('./publisher-process.ts', import.meta.url))
  const bundled = join(bundleFolder('publisher'), 'index.mjs')
  // On a machine with more memory it would put off collecting garbage, and what it holds would tell nothing.
  const child = fork(file, [folder, bundled, table], {
    env: { ...process.env, ...env, ...functionNamed('publisher').environment },
  })
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
