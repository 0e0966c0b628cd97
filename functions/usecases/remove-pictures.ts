import type { Instant } from '#domain/catalog.ts'

export interface RubbishPorts {
  /** Bases of files that nothing showed any more when they were noted, and may be removed by `now`. */
  dueRubbish(now: Instant): AsyncIterable<string>
  /** A copy of an event shows the same files. */
  isUsed(base: string): Promise<boolean>
  listKeys(prefix: string): AsyncIterable<string>
  removeFile(key: string): Promise<unknown>
  forget(base: string, now: Instant): Promise<void>
  now(): Instant
}

/** Removes the files of pictures that were replaced or taken away. Until the deadline; answers how many files. */
export async function removeUnusedPictures(ports: RubbishPorts, deadlineMs: number): Promise<number> {
  let removed = 0
  const now = ports.now()
  for await (const base of ports.dueRubbish(now)) {
    if (Date.now() > deadlineMs) break
    if (!(await ports.isUsed(base))) {
      for await (const key of ports.listKeys(base.slice(1))) {
        await ports.removeFile(key)
        removed++
      }
    }
    await ports.forget(base, now)
  }
  return removed
}
