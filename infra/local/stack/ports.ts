import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { Curable } from './cures.ts'

const ports = z.object({
  site: z.int(),
  dynamodb: z.int(),
  s3: z.int(),
  cognito: z.int(),
  mail: z.int(),
  stripe: z.int(),
})
export type Ports = z.infer<typeof ports>

const MOST_WAIT_MS = 5_000

/**
 * The ports of this folder's last run where they are still free: addresses in mails and bookmarks stay good.
 * After a crash it first waits for what that run had started to end, because two engines on one folder would spoil it.
 */
export async function choosePorts(folder: string, wanted: number, afterCrash: boolean): Promise<Ports> {
  const file = join(folder, 'ports.json')
  const earlier = await readFile(file, 'utf8')
    .then((text) => ports.parse(JSON.parse(text)))
    .catch(() => undefined)
  if (earlier && afterCrash) await untilFree(Object.values(earlier))
  const site = await sitePort(wanted, earlier?.site)
  const used = new Set([site])
  const take = async (before: number | undefined): Promise<number> => {
    if (before !== undefined && !used.has(before) && (await isFree(before))) return claim(before, used)
    for (let port = site + 1; port < 65_536; port++) {
      if (!used.has(port) && (await isFree(port))) return claim(port, used)
    }
    return take(await anyFreePort())
  }
  const chosen = {
    site,
    dynamodb: await take(earlier?.dynamodb),
    s3: await take(earlier?.s3),
    cognito: await take(earlier?.cognito),
    mail: await take(earlier?.mail),
    stripe: await take(earlier?.stripe),
  }
  await writeFile(file, JSON.stringify(chosen))
  return chosen
}

async function sitePort(wanted: number, before: number | undefined): Promise<number> {
  if (wanted === 0) return before !== undefined && (await isFree(before)) ? before : anyFreePort()
  if (await isFree(wanted)) return wanted
  throw new Curable(
    `Port ${wanted} is taken by another program: end that, or choose another with “npm start -- --port ${wanted + 100}”.`,
  )
}

function claim(port: number, used: Set<number>): number {
  used.add(port)
  return port
}

async function untilFree(all: readonly number[]): Promise<void> {
  const deadline = Date.now() + MOST_WAIT_MS
  for (const port of all) {
    while (Date.now() < deadline && !(await isFree(port))) await wait(50)
  }
}

/** On both loopback addresses: a browser that asks for `localhost` may use either. */
async function isFree(port: number): Promise<boolean> {
  return (await bind(port, '127.0.0.1')) !== 'taken' && (await bind(port, '::1')) !== 'taken'
}

async function anyFreePort(): Promise<number> {
  const port = await bind(0, '127.0.0.1')
  return typeof port === 'number' ? port : anyFreePort()
}

async function bind(port: number, host: string): Promise<number | 'taken' | 'no such address'> {
  const probe = createServer().listen({ port, host })
  try {
    await once(probe, 'listening')
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code !== 'EADDRINUSE' && host === '::1'
    return isMissing ? 'no such address' : 'taken'
  }
  const address = probe.address()
  const closed = once(probe, 'close')
  probe.close()
  await closed
  return typeof address === 'object' && address ? address.port : port
}
