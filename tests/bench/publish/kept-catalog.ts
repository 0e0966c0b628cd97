import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { z } from 'zod'
import type { Instant } from '#domain/catalog.ts'
import { createTables, startDynamoDb } from '#infra/local/dynamodb.ts'
import { tablePrefix } from '#infra/local/stack/environment.ts'
import { tables } from '#infra/tables.ts'
import { syntheticCatalog } from '#tests/support/synthetic-catalog.ts'
import { beginStream, loadCatalog } from './load-catalog.ts'

const note = z.object({ now: z.string() })

const catalogTable = `${tablePrefix}catalog`
/** So many events leave a log of 3 GB. */
const portion = 20_000

/** In memory where there is such a place: DynamoDB Local waits for the disk after each item. */
const fastest = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

/** DynamoDB Local's own files with so many synthetic events in them, and as of when; made once, and kept until somebody deletes them. */
export async function keptCatalog(count: number): Promise<{ readonly folder: string; readonly now: Instant }> {
  const folder = join(fastest, 'marquee-bench', String(count))
  const noted = await readFile(join(folder, 'note.json'), 'utf8').catch(() => null)
  if (noted !== null) return { folder, ...note.parse(JSON.parse(noted)) }
  const [now, unfinished] = [new Date().toISOString(), `${folder}.new`]
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(dirname(folder), { recursive: true })
  const start = performance.now()
  const quiet = tables.map((table) => ({ ...table, stream: false }))
  await withEngine(unfinished, (client) => createTables(client, quiet, tablePrefix))
  const { organisations, events, ...catalog } = syntheticCatalog({ seed: 'bench', count, now })
  const left = events()
  for (let loaded = 0; loaded < count; loaded += portion) {
    const some = { ...catalog, organisations: loaded === 0 ? organisations : [], events: () => takeFrom(left, portion) }
    await withEngine(unfinished, (client) => loadCatalog(client, catalogTable, some))
  }
  await withEngine(unfinished, (client) => beginStream(client, catalogTable))
  console.info(`${count} events were loaded in ${((performance.now() - start) / 1000).toFixed(0)} s`)
  await writeFile(join(unfinished, 'note.json'), JSON.stringify({ now }))
  await rename(unfinished, folder)
  return { folder, now }
}

async function withEngine(dataFolder: string, work: (client: DynamoDBClient) => Promise<unknown>): Promise<void> {
  const engine = await startDynamoDb({ port: 0, dataFolder })
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new DynamoDBClient({ endpoint: engine.url, region: 'us-east-1', credentials })
  await work(client)
  client.destroy()
  await engine.close()
  emptyLog(join(dataFolder, 'shared-local-instance.db'))
}

function* takeFrom<T>(items: Generator<T>, count: number): Generator<T> {
  for (let taken = 0; taken < count; taken++) {
    const { value, done } = items.next()
    if (done) return
    yield value
  }
}

/** While it runs, the engine never empties its write-ahead log, which is 16 times the size of what is in the file. */
function emptyLog(path: string): void {
  const file = new DatabaseSync(path)
  file.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  file.close()
}
