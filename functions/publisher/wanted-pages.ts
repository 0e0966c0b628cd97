import type { CatalogReader, PageRecord } from '#contracts/site.ts'
import { translatedPages } from '#domain/site-pages.ts'
import { eventPaths } from '#domain/translations.ts'
import { inEveryLanguage } from './affected-paths.ts'
import { listPaths } from './list-paths.ts'
import { byBytes, keyOf } from './publish.ts'

/** A page that should be there. */
export interface WantedPage {
  readonly key: string
  /** What an event's own page is made of. */
  readonly record?: PageRecord
}

/** Events' own pages, those of a bucket, in the order of their keys behind `after`: once through the bucket for each language. */
export async function* eventPages(
  reader: Pick<CatalogReader, 'languages' | 'pageRecords'>,
  bucket: number,
  after: string,
): AsyncGenerator<WantedPage> {
  const spoken = await reader.languages()
  // Where only the site's own is spoken, no address has a language.
  const folders = ['', ...(spoken.length > 1 ? spoken : [])].map((one) => `${one && `${one}/`}events/`).sort(byBytes)
  for (const folder of folders) {
    if (after >= `${folder}~`) continue
    const from = after.startsWith(folder) ? `${after.slice(folder.length).split('/')[0]}/` : ''
    for await (const record of reader.pageRecords(bucket, from)) {
      const path = `/${folder}${record.slug}/`
      const isThere = eventPaths(record.slug, record.languages).some((one) => one.path === path)
      if (isThere && keyOf(path) > after) yield { key: keyOf(path), record }
    }
  }
}

/** All others, in the order of their keys behind `after`. */
export async function* listPages(
  reader: CatalogReader,
  fixedPaths: readonly string[],
  after: string,
): AsyncGenerator<WantedPage> {
  const translated = await inEveryLanguage(translatedPages, reader)
  const paths = new Set([...fixedPaths, ...translated, ...(await listPaths(reader))])
  for (const key of [...paths].map(keyOf).sort(byBytes)) if (key > after) yield { key }
}

/** Of several orders one. */
export async function* inOneOrder<T extends { readonly key: string }>(
  sources: readonly AsyncIterable<T>[],
): AsyncGenerator<T> {
  const iterators = sources.map((source) => source[Symbol.asyncIterator]())
  const next = await Promise.all(iterators.map((one) => one.next()))
  for (;;) {
    let first = -1
    next.forEach(({ done, value }, at) => {
      if (!done && (first < 0 || value.key < next[first]?.value.key)) first = at
    })
    const taken = next[first]
    const iterator = iterators[first]
    if (!taken || !iterator) return
    yield taken.value
    next[first] = await iterator.next()
  }
}
