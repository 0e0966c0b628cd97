import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { fingerprintOf } from '#tests/support/fingerprint.ts'

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

/** Of the code that is simulated and that simulates: what held before an edit says nothing after it. */
export const fingerprint = (): string =>
  fingerprintOf(['src/domain/**/*.ts', 'functions/**/*.ts', 'tests/simulation/**/*.ts'])
