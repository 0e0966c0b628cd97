import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const START_MS = 120_000
const script = fileURLToPath(new URL('../../infra/local/start.ts', import.meta.url))

export interface StackProcess {
  readonly url: string
  readonly pid: number
  /** All that it has printed. */
  readonly output: () => string
  /** Ends it with a signal and answers its exit code; null after SIGKILL. */
  readonly end: (signal?: NodeJS.Signals) => Promise<number | null>
}

export interface EndedProcess {
  readonly exitCode: number | null
  readonly output: string
}

interface Options {
  readonly folder: string
  /** 0 takes the folder's last port, else a free one. */
  readonly port?: number
  readonly args?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

export const temporaryFolder = () => mkdtemp(join(tmpdir(), 'marquee-stack-'))
export const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true, maxRetries: 5 })

/** The whole stack in a process of its own, as `npm start` runs it; resolves when it is ready, throws when it ends before. */
export async function startStackProcess(options: Options): Promise<StackProcess> {
  const { child, output, ended } = launch(options)
  const ready = new Promise<string>((resolve) => {
    child.stdout?.on('data', () => {
      const url = /Ready in [\d.]+ s: (\S+)\//.exec(output())?.[1]
      if (url) resolve(url)
    })
  })
  const late = new Promise<never>((_, reject) => {
    setTimeout(
      () => reject(new Error(`The stack was not ready in ${START_MS / 1000} s:\n${output()}`)),
      START_MS,
    ).unref()
  })
  const early = ended.then(({ exitCode }) => {
    throw new Error(`The stack ended with code ${exitCode}:\n${output()}`)
  })
  const url = await Promise.race([ready, early, late])
  return {
    url,
    pid: child.pid ?? 0,
    output,
    end: async (signal = 'SIGINT') => {
      child.kill(signal)
      return (await ended).exitCode
    },
  }
}

/** For a start that is meant to fail: what it said, and its exit code. */
export const runStackProcess = (options: Options): Promise<EndedProcess> => launch(options).ended

function launch({ folder, port = 0, args = [], env = {} }: Options) {
  const child: ChildProcess = spawn(process.execPath, [script, '--state', folder, '--port', String(port), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  })
  let written = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      written += text
    })
  }
  const output = () => written
  const ended = once(child, 'close').then((): EndedProcess => ({ exitCode: child.exitCode, output: written }))
  return { child, output, ended }
}
