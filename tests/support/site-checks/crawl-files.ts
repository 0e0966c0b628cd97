import { readFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { siteAssets } from '#infra/local/stack/site-build.ts'
import {
  type DemoLocals,
  demoEvents,
  demoOrigin,
  localsOf,
  type RenderedFile,
  readCalendarFile,
  readFeed,
} from '../demo-site.ts'
import { type Crawl, crawl } from './crawl.ts'

const texts: Readonly<Record<string, string>> = { '.css': 'text/css', '.webmanifest': 'application/manifest+json' }

/** Follows every link of rendered files, with the built assets and the demo's pictures beside them. */
export function crawlFiles(files: ReadonlyMap<string, RenderedFile>, locals = localsOf()): Promise<Crawl> {
  return crawl(
    async (path) => files.get(path) ?? pictureAt(path) ?? (await answerAt(path, locals)) ?? (await assetAt(path)),
    demoOrigin,
  )
}

/** What functions answer. */
const answerAt = async (path: string, locals: DemoLocals) =>
  (await readFeed(path, locals)) ?? readCalendarFile(path, locals)

/** Pictures are drawn when the stack is seeded: here it is enough that an event has one of that name. */
function pictureAt(path: string): RenderedFile | null {
  const [, base, width] = /^(.+)-(\d+)\.(?:avif|webp|jpg)$/.exec(path) ?? []
  const isKnown = demoEvents.some(({ picture }) => picture?.base === base && picture?.widths.includes(Number(width)))
  return isKnown ? { status: 200, contentType: 'image/*', text: '' } : null
}

async function assetAt(path: string): Promise<RenderedFile | null> {
  const type = texts[extname(path)]
  const text = await readFile(join(siteAssets, path), 'utf8').catch(() => null)
  return text === null ? null : { status: 200, contentType: type ?? 'application/octet-stream', text: type ? text : '' }
}
