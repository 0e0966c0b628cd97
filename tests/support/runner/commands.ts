import { type ChildProcess, spawn } from 'node:child_process'

const running = new Set<ChildProcess>()

/** Ends what is still running, so that an interrupted run leaves nothing behind. */
export function endAll(): void {
  for (const child of running) child.kill('SIGTERM')
}

interface Ended {
  readonly exitCode: number
  /** Empty when the output was shown as it came. */
  readonly output: string
}

/** Runs a program of node_modules/.bin; its output is shown, or kept when `quiet`. */
export function run(command: readonly string[], options: { quiet?: boolean; env?: NodeJS.ProcessEnv } = {}) {
  const [program = '', ...args] = command
  const child = spawn(program, args, {
    stdio: options.quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...options.env },
  })
  running.add(child)
  return new Promise<Ended>((resolve) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text
      })
    }
    child.on('error', (error) => {
      running.delete(child)
      resolve({ exitCode: 127, output: error.message })
    })
    child.on('close', (code) => {
      running.delete(child)
      resolve({ exitCode: code ?? 1, output })
    })
  })
}
