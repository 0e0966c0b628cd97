import type { Crawl } from './crawl.ts'
import { isAllowed } from './read-robots.ts'
import { readSitemap } from './read-sitemap.ts'

type Texts = ReadonlyMap<string, { readonly text: string }>

/** What a search engine would hold against the sitemap: addresses that it may not read, may not show, or that call themselves otherwise. */
export function sitemapFaults(files: Texts, { pages }: Pick<Crawl, 'pages'>, origin: string): string[] {
  const textAt = (path: string) => files.get(path)?.text ?? ''
  const urlsIn = (path: string) => readSitemap(textAt(path)).map(({ url }) => url)
  const chunks = urlsIn('/sitemap.xml').map((url) => url.slice(origin.length))
  const urls = chunks.flatMap(urlsIn)
  const empty = chunks.filter((path) => urlsIn(path).length === 0).map((path) => `${path}: names nothing`)
  const repeated = urls.filter((url, at) => urls.indexOf(url) !== at).map((url) => `${url}: named twice`)
  return [...empty, ...repeated, ...urls.flatMap((url) => faultsOf(url).map((fault) => `${url}: ${fault}`))]

  function faultsOf(url: string): string[] {
    const path = url.slice(origin.length)
    const page = pages.get(path)
    if (!page) return ['the sitemap names it, and it is not there']
    return [
      ...(page.isIndexed ? [] : ['the sitemap names it, and it does not want to be found']),
      ...(page.isIndexed && page.canonical !== url
        ? [`the sitemap names it, and its address is ${page.canonical}`]
        : []),
      ...(isAllowed(textAt('/robots.txt'), path) ? [] : ['the sitemap names it, and robots.txt forbids it']),
    ]
  }
}
