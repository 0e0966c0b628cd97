import { noSuch } from './errors.ts'

type Page = { limit?: number | undefined; starting_after?: string | undefined; ending_before?: string | undefined }
type Range = { gt?: number | undefined; gte?: number | undefined; lt?: number | undefined; lte?: number | undefined }

const DEFAULT_LIMIT = 10

export type List<T> = { object: 'list'; data: T[]; has_more: boolean; url: string }

/** One page of `items`, which come newest first, as Stripe cuts it. */
export function pageOf<T extends { id: string; object: string }>(items: T[], page: Page, url: string): List<T> {
  const limit = page.limit ?? DEFAULT_LIMIT
  const indexOf = (id: string, param: string) => {
    const index = items.findIndex((item) => item.id === id)
    if (index === -1) throw noSuch(items[0]?.object ?? 'object', id, param)
    return index
  }
  if (page.ending_before) {
    const end = indexOf(page.ending_before, 'ending_before')
    const start = Math.max(0, end - limit)
    return { object: 'list', data: items.slice(start, end), has_more: start > 0, url }
  }
  const start = page.starting_after ? indexOf(page.starting_after, 'starting_after') + 1 : 0
  return { object: 'list', data: items.slice(start, start + limit), has_more: items.length > start + limit, url }
}

export function newestFirst<T>(records: ReadonlyMap<string, T>, matches: (record: T) => boolean): T[] {
  return [...records.values()].filter(matches).reverse()
}

export function isWithin(second: number, range: Range | undefined): boolean {
  const { gt = -1, gte = 0, lt = Infinity, lte = Infinity } = range ?? {}
  return second > gt && second >= gte && second < lt && second <= lte
}
