import { pathToFileURL } from 'node:url'
import type { CatalogReader, SiteLocals } from '#contracts/site.ts'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import { translatedPages } from '#domain/site-pages.ts'
import { answerFeed } from '#functions/feeds/answer-feed.ts'
import { calendarFile } from '#functions/missing/calendar-file.ts'
import type { BuiltSite } from '#functions/publisher/adapter/render.ts'
import { inEveryLanguage } from '#functions/publisher/affected-paths.ts'
import { makeDemoEvent } from '#infra/local/seed/make-event.ts'
import { memoryReader } from '#infra/local/seed/memory-reader.ts'
import { demoOrganisations } from '#infra/local/seed/organisations.ts'
import { programme } from '#infra/local/seed/programme/index.ts'
import { buildSite, siteRenderer } from '#infra/local/stack/site-build.ts'
import { catalogPaths } from '#tests/support/catalog-paths.ts'

export const demoNow = '2027-01-10T12:00:00.000Z'
export const demoOrigin = 'https://tickets.example'

export interface RenderedFile {
  readonly status: number
  readonly contentType: string
  readonly text: string
}

export type DemoLocals = SiteLocals & { readonly reader: CatalogReader }

const sold = { sold_out: 'sold_out', nearly_sold_out: 'low' } as const

/** The demo's events as they stand once its orders are in. */
export const demoEvents: readonly EventRecord[] = programme.map((event) => {
  const made = makeDemoEvent(event, demoNow)
  const isSold = event.state === 'sold_out' || event.state === 'nearly_sold_out'
  return isSold ? { ...made, saleState: sold[event.state] } : made
})

export function localsOf(events: readonly EventRecord[] = demoEvents, now: Instant = demoNow): DemoLocals {
  return {
    reader: memoryReader(events, Object.values(demoOrganisations)),
    settings: {
      siteUrl: demoOrigin,
      cognito: { userPoolId: 'us-east-1_Pool', clientId: 'client', authFlow: 'USER_SRP_AUTH' },
    },
    now,
  }
}

/** What the edge has answered for a path under `/feeds/`. */
export async function readFeed(
  path: string,
  { reader, settings, now }: SiteLocals = localsOf(),
): Promise<RenderedFile | null> {
  const feed = await answerFeed(
    { reader, eventAt: reader.eventBySlug, siteUrl: settings.siteUrl, now: () => now },
    path,
  )
  return feed && { status: 200, contentType: feed.contentType, text: feed.body }
}

/** What the edge answers for an event's calendar file. */
export async function readCalendarFile(
  path: string,
  { reader, settings }: SiteLocals = localsOf(),
): Promise<RenderedFile | null> {
  const event = await reader.eventBySlug(/\/events\/([^/]+)\//.exec(path)?.[1] ?? '')
  const text = event && calendarFile(path, event, settings.siteUrl)
  return text === null ? null : { status: 200, contentType: 'text/calendar; charset=utf-8', text }
}

/** The built site, rendered from plain records: no database, no stack. */
export async function openDemoSite() {
  await buildSite()
  const site: BuiltSite = await import(pathToFileURL(siteRenderer).href)

  async function render(path: string, locals = localsOf()): Promise<RenderedFile> {
    const { status, contentType, body } = await site.renderPage(path, locals)
    return { status, contentType, text: new TextDecoder().decode(body) }
  }

  /** Every path that the publisher would write, with what it would write. */
  async function renderAll(locals = localsOf()): Promise<Map<string, RenderedFile>> {
    const files = new Map<string, RenderedFile>()
    const translated = await inEveryLanguage(translatedPages, locals.reader)
    for (const path of new Set([...site.fixedPaths, ...translated, ...(await catalogPaths(locals.reader))]))
      files.set(path, await render(path, locals))
    return files
  }

  return { render, renderAll }
}

export type DemoSite = Awaited<ReturnType<typeof openDemoSite>>
