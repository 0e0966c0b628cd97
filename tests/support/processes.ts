import { execFileSync } from 'node:child_process'
import { setTimeout as wait } from 'node:timers/promises'

/** A process and all that it has started, however deep; itself first. */
export function familyOf(pid: number): number[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
  const family = new Set([pid])
  for (let size = 0; size !== family.size; ) {
    size = family.size
    for (const [child = 0, parent = 0] of rows) if (family.has(parent)) family.add(child)
  }
  return [...family]
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** SIGKILL for all; one that ended by itself meanwhile, as children do when their parent is gone, is no error. */
export function kill(pids: readonly number[]): void {
  for (const pid of pids.filter(isAlive)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      if (isAlive(pid)) throw error
    }
  }
}

/** Those that are still there after five seconds. */
export async function untilGone(pids: readonly number[]): Promise<number[]> {
  for (let attempt = 0; attempt < 100 && pids.some(isAlive); attempt++) await wait(50)
  return pids.filter(isAlive)
}
