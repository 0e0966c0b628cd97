import type { CatalogReader } from '#contracts/site.ts'
import { siteLanguage } from '#domain/languages.ts'
import { eventPaths } from '#domain/translations.ts'
import { listPaths } from '#functions/publisher/list-paths.ts'

/** Every path that exists because of what is in the catalog. */
export async function catalogPaths(
  reader: Pick<CatalogReader, 'allCards' | 'cities' | 'organisers'>,
): Promise<ReadonlySet<string>> {
  const paths = new Set(await listPaths(reader))
  for await (const { slug, languages } of reader.allCards(siteLanguage))
    for (const { path } of eventPaths(slug, languages)) paths.add(path)
  return paths
}
