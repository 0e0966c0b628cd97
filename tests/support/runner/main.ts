import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endAll, run } from './commands.ts'
import { type Counts, isGreen, lastLine, none, sum, withExit } from './counts.ts'
import { countPlaywright, countVitest } from './reports.ts'

interface Check {
  readonly name: string
  readonly command: readonly string[]
  /** What it prints when it really ran. */
  readonly proof?: RegExp
}

const lint: Check = { name: 'lint and format', command: ['biome', 'ci', '--colors=off', '.'] }
const types: readonly Check[] = [
  { name: 'types', command: ['tsc', '-p', 'tsconfig.json'] },
  { name: 'types of the domain', command: ['tsc', '-p', 'src/domain/tsconfig.json'] },
  { name: 'types of the cloud', command: ['tsc', '-p', 'infra/aws/tsconfig.json'] },
]
/** Writes the types that Astro generates, which the others read. */
const pages: Check = {
  name: 'types of the pages',
  command: ['astro', 'check', '--tsconfig', 'src/tsconfig.json'],
  proof: /Result \([1-9]\d* files\)/,
}

const chosen = process.argv[2]
const reports = await mkdtemp(join(tmpdir(), 'marquee-test-'))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    endAll()
    process.exit(130)
  })
}

const counts = await runChosen()
await rm(reports, { recursive: true, force: true })
console.info(`\n${lastLine(counts)}`)
process.exit(isGreen(counts) ? 0 : 1)

function runChosen(): Promise<Counts> {
  if (chosen === '--quick') return quick()
  return everything()
}

async function quick(): Promise<Counts> {
  const checks = await Promise.all([...types, lint].map(check))
  return sum([...checks, await vitest(['--project', 'unit'])])
}

async function everything(): Promise<Counts> {
  const first = await Promise.all([pages, lint].map(check))
  const rest = await Promise.all(types.map(check))
  return sum([...first, ...rest, await vitest([]), await playwright()])
}

/** Counts as one test; speaks only when it fails. */
async function check({ name, command, proof }: Check): Promise<Counts> {
  const started = Date.now()
  const { exitCode, output } = await run(command, { quiet: true })
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  const ran = exitCode === 0 && (proof?.test(output) ?? true)
  console.info(`${ran ? '✓' : '✗'} ${name} · ${seconds} s`)
  if (ran) return { ...none, passed: 1 }
  console.info(output.trimEnd())
  return { ...none, failed: 1 }
}

async function vitest(args: readonly string[]): Promise<Counts> {
  const file = join(reports, 'vitest.json')
  const command = ['vitest', 'run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const { exitCode } = await run(command)
  return withExit(await countIn(file, countVitest), exitCode)
}

async function playwright(): Promise<Counts> {
  const file = join(reports, 'playwright.json')
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: file }
  const { exitCode } = await run(['playwright', 'test', '--reporter=list,json'], { env })
  return withExit(await countIn(file, countPlaywright), exitCode)
}

async function countIn(file: string, count: (json: unknown) => Counts): Promise<Counts> {
  try {
    return count(JSON.parse(await readFile(file, 'utf8')))
  } catch (error) {
    console.error(`✗ No report of this run: ${error instanceof Error ? error.message : String(error)}`)
    return { ...none, failed: 1 }
  }
}
