import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { root } from '#infra/local/stack/site-build.ts'
import type { StaticRecords } from './paths.ts'

const config = join(root, 'tests/support/static-site/astro.config.mjs')

/** What `astro build` makes of these records: the path of each file in its folder, with its bytes. */
export function buildStatically(records: StaticRecords): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'marquee-static-'))
  const [recordsFile, out] = [join(folder, 'records.json'), join(folder, 'site')]
  writeFileSync(recordsFile, JSON.stringify(records))
  const env = { ...process.env, NODE_ENV: 'production', STATIC_SITE_OUT: out, STATIC_SITE_RECORDS: recordsFile }
  const astro = join(root, 'node_modules/.bin/astro')
  execFileSync(process.execPath, [astro, 'build', '--config', relative(root, config)], {
    cwd: root,
    env,
    stdio: 'pipe',
  })
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const built = new Map(files.map((file) => [relative(out, file), readFileSync(file, 'latin1')]))
  rmSync(folder, { recursive: true, force: true })
  return built
}
