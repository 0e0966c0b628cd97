import { createHash } from 'node:crypto'
import { appendFileSync, globSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'

/** Which batches of one long run hold, so that the same command goes on where it was stopped. */
export function openLedger(folder: string, seed: number, batchRuns: number) {
  const file = `${folder}/${seed}-${batchRuns}-${fingerprint()}.log`
  mkdirSync(dirname(file), { recursive: true })
  const done = new Set(read(file).split('\n').filter(Boolean).map(Number))
  return {
    done,
    add(batch: number): void {
      done.add(batch)
      appendFileSync(file, `${batch}\n`)
    },
    close: () => rmSync(file, { force: true }),
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Of the code that is simulated and that simulates, in hexadecimal: what held before an edit says nothing after it. */
export function fingerprint(): string {
  const hash = createHash('sha256')
  for (const file of globSync(['src/domain/**/*.ts', 'functions/**/*.ts', 'tests/simulation/**/*.ts']).toSorted())
    hash.update(file).update(readFileSync(file))
  return hash.digest('hex').slice(0, 12)
}
