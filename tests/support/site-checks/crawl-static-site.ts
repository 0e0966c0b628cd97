import { extname } from 'node:path'
import { splitPath } from '#domain/languages.ts'
import { keyOf } from '#functions/publisher/publish.ts'
import { type DemoLocals, readCalendarFile, readFeed } from '../demo-site.ts'
import { type Crawl, crawl } from './crawl.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.webmanifest': 'application/manifest+json',
}

/** Follows every link of a folder of files, with what functions answer beside them. */
export function crawlStaticSite(files: ReadonlyMap<string, string>, locals: DemoLocals): Promise<Crawl> {
  return crawl(async (path) => {
    const key = keyOf(path)
    const text = files.get(key)
    if (text !== undefined) return { status: 200, contentType: contentTypes[extname(key)] ?? 'text/plain', text }
    // Pictures have ways of their own into the bucket.
    if (path.startsWith('/media/')) return { status: 200, contentType: 'image/*', text: '' }
    return (await readFeed(path, locals)) ?? (await readCalendarFile(path, locals))
  }, locals.settings.siteUrl)
}

/** Published pages that no link needs to lead to, whatever their language. */
const unlinked: readonly { readonly path: RegExp; readonly why: string }[] = [
  { path: /^\/404\.html$/, why: 'It is shown in the place of what is missing.' },
  { path: /^\/order\/$/, why: "It is opened from a buyer's mail, and after the payment." },
  { path: /^\/search\/.*\.json$/, why: "The search's script asks for them." },
]

/** The paths of published files that a crawl has not come to although it should have. */
export function unreachedPaths(keys: Iterable<string>, reached: ReadonlySet<string>): readonly string[] {
  return [...keys]
    .map((key) => `/${key.replace(/(^|\/)index\.html$/, '$1')}`)
    .filter((path) => !reached.has(path) && !unlinked.some((one) => one.path.test(splitPath(path).path)))
}
