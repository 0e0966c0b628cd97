import { relative } from 'node:path'
import { explain } from './stack/cures.ts'
import { readOptions, type StackOptions, usage } from './stack/options.ts'
import { type RunningStack, startStack } from './stack/stack.ts'
import { createSteps } from './stack/steps.ts'

const SLOWEST_END_MS = 10_000
const started = performance.now()

let running: RunningStack | undefined
let endingSince: number | undefined
const options = read()
console.info('\n  Marquee\n')
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect'] as const) process.on(signal, () => void end())
running = await startStack(options, createSteps(), (why) => void end(why)).catch((error: unknown) => {
  if (isProgrammersFault(error)) console.error(error)
  return fail(explain(error, options.folder))
})
const seconds = ((performance.now() - started) / 1000).toFixed(1)
console.info(`\n  Ready in ${seconds} s: ${running.url}`)
console.info(`  Mail, payments, accounts: ${running.url}_local/`)
console.info(`  Ctrl-C ends it; what it remembers is in ${relative(process.cwd(), options.folder) || options.folder}\n`)

/**
 * Ends all parts in order; at once when asked again, or before they are up: each notices by itself that we are gone.
 * One Ctrl-C may reach us twice, from the terminal and through npm.
 */
async function end(why?: string): Promise<void> {
  if (endingSince !== undefined && performance.now() - endingSince < 1_000) return
  if (why) console.error(`\n  ✗ ${why}`)
  if (endingSince !== undefined || !running) process.exit(why ? 1 : 130)
  endingSince = performance.now()
  const exitCode = why ? 1 : 0
  // Whatever is cut off here goes on at the next start, as after a kill.
  setTimeout(() => process.exit(exitCode), SLOWEST_END_MS).unref()
  await running.close()
  process.exit(exitCode)
}

function read(): StackOptions {
  try {
    const read = readOptions(process.argv.slice(2), process.env)
    if (read !== 'help') return read
    console.info(usage)
    return process.exit(0)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

/** Then a person can cure nothing, and whoever can needs to see where. */
function isProgrammersFault(error: unknown): boolean {
  return [TypeError, SyntaxError, ReferenceError].some((kind) => error instanceof kind)
}

function fail(line: string): never {
  console.error(`  ✗ ${line}`)
  process.exit(1)
}
