import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export interface Chromium {
  readonly executablePath: string
  /** For the browser's process alone: it names the libraries that came with it. */
  readonly env: Record<string, string>
}

/** The browser of `@sparticuz/chromium`, unpacked once a version; CHROMIUM_PATH names another one. */
export async function findChromium(): Promise<Chromium> {
  const outer = definedOnly(process.env)
  if (outer.CHROMIUM_PATH) return { executablePath: outer.CHROMIUM_PATH, env: outer }
  const folder = await unpacked()
  await writeFile(join(folder, 'fonts', 'fonts.conf'), fontConfiguration(folder))
  const libraries = join(folder, 'al2023', 'lib')
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...outer,
      LD_LIBRARY_PATH: [libraries, outer.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      FONTCONFIG_PATH: outer.FONTCONFIG_PATH ?? join(folder, 'fonts'),
    },
  }
}

/** The package never refreshes what it unpacked and may be killed half way: so each version has a folder, moved in whole. */
async function unpacked(): Promise<string> {
  const { resolve } = createRequire(import.meta.url)
  const manifest = join(dirname(resolve('@sparticuz/chromium')), '..', 'package.json')
  const { version }: { version: string } = JSON.parse(await readFile(manifest, 'utf8'))
  const folder = join(tmpdir(), `marquee-chromium-${version}`)
  if (existsSync(folder)) return folder

  const unfinished = await mkdtemp(`${folder}-`)
  const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"
  await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: dirname(manifest),
    env: { ...process.env, TMPDIR: unfinished, AWS_LAMBDA_JS_RUNTIME: 'nodejs22.x' },
  })
  await rename(unfinished, folder).catch(async (error: unknown) => {
    await rm(unfinished, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  })
  return folder
}

/** The faces that tickets are set in: Arabic and Japanese names are seen as on a person's machine. */
const fonts = fileURLToPath(new URL('../../node_modules/@expo-google-fonts', import.meta.url))

/** The package's own one names folders of Lambda; without any font Chromium dies at the first input that it draws. */
const fontConfiguration = (folder: string): string =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts', 'fonts')}</dir>
  <dir>${fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(folder, 'fonts-cache')}</cachedir>
</fontconfig>
`

const definedOnly = (environment: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
