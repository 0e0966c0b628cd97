import { splitPath } from '#domain/languages.ts'
import type { Crawl } from './crawl.ts'
import type { PageFacts } from './read-page.ts'

/** What is wrong with a site as a crawler finds it; each fault a sentence. */
export function siteFaults({ pages, clicked, broken }: Crawl, known: Iterable<string>, origin: string): string[] {
  const indexed = [...pages].filter(([, page]) => page.isIndexed)
  return [
    ...broken,
    ...[...known].filter((path) => isPage(path) && !clicked.has(path)).map((path) => `${path}: no click leads there`),
    ...repeated(indexed, ({ title }) => title).map((paths) => `one title: ${paths.join(' ')}`),
    ...repeated(indexed, ({ description }) => description).map((paths) => `one description: ${paths.join(' ')}`),
    ...indexed.flatMap(([path, page]) => pageFaults(page, origin + path).map((fault) => `${path}: ${fault}`)),
  ]
}

/** Pages that are meant to be found by a link in a mail or by a mistake. */
const unlinked = new Set(['/404.html', '/order/'])
const isPage = (path: string): boolean => path.endsWith('/') && !unlinked.has(splitPath(path).path)

function repeated(pages: readonly (readonly [string, PageFacts])[], textOf: (page: PageFacts) => string): string[][] {
  const groups = Map.groupBy(pages, ([, page]) => textOf(page).trim())
  return [...groups.values()].filter((group) => group.length > 1).map((group) => group.map(([path]) => path))
}

/** https://ogp.me and X’s cards; lengths are what result pages and previews show. */
function pageFaults({ title, description, canonical, meta }: PageFacts, url: string): string[] {
  const needed = [
    'og:title',
    'og:description',
    'og:type',
    'og:image',
    'og:image:alt',
    'og:image:width',
    'og:image:height',
    'og:locale',
    'og:site_name',
    'twitter:card',
  ]
  return [
    ...(title ? [] : ['no title']),
    ...(description.length >= 20 && description.length <= 300
      ? []
      : [`a description of ${description.length} characters`]),
    ...(canonical === url ? [] : [`its canonical address is ${canonical || 'missing'}`]),
    ...(meta.get('og:url') === url ? [] : ['og:url is not its address']),
    ...needed.filter((name) => !meta.get(name)).map((name) => `no ${name}`),
  ]
}
