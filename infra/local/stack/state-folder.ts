import { mkdir, readdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { Curable } from './cures.ts'
import { type Lock, takeLock } from './lock.ts'

const NEEDED_MEGABYTES = 200

/** Makes the folder ours alone, and empties it when asked to. */
export async function openStateFolder(folder: string, fresh: boolean): Promise<Lock> {
  await mkdir(folder, { recursive: true })
  const { bavail, bsize } = await statfs(folder)
  const free = Math.floor((bavail * bsize) / 1_000_000)
  if (free < NEEDED_MEGABYTES) {
    throw new Curable(
      `The disk of ${folder} has ${free} MB left and ${NEEDED_MEGABYTES} are needed: free some space, or choose another folder with --state.`,
    )
  }
  const lock = takeLock(folder)
  if ('heldBy' in lock) {
    const { pid, url } = lock.heldBy
    const where = url === undefined ? 'is starting' : `is running at ${url}`
    throw new Curable(
      `Marquee ${where} already on this state (process ${pid}): use that, or end it with “kill ${pid}”.`,
    )
  }
  if (fresh) await empty(folder)
  return lock
}

async function empty(folder: string): Promise<void> {
  const names = (await readdir(folder)).filter((name) => name !== 'lock.json')
  for (const name of names) await rm(join(folder, name), { recursive: true, force: true })
}
