import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { findJava } from '#infra/local/java.ts'
import { root } from '#infra/local/stack/site-build.ts'

const jar = join(root, 'node_modules', 'vnu-jar', 'build', 'dist', 'vnu.jar')
const report = z.object({
  messages: z.array(
    z.object({ type: z.string(), url: z.string(), message: z.string(), extract: z.string().optional() }),
  ),
})

/**
 * The errors that the Nu HTML Checker finds in these pages, by their path: `/about/: … (…)`. Its warnings are advice and are left
 * out: it holds `role="list"` for superfluous, without which Safari reads out no list that has lost its bullets.
 */
export async function htmlErrors(pages: ReadonlyMap<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'marquee-html-'))
  try {
    for (const [path, html] of pages) {
      const file = join(folder, path, 'index.html')
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, html)
    }
    const checker = [
      '-Xmx512m',
      '-jar',
      jar,
      '--errors-only',
      '--skip-non-html',
      '--format',
      'json',
      '--stdout',
      folder,
    ]
    const output = await run(await findJava(console.info), checker)
    const { messages } = report.parse(JSON.parse(output))
    return messages.map(({ url, message, extract = '' }) => `${pathOf(url, folder)}: ${message} (${extract.trim()})`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const pathOf = (url: string, folder: string): string =>
  decodeURI(url.slice(url.indexOf(folder) + folder.length)).replace(/index\.html$/, '')

/** The checker exits with 1 when it has found something, and speaks JSON all the same. */
const run = (program: string, args: readonly string[]): Promise<string> =>
  new Promise((resolve, reject) => {
    execFile(program, args, { maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (stdout) resolve(stdout)
      else reject(error ?? new Error(`the checker said nothing: ${stderr}`))
    })
  })
