import { execFileSync } from 'node:child_process'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const holder = z.object({
  pid: z.int().positive(),
  /** Tells a process from a later one with the same number. */
  startedAt: z.string(),
  /** Where it serves, once known. */
  url: z.string().optional(),
})
export type LockHolder = z.infer<typeof holder>

export interface Lock {
  /** An earlier holder ended without releasing it; what it had started may still be ending. */
  readonly tookOver: boolean
  /** Tells those who find the folder locked where its stack is served. */
  serveAt(url: string): void
  release(): void
}

/** Takes the folder for this process, or answers who has it. A lock whose process is gone counts for nothing. */
export function takeLock(folder: string, name = 'lock.json'): Lock | { readonly heldBy: LockHolder } {
  const file = join(folder, name)
  const mine = join(folder, `${name}.${process.pid}`)
  const self: LockHolder = { pid: process.pid, startedAt: startOf(process.pid) ?? '' }
  let tookOver = false
  for (;;) {
    writeFileSync(mine, JSON.stringify(self))
    const taken = linked(mine, file)
    rmSync(mine)
    if (taken) break
    const heldBy = readHolder(file)
    if (heldBy && isAlive(heldBy)) return { heldBy }
    moveAway(file, heldBy)
    tookOver = true
  }
  return {
    tookOver,
    serveAt(url) {
      writeFileSync(mine, JSON.stringify({ ...self, url }))
      renameSync(mine, file)
    },
    release: () => rmSync(file, { force: true }),
  }
}

/** A link appears with its whole content or not at all, and only one of two racers makes it. */
function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** Who holds a folder, if anybody does. */
export function holderOf(folder: string): LockHolder | undefined {
  const found = readHolder(join(folder, 'lock.json'))
  return found && isAlive(found) ? found : undefined
}

function readHolder(file: string): LockHolder | undefined {
  try {
    return holder.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  }
}

/** Between our look and our move another may have taken the lock: then it gets it back. */
function moveAway(file: string, judged: LockHolder | undefined): void {
  const aside = `${file}.stale-${process.pid}`
  try {
    renameSync(file, aside)
    const moved = readHolder(aside)
    if (moved && (moved.pid !== judged?.pid || moved.startedAt !== judged.startedAt)) linked(aside, file)
    rmSync(aside, { force: true })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

const isAlive = ({ pid, startedAt }: LockHolder): boolean => startOf(pid) === startedAt

/** When a process started, in the system's own words; undefined when there is none of that number. */
function startOf(pid: number): string | undefined {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? ''
    const [state, ...fields] = afterName.split(' ')
    return state === 'Z' ? undefined : fields[18]
  } catch {
    if (process.platform === 'linux') return undefined
  }
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    return undefined
  }
}
