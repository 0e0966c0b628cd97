import { chromium } from '@playwright/test'
import lighthouse from 'lighthouse'
import { findChromium } from './chromium.ts'

export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const
export type Scores = Readonly<Record<(typeof categories)[number], number>>

export interface PageMeasure {
  /** Median of the runs, 0 to 100. */
  readonly scores: Scores
  /** As sent, headers included; of the last run. */
  readonly scriptBytes: number
  readonly allBytes: number
  /** Cumulative layout shift, the worst of the runs. */
  readonly layoutShift: number
}

/**
 * Lighthouse as a phone sees the pages, under the headers that the edge sets. Runs end early when what is left cannot move the median
 * from full marks.
 */
export async function measurePages(
  siteUrl: string,
  paths: readonly string[],
  runs: number,
): Promise<ReadonlyMap<string, PageMeasure>> {
  const { executablePath, env } = await findChromium()
  const port = 20_000 + Math.floor(Math.random() * 12_000)
  const browser = await chromium.launch({
    executablePath,
    env,
    args: ['--no-sandbox', `--remote-debugging-port=${port}`],
  })
  try {
    const measures = new Map<string, PageMeasure>()
    for (const path of paths) measures.set(path, await measurePage(siteUrl + path, port, runs))
    return measures
  } finally {
    await browser.close()
  }
}

async function measurePage(url: string, port: number, runs: number): Promise<PageMeasure> {
  const all: PageMeasure[] = []
  const isDecided = () => categories.every((name) => all.filter(({ scores }) => scores[name] === 100).length * 2 > runs)
  while (all.length < runs && !isDecided()) all.push(await measureOnce(url, port))
  const last = all.at(-1)
  if (!last) throw new Error('no run of Lighthouse')
  const median = (name: (typeof categories)[number]) =>
    isDecided() ? 100 : (all.map(({ scores }) => scores[name]).sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? 0)
  return {
    ...last,
    scores: scoresOf(median),
    layoutShift: Math.max(...all.map(({ layoutShift }) => layoutShift)),
  }
}

async function measureOnce(url: string, port: number): Promise<PageMeasure> {
  const result = await lighthouse(url, { port, output: 'json', onlyCategories: [...categories] })
  if (!result) throw new Error(`Lighthouse says nothing of ${url}`)
  const { lhr } = result
  const requests = requestsIn(lhr.audits['network-requests']?.details)
  const bytesOf = (some: readonly Request[]) => some.reduce((sum, { transferSize }) => sum + transferSize, 0)
  return {
    scores: scoresOf((name) => Math.round((lhr.categories[name]?.score ?? 0) * 100)),
    scriptBytes: bytesOf(requests.filter(({ resourceType }) => resourceType === 'Script')),
    allBytes: bytesOf(requests),
    layoutShift: lhr.audits['cumulative-layout-shift']?.numericValue ?? Number.NaN,
  }
}

const scoresOf = (score: (name: (typeof categories)[number]) => number): Scores => ({
  performance: score('performance'),
  accessibility: score('accessibility'),
  'best-practices': score('best-practices'),
  seo: score('seo'),
})

interface Request {
  readonly resourceType: string
  readonly transferSize: number
}

function requestsIn(details: unknown): readonly Request[] {
  const found = typeof details === 'object' && details !== null && 'items' in details ? details.items : []
  const items: readonly unknown[] = Array.isArray(found) ? found : []
  const requests = items.filter(
    (item): item is Request =>
      typeof item === 'object' && item !== null && 'resourceType' in item && 'transferSize' in item,
  )
  if (requests.length === 0) throw new Error('Lighthouse names no request')
  return requests
}
