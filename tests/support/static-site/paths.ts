import { readdir, readFile } from 'node:fs/promises'
import type { CatalogReader, City, SiteLocals, SiteSettings } from '#contracts/site.ts'
import type { EventRecord, Instant, Organisation } from '#domain/catalog.ts'
import type { Language } from '#domain/languages.ts'
import { translatedPages } from '#domain/site-pages.ts'
import { inEveryLanguage } from '#functions/publisher/affected-paths.ts'
import { memoryReader } from '#infra/local/seed/memory-reader.ts'
import { catalogPaths } from '#tests/support/catalog-paths.ts'

/** All that a site is made of, as a file. */
export interface StaticRecords {
  readonly events: readonly EventRecord[]
  readonly organisations: readonly Organisation[]
  readonly cities: readonly City[]
  /** Every language that an event was ever offered in. */
  readonly languages: readonly Language[]
  /** The path of the share picture by the event's id. */
  readonly shares: Readonly<Record<string, string | null>>
  readonly settings: SiteSettings
  readonly now: Instant
}

let made: Promise<{ readonly locals: SiteLocals; readonly paths: readonly string[] }> | undefined

/** Read once for the whole build. */
export function staticSite() {
  made ??= read(process.env.STATIC_SITE_RECORDS ?? '')
  return made
}

async function read(file: string) {
  const records: StaticRecords = JSON.parse(await readFile(file, 'utf8'))
  const { events, organisations, cities, languages, shares, settings, now } = records
  const reader: CatalogReader = {
    ...memoryReader(events, organisations, cities),
    languages: async () => languages,
    sharePicture: async (eventId) => shares[eventId] ?? null,
  }
  return {
    locals: { reader, settings, now },
    paths: [...(await inEveryLanguage(translatedPages, reader)), ...(await catalogPaths(reader))],
  }
}

/** The parameters of a page, such as `/city/[city]/[bucket].astro`, for each path of the catalog that it and no plainer page answers. */
export async function pathsOfPage(page: string): Promise<{ params: Record<string, string> }[]> {
  const { paths } = await staticSite()
  const own = routeOf(page)
  const routes = (await readdir(pages, { recursive: true })).filter((file) => /\.(astro|ts)$/.test(file))
  const plainer = routes.map((file) => routeOf(`/${file}`)).filter(({ names }) => names.length < own.names.length)
  return paths.flatMap((path) => {
    const values = own.pattern.exec(path)
    if (!values || plainer.some(({ pattern }) => pattern.test(path))) return []
    return [{ params: Object.fromEntries(own.names.map((name, at) => [name, values[at + 1] ?? ''])) }]
  })
}

const pages = new URL('../../../src/pages/', import.meta.url)

function routeOf(page: string): { readonly names: readonly string[]; readonly pattern: RegExp } {
  const route = page.replace(/(\/index)?\.astro$/, '/').replace(/\.ts$/, '')
  const names = [...route.matchAll(/\[(\w+)\]/g)].map(([, name = '']) => name)
  return { names, pattern: new RegExp(`^${route.replaceAll('.', '\\.').replace(/\[\w+\]/g, '([^/]+)')}$`) }
}
