import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { S3Client } from '@aws-sdk/client-s3'
import { DeleteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { CatalogReader } from '#contracts/site.ts'
import { translatedPages } from '#domain/site-pages.ts'
import { createFiles } from '#functions/gateways/files.ts'
import { inEveryLanguage } from '#functions/publisher/affected-paths.ts'
import {
  beginAgain,
  type FullPublishPorts,
  goOnPublishing,
  PagesNotPublished,
  together,
} from '#functions/publisher/full-publish.ts'
import { partOf, partOfLists, parts } from '#functions/publisher/parts.ts'
import { keyOf, type PublishPorts, publish } from '#functions/publisher/publish.ts'
import type { FullReport } from '#functions/publisher/publish-all.ts'
import { catalogKeys } from '#functions/store/keys.ts'
import { createPublishingStore } from '#functions/store/publishing.ts'
import { type RunningS3, startS3Server } from '#infra/local/s3/server.ts'
import { memoryReader } from '#infra/local/seed/memory-reader.ts'
import { catalogPaths } from '#tests/support/catalog-paths.ts'
import { startTestDynamoDb, type TestDynamoDb } from '#tests/support/dynamodb.ts'
import { syntheticCatalog } from '#tests/support/synthetic-catalog.ts'

const start = '2027-01-10T12:00:00.000Z'
const credentials = { accessKeyId: 'test', secretAccessKey: 'test-secret' }
const region = 'us-east-1'
const { events, organisations } = syntheticCatalog({ seed: 'full', count: 80, now: start })
const reader = memoryReader([...events()], organisations)

let folder: string
let server: RunningS3
let s3: S3Client
let dynamo: TestDynamoDb
let paths: ReadonlySet<string>
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'marquee-full-'))
  const buckets = Array.from({ length: 50 }, (_, at) => `site-${at}`)
  server = await startS3Server({ port: 0, folder, region, buckets, ...credentials })
  dynamo = await startTestDynamoDb()
  s3 = new S3Client({ endpoint: server.url, region, forcePathStyle: true, credentials })
  const translated = await inEveryLanguage(translatedPages, reader)
  paths = new Set(['/always/', ...translated, ...(await catalogPaths(reader))])
})
afterAll(async () => {
  s3.destroy()
  await server.close()
  await dynamo.close()
  rmSync(folder, { recursive: true, force: true })
})

let files: ReturnType<typeof createFiles>
let clock: { now: string; words: string; pages: number }
let bucket = 0
beforeEach(async () => {
  for (const part of parts)
    await DynamoDBDocumentClient.from(dynamo.client).send(
      new DeleteCommand({ TableName: dynamo.tableName('catalog'), Key: catalogKeys.publishing(part) }),
    )
  files = createFiles(s3, `site-${bucket++}`)
  clock = { now: start, words: 'words', pages: 0 }
})

const publishing = () => createPublishingStore(DynamoDBDocumentClient.from(dynamo.client), dynamo.tableName('catalog'))
/** Of the part to which `/always/` belongs; unless a test says otherwise it has all pages. */
const progress = () => publishing().progressOf(partOf('/always/'))
const ports = (templates = 'first', own: Partial<FullPublishPorts> = {}): FullPublishPorts => ({
  files,
  reader,
  fixedPaths: ['/always/'],
  templates,
  progress: progress(),
  now: () => clock.now,
  renderFrom: () => render,
  ...own,
})
const render: PublishPorts['render'] = async (path) => {
  clock.pages++
  const status = paths.has(path) ? 200 : 404
  return { status, contentType: 'text/html', body: new TextEncoder().encode(`${path} ${clock.words}`) }
}
async function publishAgain(templates?: string) {
  await beginAgain(ports(templates))
  return goOnPublishing(ports(templates), never)
}
const never = Number.POSITIVE_INFINITY
const nothing = { created: 0, replaced: 0, deleted: 0, unchanged: 0, failed: 0 }

test('it stops at its deadline, goes on where it stopped, and is done once', async () => {
  const total = paths.size
  const first = await goOnPublishing(ports(), 0)
  expect(first).toMatchObject({ finishedAt: null, counts: { ...nothing, created: 200 } })
  let state = first
  for (let count = 0; state && !state.finishedAt; count++) {
    expect(count).toBeLessThan(20)
    state = await goOnPublishing(ports(), 0)
  }
  expect(state?.counts).toEqual({ ...nothing, created: total })
  expect(clock.pages).toBe(total)
  expect(await goOnPublishing(ports(), never)).toBeNull()
})

test('one that dies in the middle is taken over when its time is up, not before', async () => {
  let left = 250
  const renderSome: PublishPorts['render'] = async (path) => {
    if (left-- > 0) return render(path)
    throw new Error('killed')
  }
  const dying = ports('first', {
    renderFrom: () => renderSome,
    progress: { ...ports().progress, save: async (...step) => left > 0 && ports().progress.save(...step) },
  })
  expect(await goOnPublishing(dying, never)).toBeNull()
  expect(await goOnPublishing(ports(), never)).toBeNull()
  clock.now = '2027-01-10T12:02:00.000Z'
  const { counts, finishedAt } = (await goOnPublishing(ports(), never)) ?? {}
  expect(finishedAt).toBe(clock.now)
  expect((counts?.created ?? 0) + (counts?.unchanged ?? 0)).toBe(paths.size)
})

test('one that still reads its lists is left alone for as long as an invocation lasts, not for longer', async () => {
  const others: unknown[] = []
  const slow: CatalogReader = {
    ...reader,
    allCards: async function* (language) {
      if (others.length === 0)
        for (const now of ['2027-01-10T12:04:30.000Z', '2027-01-10T12:05:30.000Z']) {
          clock.now = now
          others.push((await goOnPublishing(ports(), never))?.finishedAt)
        }
      yield* reader.allCards(language)
    },
  }
  expect(await goOnPublishing(ports('first', { reader: slow }), never)).toBeNull()
  expect(others).toEqual([undefined, clock.now])
})

test('one that could not read its lists lets the next one begin at once', async () => {
  const unreadable: CatalogReader = {
    ...reader,
    languages: async () => {
      throw new Error('too much')
    },
  }
  await expect(goOnPublishing(ports('first', { reader: unreadable }), never)).rejects.toThrow('too much')
  expect(await goOnPublishing(ports(), never)).toMatchObject({ finishedAt: clock.now, counts: { failed: 0 } })
})

test('of two that begin at once one goes on', async () => {
  const both = await Promise.all([goOnPublishing(ports(), never), goOnPublishing(ports(), never)])
  expect(both.filter((state) => state !== null)).toHaveLength(1)
})

test('parts side by side publish each page once, and what nothing names goes once', async () => {
  for (const key of ['city/gone/index.html', 'events/never-was/index.html', 'month/1999-01/index.html'])
    await files.putFile(key, { body: new Uint8Array(), contentType: 'text/html' })
  const inParts = parts.map((part) => ({
    ...ports(),
    part,
    progress: publishing().progressOf(part),
  }))
  const reached = await Promise.all(inParts.map((one) => goOnPublishing(one, never)))
  const done = reached.filter((one) => one !== null)
  expect(done.map(({ counts }) => counts.created > 0)).toEqual(parts.map(() => true))
  expect(together(done)).toMatchObject({
    finishedAt: start,
    counts: { ...nothing, created: paths.size, deleted: 3 },
    examples: { deleted: ['/city/gone/', '/events/never-was/', '/month/1999-01/'].toSorted(byPart), failed: [] },
  })
  expect(clock.pages).toBe(paths.size + 3)
  expect(await Promise.all(inParts.map((one) => goOnPublishing(one, never)))).toEqual(parts.map(() => null))
})

test('parts that know no borders publish pages more than once: the test above can fail', async () => {
  const whole = parts.map((part) => ({ ...ports(), progress: publishing().progressOf(part) }))
  await Promise.all(whole.map((one) => goOnPublishing(one, never)))
  expect(clock.pages).toBeGreaterThan(paths.size)
})

const byPart = (one: string, other: string) => partOf(one) - partOf(other) || (one < other ? -1 : 1)

test('one part reads the lists, each of the others its own events', async () => {
  const read: string[] = []
  const counted = (part: number): CatalogReader => ({
    ...reader,
    allCards: (language) => {
      read.push(`${part} lists`)
      return reader.allCards(language)
    },
    pageRecords: (bucket, from) => {
      read.push(`${part} bucket ${bucket}`)
      return reader.pageRecords(bucket, from)
    },
  })
  for (const part of parts)
    await goOnPublishing(
      ports('first', { part, progress: publishing().progressOf(part), reader: counted(part) }),
      never,
    )
  const ofEvents = parts.filter((part) => part !== partOfLists).map((part) => `${part} bucket ${part}`)
  expect(read).toEqual([...ofEvents, `${partOfLists} lists`])
  expect(clock.pages).toBe(paths.size)
})

test('what parts have done is one report: it has ended when the last one has', async () => {
  const one = await goOnPublishing(ports(), never)
  const other = one && { ...one, startedAt: '2027-01-10T11:00:00.000Z', finishedAt: '2027-01-10T13:00:00.000Z' }
  if (!one || !other) throw new Error('nothing was published')
  expect(together([one, other])).toMatchObject({
    ...{ startedAt: other.startedAt, finishedAt: other.finishedAt },
    counts: { ...nothing, created: 2 * paths.size },
  })
  expect(together([other, one])?.finishedAt).toBe(other.finishedAt)
  expect(together([{ ...one, finishedAt: null }, other])?.finishedAt).toBeNull()
  expect(together([other, { ...one, finishedAt: null }])?.finishedAt).toBeNull()
  expect(together([])).toBeNull()
})

test('a page is noted for its own part, if that goes on', async () => {
  const [first = 0, second = 1] = parts
  const pageOf = (part: number) => [...paths].find((path) => partOf(path) === part) ?? ''
  await goOnPublishing({ ...ports(), progress: publishing().progressOf(first) }, 0)
  expect(await publishing().noteTouched([pageOf(second)], Date.now())).toBe(false)
  expect(await publishing().noteTouched([pageOf(first), pageOf(second)], Date.now())).toBe(true)
  const noted = async (part: number) => (await publishing().progressOf(part).noted()).map(({ path }) => path)
  expect([await noted(first), await noted(second)]).toEqual([[pageOf(first)], []])
  await publishing()
    .progressOf(first)
    .forget(await publishing().progressOf(first).noted())
})

test('other templates publish everything again, and so does whoever asks; otherwise nothing happens', async () => {
  await goOnPublishing(ports(), never)
  clock.words = 'other words'
  expect(await goOnPublishing(ports('first'), never)).toBeNull()
  expect((await goOnPublishing(ports('second'), never))?.counts).toEqual({ ...nothing, replaced: paths.size })
  expect(await goOnPublishing(ports('second'), never)).toBeNull()
  expect((await publishAgain('second'))?.counts).toEqual({
    ...nothing,
    unchanged: paths.size,
  })
})

test('it repairs what is missing, altered, foreign or superfluous, leaves the rest alone, and says what it repaired', async () => {
  await goOnPublishing(ports(), never)
  const [missing, altered, foreign] = [...paths].filter((path) => path.startsWith('/events/') && path.endsWith('/'))
  const at = (path = '') => `${path.slice(1)}index.html`
  const by = { body: new TextEncoder().encode('someone was here'), contentType: 'text/html; charset=utf-8' }
  await files.removeFile(at(missing))
  const { fingerprint } = (await files.readHead(at(altered))) ?? {}
  await files.putFile(at(altered), { ...by, cacheControl: 'public', ...(fingerprint ? { fingerprint } : {}) })
  await files.putFile(at(foreign), by)
  const superfluous = [
    'city/sevilla/feed.xml',
    'de/city/bern/feed.xml',
    'de/search/city/atlantis.json',
    'events/never-was/index.html',
    'organiser/house-0/calendar.ics',
  ]
  for (const key of superfluous) await files.putFile(key, by)
  await files.putFile('a1b2c3d4.txt', { ...by, fingerprint: 'of a key that engines were told once' })
  await files.putFile('security.txt', by)
  await files.putFile('_astro/page.css', by)
  await files.putFile('media/poster.jpg', by)
  await files.putFile('google123.html', by)

  const repaired = await publishAgain()
  expect(repaired?.counts).toEqual({ ...nothing, created: 1, replaced: 2, deleted: 6, unchanged: paths.size - 3 })
  expect(repaired?.examples).toEqual({
    created: [missing],
    replaced: [altered, foreign].toSorted(),
    deleted: [
      '/a1b2c3d4.txt',
      '/city/sevilla/feed.xml',
      '/de/city/bern/feed.xml',
      '/de/search/city/atlantis.json',
      '/events/never-was/',
      '/organiser/house-0/calendar.ics',
    ],
    failed: [],
  })
  for (const key of ['_astro/page.css', 'media/poster.jpg', 'google123.html', 'security.txt'])
    expect(await files.readFile(key)).toEqual(by.body)
})

const storedAt = async (path: string) => new TextDecoder().decode((await files.readFile(keyOf(path))) ?? undefined)
const storeOf = (path: string) => ({ ...publishing(), ...publishing().progressOf(partOf(path)) })
/** Before it is read nothing of its part has been. */
const firstOfPart = () => [...paths].filter((path) => partOf(path) === 0).sort()[0] ?? ''

describe.each([
  ['lists', () => '/always/'],
  ['events', firstOfPart],
])('what happens after it has read %s, and before it writes a page from that', (_, pathOf) => {
  let path: string
  beforeAll(() => {
    path = pathOf()
  })
  const now = () => storedAt(path)
  const store = () => storeOf(path)
  const its = () => ({ part: partOf(path), progress: publishing().progressOf(partOf(path)) })
  let isThere = true
  let words = ''
  beforeEach(() => {
    isThere = true
    words = 'first'
  })
  const answer = async (from: { readonly isThere: boolean; readonly words: string }) => ({
    status: from.isThere ? 200 : 404,
    contentType: 'text/html',
    body: new TextEncoder().encode(from.words),
  })
  const current: PublishPorts['render'] = (asked) => (asked === path ? answer({ isThere, words }) : render(asked))
  /** What became of the page when its edit was published. */
  async function change(noteTouched?: PublishPorts['noteTouched']) {
    const { created, replaced, deleted, failed } = await publish(
      { files, render: current, ...(noteTouched ? { noteTouched } : {}) },
      [path],
    )
    expect(failed).toEqual(new Map())
    return [...created.map(() => 'created'), ...replaced.map(() => 'replaced'), ...deleted.map(() => 'deleted')].join(
      ' ',
    )
  }

  /** A full publish that has read what the page is made of when this happens. */
  async function publishWhile(happens: () => Promise<unknown>, own: Partial<FullPublishPorts> = {}) {
    const read = { isThere, words }
    const here: CatalogReader = {
      ...reader,
      async *allCards(language) {
        yield* reader.allCards(language)
        await happens()
      },
      async *pageRecords(part, from) {
        for await (const record of reader.pageRecords(part, from)) {
          if (path.includes(`/${record.slug}/`)) await happens()
          yield record
        }
      },
    }
    const stale = (asked: string) => (asked === path ? answer(read) : render(asked))
    await goOnPublishing(
      ports('first', { reader: here, renderFrom: (from) => (from === here ? current : stale), ...its(), ...own }),
      never,
    )
  }

  test.each([
    ['wins', () => files, 'second'],
    ['loses where nobody looks when it was written: this test can fail', () => writtenLongAgo(), 'first'],
  ])('an edit %s', async (_, from, after) => {
    await publishWhile(
      async () => {
        words = 'second'
        expect(await change()).toBe('created')
      },
      { files: from() },
    )
    expect(await now()).toBe(after)
  })

  test.each([
    ['stays away', () => store().noteTouched, ''],
    ['comes back unless it is noted: this test can fail', () => undefined, 'first'],
  ])('a page that goes before it came %s', async (_, noteTouched, after) => {
    await publishWhile(async () => {
      isThere = false
      expect(await change(noteTouched())).toBe('')
    })
    expect(await now()).toBe(after)
    expect(await store().noted()).toEqual([])
  })

  test.each([
    ['stays away', () => store().noteTouched, ''],
    ['comes back unless it is noted: this test can fail', () => undefined, 'first'],
  ])('a page that goes before the bucket is listed %s', async (_, noteTouched, after) => {
    await change()
    await publishWhile(async () => {
      isThere = false
      expect(await change(noteTouched())).toBe('deleted')
    })
    expect(await now()).toBe(after)
  })

  test.each([
    ['keeps its words', () => store().noteTouched, 'first'],
    ['loses them unless it is noted: this test can fail', () => undefined, 'second'],
  ])('a page whose edit is taken back before it was published %s', async (_, noteTouched, after) => {
    await change()
    words = 'second'
    await publishWhile(
      async () => {
        words = 'first'
        expect(await change(noteTouched())).toBe('')
      },
      { files: writtenLongAgo() },
    )
    expect(await now()).toBe(after)
  })

  test.each([
    ['keeps its words', () => files, 'first'],
    ['loses them where nobody looks when it was written: this test can fail', () => writtenLongAgo(), 'second'],
  ])('a page that changes and changes back %s', async (_, from, after) => {
    await change()
    words = 'second'
    await publishWhile(
      async () => {
        await change()
        words = 'first'
        await change()
      },
      { files: from() },
    )
    expect(await now()).toBe(after)
  })

  const writtenLongAgo = (): FullPublishPorts['files'] => ({
    ...files,
    readHead: async (key) => {
      const head = await files.readHead(key)
      return head && { ...head, writtenAtMs: 0 }
    },
  })

  test.each([
    ['nothing', true],
    ['the page to one who does not look again: this test can fail', false],
  ])('one that ends before it is noted that a page has gone leaves behind %s', async (_, looksAgain) => {
    isThere = false
    let isOver = false
    const note: PublishPorts['noteTouched'] = async (touched, sinceMs) => {
      isThere = true
      if (!isOver)
        await goOnPublishing(
          ports('first', { now: () => new Date().toISOString(), renderFrom: () => current, ...its() }),
          never,
        )
      isThere = false
      isOver = true
      return (await store().noteTouched(touched, sinceMs)) && looksAgain
    }
    expect(await change(note)).toBe(looksAgain ? 'deleted' : '')
    expect((await files.readFile(keyOf(path))) === null).toBe(looksAgain)
  })
})

describe('what others note while it goes on', () => {
  const path = '/always/'
  const now = () => storedAt(path)
  const store = () => storeOf(path)

  test('a note that is made again while its page is published stays', async () => {
    await goOnPublishing(ports('second'), 0)
    await store().noteTouched([path], Date.now())
    const seen = await store().noted()
    await store().noteTouched([path], Date.now())
    await store().forget(seen)
    expect((await store().noted()).map((note) => note.path)).toEqual([path])
    await store().forget(await store().noted())
    expect(await store().noted()).toEqual([])
  })

  test.each([
    ['stays for it', false],
    ['is forgotten where nobody looks whether one has begun: this test can fail', true],
  ])('what is noted for one that begins while the notes of the last are gone through %s', async (_, isBlind) => {
    const [early, late] = ['/aa/0/', '/zz/0/']
    await goOnPublishing(ports(), 0)
    await store().noteTouched([early], Date.now())
    let hasBegun = false
    const meanwhile: FullPublishPorts['progress'] = {
      ...store(),
      read: async () => {
        const current = await store().read()
        return current && hasBegun && isBlind ? { ...current, finishedAt: start } : current
      },
      noted: async (after) => {
        if (after === early) {
          await beginAgain(ports())
          await store().noteTouched([late], Date.now())
          hasBegun = true
        }
        return store().noted(after)
      },
    }
    expect((await goOnPublishing(ports('first', { progress: meanwhile }), never))?.finishedAt).toBe(start)
    expect((await store().noted()).map((note) => note.path)).toEqual(isBlind ? [] : [late])
    await store().forget(await store().noted())
  })

  test('pages that fail, however many, do not keep later ones from being published once more', async () => {
    const failing = Array.from({ length: 400 }, (_, at) => `/aa/${at}/`)
    await goOnPublishing(ports(), 0)
    await store().noteTouched([...failing, path], Date.now())
    const renderMost: PublishPorts['render'] = async (asked) => {
      if (asked.startsWith('/aa/')) throw new Error('broken')
      return render(asked)
    }
    const broken = ports('first', { renderFrom: () => renderMost })
    expect((await goOnPublishing(broken, never))?.finishedAt).toBe(start)
    const left = new Set<string>()
    for (let notes = await store().noted(); notes.length > 0; notes = await store().noted(notes.at(-1)?.path)) {
      for (const note of notes) left.add(note.path)
      await store().forget(notes)
    }
    expect(left).toEqual(new Set(failing))
  })

  test('what is noted when none goes on is forgotten, what was left over is published when the clock calls', async () => {
    await goOnPublishing(ports(), never)
    const endedMs = Date.parse(clock.now)
    expect(await store().noteTouched([path], endedMs + 10_000)).toBe(false)
    expect(await store().noteTouched([path], endedMs - 10_000)).toBe(true)
    expect(await store().noted()).toEqual([])
    await goOnPublishing(ports('second'), 0)
    expect(await store().noteTouched([path], Date.now())).toBe(true)
    while (
      !(await goOnPublishing(ports('second', { progress: { ...store(), noted: async () => [] } }), 0))?.finishedAt
    );
    await files.removeFile('always/index.html')
    expect(await goOnPublishing(ports('second'), never)).toBeNull()
    expect(await now()).toBe(`${path} words`)
    expect(await store().noted()).toEqual([])
  })
})

/** Renders as it should, but this page only from the given attempt on. */
function failing(path: string, until: number): PublishPorts['render'] {
  let attempt = 0
  return async (asked) => {
    if (asked === path && ++attempt < until) throw new Error('broken')
    return render(asked)
  }
}

test('a page that fails is named and tried again at the next call, when the others are published', async () => {
  const failures: string[] = []
  const renderLate = failing('/always/', 3)
  const own = {
    renderFrom: () => renderLate,
    onPublished: async ({ failed }: FullReport) => void failures.push(...failed.keys()),
  }
  const state = await goOnPublishing(ports('first', own), never)
  expect(state).toMatchObject({ finishedAt: null, counts: { ...nothing, created: paths.size - 1, failed: 1 } })
  expect([failures, state?.examples.failed]).toEqual([['/always/'], ['/always/']])
  expect(await goOnPublishing(ports('first', own), never)).toMatchObject({ finishedAt: null, failed: ['/always/'] })
  const last = await goOnPublishing(ports('first', own), never)
  expect(last).toMatchObject({ finishedAt: start, counts: { ...nothing, created: paths.size }, failed: [] })
  expect(clock.pages).toBe(paths.size)
})

test('one that fails three times more ends it with an error that names the page, once', async () => {
  const renderNever = failing('/always/', never)
  const own = { renderFrom: () => renderNever }
  for (let call = 0; call < 3; call++)
    expect(await goOnPublishing(ports('first', own), never)).toMatchObject({ finishedAt: null })
  await expect(goOnPublishing(ports('first', own), never)).rejects.toThrow(
    new PagesNotPublished('1 pages could not be published: /always/'),
  )
  expect(await goOnPublishing(ports('first', own), never)).toBeNull()
  expect((await ports().progress.read())?.counts).toEqual({ ...nothing, created: paths.size - 1, failed: 1 })
})

test('it jumps over pictures and assets, however many there are, and finds what lies behind them', async () => {
  const put = (key: string) => files.putFile(key, { body: new Uint8Array(), contentType: 'text/plain' })
  const keys = Array.from({ length: 3500 }, (_, at) => `${at % 7 === 0 ? '_astro' : 'media/evt'}/${at}.jpg`).values()
  const work = async () => {
    for (const key of keys) await put(key)
  }
  await Promise.all(Array.from({ length: 16 }, work))
  for (const key of ['de/city/gone/index.html', 'sitemap/2020-01-06.xml']) await put(key)
  let lists = 0
  s3.middlewareStack.add(
    (next, { commandName }) =>
      (args) => {
        if (commandName === 'ListObjectsV2Command') lists++
        return next(args)
      },
    { step: 'initialize', name: 'countLists' },
  )
  const { counts } = (await goOnPublishing(ports(), never)) ?? {}
  s3.middlewareStack.remove('countLists')
  expect(counts).toEqual({ ...nothing, created: paths.size, deleted: 2 })
  expect(lists).toBe(3)
  const seen: string[] = []
  for await (const key of files.listKeys('media/', 'media/evt/99')) seen.push(key)
  expect(seen.length).toBeGreaterThan(5)
}, 120_000)
