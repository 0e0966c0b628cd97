import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { takeLock } from './lock.ts'

export const root = fileURLToPath(new URL('../../..', import.meta.url))
const dist = join(root, 'dist', 'site')
/** What renders the pages, once built. */
export const siteRenderer = join(dist, 'server', 'entry.mjs')
/** What is served as it was built: scripts, styles, fonts and public/. */
export const siteAssets = join(dist, 'client')
const stamp = join(dist, '.built-from')

/** What the built site depends on. */
const SOURCES = [
  'src',
  'public',
  'functions/publisher/adapter',
  'astro.config.mjs',
  'tsconfig.json',
  'package-lock.json',
]

/**
 * Runs `astro build` unless dist/ was made from these very sources, whose hash it answers.
 * Two stacks that start at once build once.
 */
export async function buildSite(): Promise<string> {
  for (const folder of [dist, join(root, '.astro')]) await mkdir(folder, { recursive: true })
  const lock = await untilTaken()
  try {
    const wanted = await hashOfSources()
    const builtFrom = await readFile(stamp, 'utf8').catch(() => '')
    if (builtFrom === wanted) return wanted
    await rm(stamp, { force: true })
    await astroBuild()
    await writeFile(stamp, wanted)
    return wanted
  } finally {
    lock.release()
  }
}

/**
 * A copy of the renderer for this stack alone, and its `entry.mjs`: it loads its parts page by page, so that another build under
 * a running stack would pull them away.
 */
export async function keepRenderer(folder: string, builtFrom: string): Promise<string> {
  const kept = join(folder, 'renderer', builtFrom.slice(0, 16))
  const entry = join(kept, 'entry.mjs')
  if (
    await readFile(entry).then(
      () => true,
      () => false,
    )
  )
    return entry
  await rm(dirname(kept), { recursive: true, force: true })
  const unfinished = `${kept}.new`
  await cp(dirname(siteRenderer), unfinished, { recursive: true })
  await rename(unfinished, kept)
  return entry
}

async function untilTaken() {
  for (;;) {
    const lock = takeLock(join(root, '.astro'), 'build-lock')
    if ('release' in lock) return lock
    await wait(100)
  }
}

async function hashOfSources(): Promise<string> {
  const hash = createHash('sha256')
  for (const source of SOURCES) {
    for (const file of await filesIn(join(root, source))) {
      if (file.endsWith('.test.ts')) continue
      hash
        .update(file.slice(root.length))
        .update('\0')
        .update(await readFile(file))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined)
  if (entries === undefined)
    return readFile(path).then(
      () => [path],
      () => [],
    )
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

async function astroBuild(): Promise<void> {
  const astro = join(root, 'node_modules', '.bin', 'astro')
  // A test runner's own NODE_ENV would build what developers see of some packages, which weighs more.
  const env = { ...process.env, NODE_ENV: 'production' }
  const child = spawn(process.execPath, [astro, 'build'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const endWithUs = () => child.kill()
  process.once('exit', endWithUs)
  let written = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      written += text
    })
  }
  const [code] = await once(child, 'close')
  process.off('exit', endWithUs)
  if (code !== 0) {
    console.error(written)
    throw new Error('“astro build” failed; what it says is above.')
  }
}
