import { DomUtils, parseDocument } from 'htmlparser2'

export interface SitemapUrl {
  readonly url: string
  /** Empty where the sitemap does not say. */
  readonly changedAt: string
}

/** The entries of a sitemap, or of an index of sitemaps, as a parser that is not ours reads them. */
export function readSitemap(xml: string): readonly SitemapUrl[] {
  const { getElementsByTagName: all, textContent } = DomUtils
  const document = parseDocument(xml, { xmlMode: true })
  return [...all('url', document), ...all('sitemap', document)].map(({ children }) => ({
    url: textContent(all('loc', children)),
    changedAt: textContent(all('lastmod', children)),
  }))
}
