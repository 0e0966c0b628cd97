import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readViewerRequest } from '#infra/local/gateway/viewer.ts'
import { createLocalPages } from '#infra/local/local-pages/local-pages.ts'
import { type Lock, takeLock } from '#infra/local/stack/lock.ts'

let folder: string
let lock: Lock
let server: Server
let site: string
let replays = 0

const at = '2027-01-04T12:00:00.000Z'
const record = { dynamodb: { Keys: { pk: { S: 'EVENT#evt_1' }, sk: { S: 'EVENT' } } } }
const line = `publisher ${JSON.stringify(record.dynamodb.Keys)}: no such template`

/** A folder that says where its stack is served, and of that stack the pages for whoever runs it. */
beforeAll(async () => {
  server = createServer(async (message, response) => {
    const request = await readViewerRequest(message)
    const pages = createLocalPages({
      info: { ...nowhere, site },
      deadLetters: async () => [{ name: 'publisher', letter: { at, record, error: 'no such template', attempts: 20 } }],
      replay: async () => {
        replays++
        return 0
      },
    })
    const answer = request && (await pages(request))
    response.writeHead(answer?.status ?? 404, answer?.headers).end(answer?.body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  site = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  folder = mkdtempSync(join(tmpdir(), 'marquee-replay-command-'))
  const taken = takeLock(folder)
  if ('heldBy' in taken) throw new Error('a new folder is locked')
  lock = taken
  lock.serveAt(`${site}/`)
})
afterAll(() => {
  lock.release()
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

const nowhere = {
  cognito: { endpoint: '', userPoolId: '', clientId: '' },
  ...{ mail: '', stripe: '', dynamodb: '', s3: '' },
  demo: { accounts: [], events: [] },
}

const main = fileURLToPath(new URL('../../infra/replay/main.ts', import.meta.url))
const run = (...args: string[]) =>
  new Promise<{ exitCode: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(process.execPath, [main, '--state', folder, ...args], (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? 1, stdout, stderr }),
    )
  })

test('--list says what would be replayed, and replays nothing', async () => {
  expect(await run('--list')).toEqual({ exitCode: 0, stdout: `${line}\n`, stderr: '' })
  expect(replays).toBe(0)
})

test('without it all is replayed, and what failed again ends the command with 1', async () => {
  const stdout = '0 delivered, 1 failed again and kept\n'
  expect(await run()).toEqual({ exitCode: 1, stdout, stderr: `✗ ${line}\n` })
  expect(replays).toBe(1)
})
