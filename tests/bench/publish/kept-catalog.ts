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
import { loadCatalog } from './load-catalog.ts'

const note = z.object({ now: z.string() })

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
  const engine = await startDynamoDb({ port: 0, dataFolder: unfinished })
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const client = new DynamoDBClient({ endpoint: engine.url, region: 'us-east-1', credentials })
  const quiet = tables.map((table) => ({ ...table, stream: false }))
  await createTables(client, quiet, tablePrefix)
  const start = performance.now()
  await loadCatalog(client, `${tablePrefix}catalog`, syntheticCatalog({ seed: 'bench', count, now }))
  console.info(`${count} events were loaded in ${((performance.now() - start) / 1000).toFixed(0)} s`)
  client.destroy()
  await engine.close()
  emptyLog(join(unfinished, 'shared-local-instance.db'))
  await writeFile(join(unfinished, 'note.json'), JSON.stringify({ now }))
  await rename(unfinished, folder)
  return { folder, now }
}

/** The engine never empties its write-ahead log: after 100,000 events it is 16 times the size of what is in the file. */
function emptyLog(path: string): void {
  const file = new DatabaseSync(path)
  file.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  file.close()
}
