import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { S3Client } from '@aws-sdk/client-s3'
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { createFiles } from '#functions/gateways/files.ts'
import type { RenderedPage } from '#functions/publisher/adapter/render.ts'
import { affectedPaths } from '#functions/publisher/affected-paths.ts'
import { type PublishPorts, publish, publishPath } from '#functions/publisher/publish.ts'
import { publishAll } from '#functions/publisher/publish-all.ts'
import { createEventStore } from '#functions/store/events.ts'
import { createOrganisationStore } from '#functions/store/organisations.ts'
import { createSiteReader } from '#functions/store/site-reader.ts'
import { type RunningS3, startS3Server } from '#infra/local/s3/server.ts'
import { makeDemoEvent } from '#infra/local/seed/make-event.ts'
import { demoOrganisations } from '#infra/local/seed/organisations.ts'
import { programme } from '#infra/local/seed/programme/index.ts'
import { catalogPaths } from '#tests/support/catalog-paths.ts'
import { startTestDynamoDb, type TestDynamoDb } from '#tests/support/dynamodb.ts'

const now = '2027-01-10T12:00:00.000Z'
const later = '2027-01-10T12:05:00.000Z'
const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' }

let folder: string
let server: RunningS3
let s3: S3Client
let dynamo: TestDynamoDb
let bucketNumber = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'marquee-publisher-'))
  const buckets = Array.from({ length: 20 }, (_, at) => `site-${at}`)
  server = await startS3Server({ port: 0, folder, region: 'us-east-1', buckets, ...credentials })
  s3 = new S3Client({ endpoint: server.url, region: 'us-east-1', forcePathStyle: true, credentials })
  dynamo = await startTestDynamoDb()
  const organisations = createOrganisationStore(DynamoDBDocumentClient.from(dynamo.client), dynamo.tableName('catalog'))
  for (const organisation of Object.values(demoOrganisations))
    await organisations.createOrganisation(organisation, 'owner@example.org')
})
afterAll(async () => {
  s3.destroy()
  await server.close()
  await dynamo.close()
  rmSync(folder, { recursive: true, force: true })
})

let files: ReturnType<typeof createFiles>
beforeEach(() => {
  files = createFiles(s3, `site-${bucketNumber++}`)
})

const page = (text: string, status = 200): RenderedPage => ({
  status,
  contentType: 'text/html',
  body: new TextEncoder().encode(text),
})
const stored = async (key: string) => {
  const body = await files.readFile(key)
  return body && new TextDecoder().decode(body)
}
const catalog = () => {
  const client = DynamoDBDocumentClient.from(dynamo.client)
  return {
    events: createEventStore(client, dynamo.tableName('catalog')),
    reader: createSiteReader(client, dynamo.tableName('catalog')),
  }
}
const demoEvent = (slug: string): EventRecord => {
  const found = programme.find((event) => event.slug === slug)
  if (!found) throw new Error(`no demo event ${slug}`)
  return makeDemoEvent(found, now)
}

test('a page is written once, left alone while its bytes stay, and deleted when it is not found', async () => {
  let answer = page('one')
  const ports = { files, render: async () => answer }
  expect(await publishPath(ports, '/city/sevilla/')).toBe('created')
  expect(await publishPath(ports, '/city/sevilla/')).toBe('unchanged')
  answer = page('two')
  expect(await publishPath(ports, '/city/sevilla/')).toBe('replaced')
  expect(await stored('city/sevilla/index.html')).toBe('two')
  answer = page('gone', 404)
  expect(await publishPath(ports, '/city/sevilla/')).toBe('deleted')
  expect(await stored('city/sevilla/index.html')).toBeNull()
  expect(await publishPath(ports, '/city/sevilla/')).toBe('unchanged')
})

test('the page for missing pages is kept although it answers 404', async () => {
  const ports = { files, render: async () => page('not here', 404) }
  expect(await publishPath(ports, '/404.html')).toBe('created')
  expect(await stored('404.html')).toBe('not here')
})

test('a page that cannot be rendered keeps its last bytes and fails alone', async () => {
  await publishPath({ files, render: async () => page('good') }, '/a/')
  const render = async (path: string) => (path === '/a/' ? page('error', 500) : page('fine'))
  const report = await publish({ files, render }, ['/a/', '/b/'])
  expect([...report.failed.keys()]).toEqual(['/a/'])
  expect(report.created).toEqual(['/b/'])
  expect(await stored('a/index.html')).toBe('good')
})

/** Starts a publisher that has read old data and is held before its write, and lets a second one with new data overtake it. */
async function raceOldAgainstNew(using: PublishPorts['files']) {
  let data = 'old'
  const gate = Promise.withResolvers<void>()
  const hasRead = Promise.withResolvers<void>()
  let isFirst = true
  const slow = publishPath(
    {
      files: using,
      render: async () => {
        const read = data
        if (isFirst) {
          isFirst = false
          hasRead.resolve()
          await gate.promise
        }
        return page(read)
      },
    },
    '/race/',
  )
  await hasRead.promise
  data = 'new'
  await publishPath({ files: using, render: async () => page(data) }, '/race/')
  gate.resolve()
  await slow
  return stored('race/index.html')
}

test('of two racing publishers the one with newer data wins, though the older one writes last', async () => {
  await publishPath({ files, render: async () => page('before') }, '/race/')
  expect(await raceOldAgainstNew(files)).toBe('new')
})

test('it wins also when the page did not exist before', async () => {
  expect(await raceOldAgainstNew(files)).toBe('new')
})

test('control: without the condition the older data would have won', async () => {
  const unguarded = {
    ...files,
    putFile: (key: string, file: Parameters<typeof files.putFile>[1]) => files.putFile(key, file),
  }
  expect(await raceOldAgainstNew(unguarded)).toBe('old')
})

/** 1,000 edits of 100 pages: of each two, one publisher reads before the second edit and writes when it likes. Answers stale pages. */
async function raceTwoPublishers(using: PublishPorts['files']): Promise<string[]> {
  const stale: string[] = []
  const racePage = async (path: string) => {
    let newest = 0
    for (let pair = 0; pair < 5; pair++) {
      const hasRead = Promise.withResolvers<void>()
      const render = async () => {
        const read = newest
        hasRead.resolve()
        // Longer than a busy machine takes to ask what is stored: or the earlier one would never be the last to write.
        await wait(Math.random() < 0.5 ? 0 : 50)
        return page(String(read))
      }
      newest++
      const earlier = publishPath({ files: using, render }, path)
      await hasRead.promise
      newest++
      await Promise.all([earlier, publishPath({ files: using, render }, path)])
    }
    if ((await stored(`${path.slice(1)}index.html`)) !== String(newest)) stale.push(path)
  }
  const paths = Array.from({ length: 100 }, (_, at) => `/page-${at}/`).values()
  const race = async () => {
    for (const path of paths) await racePage(path)
  }
  await Promise.all(Array.from({ length: 10 }, race))
  return stale
}

test('two publishers that race over 1,000 edits leave the newest on every page', { timeout: 180_000 }, async () => {
  expect(await raceTwoPublishers(files)).toEqual([])
})

test('control: without the condition some pages are left with older words', { timeout: 180_000 }, async () => {
  const unguarded = {
    ...files,
    putFile: (key: string, file: Parameters<typeof files.putFile>[1]) => files.putFile(key, file),
  }
  expect((await raceTwoPublishers(unguarded)).length).toBeGreaterThan(0)
})

test('an edit in place touches at most twelve pages, and every page that shows the event is among them', async () => {
  const { events, reader } = catalog()
  const before = demoEvent('silent-lisbon-loud-piano')
  expect(await events.createEvent(before)).toBe('created')
  const after = { ...before, name: 'Silent Lisbon, louder piano', version: 2, updatedAt: later }
  expect(await events.saveEvent(before, after)).toEqual({ ok: true })

  const rendered: string[] = []
  const render = async (path: string) => {
    rendered.push(path)
    return page(JSON.stringify(await reader.listing('city#lisboa', { limit: 50 })))
  }
  const paths = await affectedPaths({ kind: 'event', before, after }, reader, now)
  await publish({ files, render }, paths)
  expect(rendered.length).toBeLessThanOrEqual(12)
  expect(rendered.toSorted()).toEqual([
    '/',
    '/category/arts/',
    '/city/lisboa/',
    '/city/lisboa/2027-04/',
    '/events/silent-lisbon-loud-piano/',
    '/month/2027-04/',
    '/organiser/almazara-cultural/',
    '/search/city/lisboa.json',
    '/search/everywhere.json',
    '/sitemap/2027-04-08.xml',
  ])
  expect(await stored('city/lisboa/index.html')).toContain('louder piano')
})

test('an event that moves to another month touches both months', async () => {
  const { events, reader } = catalog()
  const moving = demoEvent('winter-indigo')
  await events.createEvent(moving)
  const moved = {
    ...moving,
    ...{ startsAt: '2027-05-08T01:30:00.000Z', endsAt: '2027-05-08T04:30:00.000Z', version: 2, updatedAt: later },
  }
  await events.saveEvent(moving, moved)
  const paths = await affectedPaths({ kind: 'event', before: moving, after: moved }, reader, later)
  expect(paths).toEqual(expect.arrayContaining(['/city/kyoto/2027-11/', '/city/kyoto/2027-05/', '/month/2027-05/']))
  expect(paths.length).toBeLessThanOrEqual(20)
})

test('a page that comes or goes takes along what it names, and one that changes what it names newly or no longer', async () => {
  const rendered: string[] = []
  let months: Record<string, readonly string[]> = { '/jan/': ['/mar/'], '/mar/': ['/jan/'] }
  const render = async (path: string) => {
    rendered.push(path)
    const publishedWith = months[path]
    return publishedWith ? { ...page(`${path} ${publishedWith}`), publishedWith } : page('gone', 404)
  }
  const renderedBy = async (path: string) => {
    rendered.length = 0
    await publish({ files, render }, [path])
    return rendered.toSorted()
  }
  expect(await renderedBy('/jan/')).toEqual(['/jan/', '/mar/'])
  expect(await renderedBy('/jan/')).toEqual(['/jan/'])
  months = { '/jan/': ['/feb/'], '/feb/': ['/jan/', '/mar/'], '/mar/': ['/feb/'] }
  expect(await renderedBy('/feb/')).toEqual(['/feb/', '/jan/', '/mar/'])
  expect(await stored('jan/index.html')).toBe('/jan/ /feb/')
  months = { '/jan/': ['/mar/'], '/mar/': ['/jan/'] }
  expect(await renderedBy('/feb/')).toEqual(['/feb/', '/jan/', '/mar/'])
  expect(await stored('mar/index.html')).toBe('/mar/ /jan/')
})

test('when what must change with a page fails, the page is left to be published again', async () => {
  const pages: Record<string, readonly string[]> = { '/week/': ['/day/'] }
  const publishedWith = pages['/week/'] ?? []
  const render = async (path: string) => (path === '/day/' ? page('error', 500) : { ...page('week'), publishedWith })
  const report = await publish({ files, render }, ['/week/'])
  expect([...report.failed.keys()].toSorted()).toEqual(['/day/', '/week/'])
  expect(await stored('week/index.html')).toBeNull()
})

test('a page that hangs fails alone, within its deadline', async () => {
  const render = (path: string) =>
    path === '/a/' ? new Promise<RenderedPage>(() => {}) : Promise.resolve(page('fine'))
  const report = await publish({ files, render, pageDeadlineMs: 50 }, ['/a/', '/b/', '/c/'])
  expect([...report.failed.keys()]).toEqual(['/a/'])
  expect(report.created).toEqual(['/b/', '/c/'])
})

test('a draft touches nothing, a cancelled event keeps its page and its place in the lists', async () => {
  const { events, reader } = catalog()
  const { publishedAt: _, ...rest } = demoEvent('needle-drop')
  const draft: EventRecord = { ...rest, status: 'draft' }
  await events.createEvent(draft)
  expect(await affectedPaths({ kind: 'event', before: null, after: draft }, reader, now)).toEqual([])
  expect(await reader.eventBySlug('needle-drop')).toBeNull()
  expect(await reader.listing('city#tokyo', { limit: 10 })).toEqual([])

  const published: EventRecord = { ...draft, status: 'published', publishedAt: now, version: 2 }
  await events.saveEvent(draft, published)
  const cancelled: EventRecord = { ...published, status: 'cancelled', saleState: 'cancelled', version: 3 }
  await events.saveEvent(published, cancelled)
  expect(await reader.eventBySlug('needle-drop')).toMatchObject({ status: 'cancelled' })
  expect(await reader.listing('city#tokyo', { limit: 10 })).toMatchObject([
    { slug: 'needle-drop', saleState: 'cancelled' },
  ])

  await events.saveEvent(cancelled, { ...draft, version: 4 })
  expect(await reader.listing('city#tokyo', { limit: 10 })).toEqual([])
})

test('a slug belongs to one event', async () => {
  const { events } = catalog()
  const event = demoEvent('dumpling-day')
  expect(await events.createEvent(event)).toBe('created')
  expect(await events.createEvent(event)).toBe('exists')
  const other = { ...event, id: demoEvent('salt-and-smoke').id }
  expect(await events.createEvent(other)).toBe('slug_taken')
  expect(await events.getEvent(other.id)).toBeNull()
})

test('an edit that carries an old version changes nothing', async () => {
  const { events, reader } = catalog()
  const event = demoEvent('south-side-stomp')
  await events.createEvent(event)
  const edited = { ...event, name: 'First', version: 2 }
  expect(await events.saveEvent(event, edited)).toEqual({ ok: true })
  expect(await events.saveEvent(event, { ...event, name: 'Second', version: 2 })).toEqual({
    ok: false,
    failed: ['version_is_current'],
  })
  expect(await reader.listing('city#chicago', { limit: 10 })).toMatchObject([{ name: 'First' }])
})

test('an edit keeps a sale state that moved between its read and its write', async () => {
  const { events } = catalog()
  const event = demoEvent('the-late-train-home')
  await events.createEvent(event)
  expect(await events.updateSaleState(event, { saleState: 'sold_out', emptyPoolIds: [] }, later)).toBe(true)
  expect(await events.saveEvent(event, { ...event, name: 'Edited', version: 2 })).toEqual({ ok: true })
  expect(await events.getEvent(event.id)).toMatchObject({ name: 'Edited', saleState: 'sold_out', version: 2 })
})

test('a full publish repairs what is damaged, deletes what nothing names, and leaves assets alone', async () => {
  const { reader } = catalog()
  const paths = await catalogPaths(reader)
  const render = async (path: string) => page(path, paths.has(path) || path === '/' ? 200 : 404)
  const ports = { files, reader, fixedPaths: ['/'], renderFrom: () => render }
  await publishAll(ports)
  const asset = { body: new Uint8Array([1]), contentType: 'text/css', cacheControl: 'immutable' }
  await files.putFile('_astro/page.css', asset)
  await files.putFile('media/evt_1/poster-480.webp', asset)
  await files.putFile('events/forgotten/index.html', asset)
  await files.putFile('city/lisboa/index.html', asset)

  const report = await publishAll(ports)
  expect(report.replaced).toEqual(['/city/lisboa/'])
  expect(report.deleted).toEqual(['/events/forgotten/'])
  expect(await stored('city/lisboa/index.html')).toBe('/city/lisboa/')
  expect(await files.readFile('_astro/page.css')).not.toBeNull()
  expect(await files.readFile('media/evt_1/poster-480.webp')).not.toBeNull()
})
