import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'

/** Of the files that these patterns name, in hexadecimal: other bytes, another fingerprint; the same commit has one everywhere. */
export function fingerprintOf(patterns: readonly string[]): string {
  const hash = createHash('sha256')
  for (const file of globSync([...patterns]).toSorted()) hash.update(file).update(readFileSync(file))
  return hash.digest('hex').slice(0, 12)
}
