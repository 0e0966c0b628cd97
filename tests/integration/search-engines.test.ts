import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { parts } from '#functions/publisher/parts.ts'
import { testEnvironment } from '#tests/support/api.ts'
import { startTestDynamoDb, type TestDynamoDb } from '#tests/support/dynamodb.ts'
import { startTestS3 } from '#tests/support/uploads.ts'

let folder: string
let dynamo: TestDynamoDb
let s3: Awaited<ReturnType<typeof startTestS3>>
let engine: Server
let told: string[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'marquee-templates-'))
  dynamo = await startTestDynamoDb()
  s3 = await startTestS3(async () => {})
  engine = createServer(async (request, response) => {
    const { urlList }: { urlList: readonly string[] } = JSON.parse((await request.toArray()).join(''))
    told.push(...urlList)
    response.writeHead(200).end()
  })
  await new Promise<void>((resolve) => engine.listen(0, '127.0.0.1', resolve))
  const { port }: AddressInfo = Object(engine.address())
  Object.assign(process.env, testEnvironment, {
    AWS_ENDPOINT_URL_DYNAMODB: dynamo.endpoint,
    CATALOG_TABLE: dynamo.tableName('catalog'),
    SALES_TABLE: dynamo.tableName('sales'),
    INDEXNOW_KEY: 'a1b2c3d4',
    INDEXNOW_ENDPOINT: `http://127.0.0.1:${port}/indexnow`,
  })
})
afterAll(async () => {
  engine.close()
  await s3.close()
  await dynamo.close()
  rmSync(folder, { recursive: true, force: true })
})

/** A new process with these templates: what it does when the clock calls, with so much time left. */
async function startPublisher(version: string, fixedPaths: readonly string[]) {
  const build = mkdtempSync(join(folder, 'build-'))
  const entry = join(build, 'entry.mjs')
  writeFileSync(
    entry,
    `export const fixedPaths = ${JSON.stringify(fixedPaths)}
const body = new TextEncoder().encode('${version}')
const isGone = (path) => /^.(old|new)/.test(path) && !fixedPaths.includes(path)
export const renderPage = async (path) => ({ status: isGone(path) ? 404 : 200, contentType: 'text/html', body })`,
  )
  process.env.SITE_RENDERER = entry
  vi.resetModules()
  const { handler } = await import('#functions/publisher/index.ts')
  return async (leftMs: number) => {
    const report = await handler({ publish: 'due' }, { getRemainingTimeInMillis: () => leftMs })
    if (!report || !('counts' in report)) throw new Error('nothing was published')
    return report
  }
}

/** Answers what it wrote and whom it told of what. */
async function release(version: string, fixedPaths: readonly string[]) {
  told = []
  const publishDue = await startPublisher(version, fixedPaths)
  const report = await publishDue(120_000)
  expect(report.finishedAt).not.toBeNull()
  return { counts: report.counts, told: told.map((url) => new URL(url).pathname).toSorted() }
}

test('search engines hear of pages that come and go, and nothing when only the templates are others', async () => {
  const first = await release('first', ['/about/', '/old/'])
  expect(first.told).toEqual(expect.arrayContaining(['/', '/about/', '/old/', '/weekend/']))
  expect(first.told).not.toContain('/account/')

  const onlyTemplates = await release('second', ['/about/', '/old/'])
  const total = first.counts.created
  expect(onlyTemplates).toMatchObject({ counts: { created: 0, deleted: 0, unchanged: 0, replaced: total }, told: [] })

  expect((await release('third', ['/about/', '/old/', '/new/'])).told).toEqual(['/new/'])
  expect((await release('third', ['/about/', '/new/'])).told).toEqual(['/old/'])
})

test('an order for a full publish that says something unknown is refused, before anything begins', async () => {
  const { handler } = await import('#functions/publisher/index.ts')
  const unknown = `{"publish":"all","parts":[${parts.length}]}`
  for (const order of ['{"publish":"all","part":1}', unknown, '{"publish":"all","parts":[]}'])
    await expect(handler(JSON.parse(order), { getRemainingTimeInMillis: () => 300_000 })).rejects.toThrow('part')
})

test('a full publish has not ended while there was no time to begin one of its parts', async () => {
  const publishDue = await startPublisher('slow', ['/about/'])
  const calls = [await publishDue(0)]
  while (!calls.at(-1)?.finishedAt && calls.length < 20) calls.push(await publishDue(0))
  // Each part takes a call of its own, and one more to end where it has a chunk; the first ends long before the last has begun.
  expect(calls.length).toBeGreaterThan(parts.length)
  expect(calls.map(({ finishedAt }) => finishedAt !== null)).toEqual([...Array(calls.length - 1).fill(false), true])
  expect(calls.at(-1)?.counts).toMatchObject({ created: 0, failed: 0 })
})
