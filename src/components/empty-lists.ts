import { publishedWith, type SiteReader } from '#contracts/site.ts'
import type { Instant } from '#domain/catalog.ts'
import type { List } from '#domain/lists.ts'
import { sitemapOfPages } from '#domain/site-pages.ts'
import { runningOf, soonestOf } from './lists.ts'

/** Search engines are told of a list while something stands in it. */
export async function isEmpty(reader: Pick<SiteReader, 'listing'>, list: List, now: Instant): Promise<boolean> {
  const [next] = await soonestOf(reader, { ...list, shows: 1 }, now)
  return !next && (await runningOf(reader, list.facet, now)).length === 0
}

/** The sitemap is published with a list that becomes empty, or is so no more, and with no other change of it. */
export function nameInSitemap(response: { readonly headers: Headers }): void {
  response.headers.set(publishedWith, sitemapOfPages)
}
