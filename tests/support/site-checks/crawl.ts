import { type PageFacts, readPage } from './read-page.ts'

export interface Answer {
  readonly status: number
  readonly contentType: string
  readonly text: string
}

export interface Crawl {
  /** Every HTML page that was reached. */
  readonly pages: ReadonlyMap<string, PageFacts>
  /** Everything that was reached. */
  readonly reached: ReadonlySet<string>
  /** What a visitor comes to by clicks alone, from the home page. */
  readonly clicked: ReadonlySet<string>
  /** `FROM → TO: why` */
  readonly broken: readonly string[]
}

const atOnce = 8

/** Where browsers and robots look without being sent there. */
const startingPoints = ['/', '/robots.txt', '/favicon.ico']
/** Answered by functions; their links are calls, not pages. */
const isCall = (path: string): boolean => /^\/(api\/(?!$|openapi\.json)|webhooks\/)/.test(path)

/** Follows every link of a site, whatever kind of file it stands in. `origin` has no slash at its end. */
export async function crawl(get: (path: string) => Promise<Answer | null>, origin: string): Promise<Crawl> {
  const pages = new Map<string, PageFacts>()
  const reached = new Set<string>()
  const clicked = new Set<string>(['/'])
  const broken: string[] = []
  const links: { from: string; to: string; fragment: string }[] = []
  let wave = startingPoints.map((to) => ({ from: '', to }))

  async function visit({ from, to }: { from: string; to: string }): Promise<void> {
    if (reached.has(to) || isCall(to)) return
    reached.add(to)
    const answer = await get(to)
    if (answer?.status !== 200) {
      broken.push(`${from} → ${to}: ${answer?.status ?? 'there is no such file'}`)
      return
    }
    const page = answer.contentType.startsWith('text/html') ? readPage(answer.text) : null
    if (page) pages.set(to, page)
    for (const url of page ? urlsOfPage(page, answer.text, origin) : urlsInText(answer, origin)) {
      const target = siteTarget(url, to, origin)
      if (!target) continue
      wave.push({ from: to, to: target.path })
      if (page?.anchors.includes(url)) links.push({ from: to, to: target.path, fragment: target.fragment })
    }
  }

  while (wave.length > 0) {
    const found = wave
    wave = []
    for (let at = 0; at < found.length; at += atOnce) await Promise.all(found.slice(at, at + atOnce).map(visit))
  }

  for (const { from, to, fragment } of links)
    if (fragment && pages.has(to) && !pages.get(to)?.ids.has(fragment))
      broken.push(`${from} → ${to}#${fragment}: no such place`)
  for (const path of clicked) for (const { from, to } of links) if (from === path) clicked.add(to)
  return { pages, reached, clicked, broken: [...new Set(broken)] }
}

function urlsOfPage(page: PageFacts, html: string, origin: string): readonly string[] {
  return [...page.anchors, ...page.resources, ...urlsInText({ text: html, contentType: 'text/html' }, origin)]
}

/** Addresses of this site in a feed, a sitemap, a calendar, in JSON; and what a style sheet or a manifest names. */
function urlsInText({ text, contentType }: Pick<Answer, 'text' | 'contentType'>, origin: string): readonly string[] {
  // A calendar folds its lines anywhere.
  const unfolded = contentType.startsWith('text/calendar') ? text.replace(/\r\n /g, '') : text
  const absolute = unfolded
    .split(origin)
    .slice(1)
    .map((rest) => origin + (/^[^\s"'<>\\)]*/.exec(rest)?.[0] ?? ''))
  if (contentType.startsWith('text/css')) return [...absolute, ...matches(text, /url\(["']?([^"')]+)["']?\)/g)]
  if (contentType.startsWith('application/manifest')) return [...absolute, ...matches(text, /"(\/[^"]*)"/g)]
  return absolute
}

const matches = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, found = '']) => found)

/** The path that a link means; null for another site, an e-mail address and their like. */
function siteTarget(url: string, from: string, origin: string): { path: string; fragment: string } | null {
  const target = URL.parse(url.replaceAll('&amp;', '&'), origin + from)
  if (target?.origin !== origin) return null
  return { path: target.pathname, fragment: decodeURIComponent(target.hash.slice(1)) }
}
