import type { CatalogReader } from '#contracts/site.ts'
import { translatedPages } from '#domain/listings.ts'
import type { Files } from '#functions/gateways/files.ts'
import { inEveryLanguage } from './affected-paths.ts'
import { catalogPaths } from './catalog-paths.ts'
import { keyOf, type PublishPorts, type PublishReport, publish, publishPath } from './publish.ts'

interface Ports extends PublishPorts {
  readonly files: PublishPorts['files'] & Pick<Files, 'listKeys'>
  readonly reader: CatalogReader
  /** Pages that stand for themselves, such as `/about/`. */
  readonly fixedPaths: readonly string[]
}

/** Publishes every page, then deletes those that nothing names any more. What it wrote and deleted is what had been wrong. */
export async function publishAll(ports: Ports): Promise<PublishReport> {
  const translated = await inEveryLanguage(translatedPages, ports.reader)
  const paths = new Set([...ports.fixedPaths, ...translated, ...(await catalogPaths(ports.reader))])
  const report = await publish(ports, paths)
  const named = new Set([...paths].map(keyOf))
  const deleted = [...report.deleted]
  for await (const key of ports.files.listKeys()) {
    if (!isPage(key) || named.has(key)) continue
    // A page born since the paths were listed is rendered again instead of being deleted.
    if ((await publishPath(ports, pathOfKey(key))) === 'deleted') deleted.push(pathOfKey(key))
  }
  return { ...report, deleted }
}

/** Files of the site's bucket that the publisher has written; the others are assets and pictures. */
const isPage = (key: string): boolean => /(^|\/)index\.html$|^(\w\w\/)?events\/|^sitemap\/|^search\//.test(key)

const pathOfKey = (key: string): string => `/${key.replace(/(^|\/)index\.html$/, '$1')}`
