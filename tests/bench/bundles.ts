import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { buildAll } from '#infra/build.ts'
import { root } from '#infra/local/stack/site-build.ts'
import type { BenchRow } from './row.ts'

const ROUNDS = 5
const MOST_MS = 150
const MOST_BYTES = 1_500_000

/** Design §9: each function's bundle is imported cold in 150 ms and has at most 1.5 MB. The floor is an empty module. */
export async function bundleRows(): Promise<BenchRow[]> {
  const bundles = await buildAll()
  const floorMs = median(() => importMs('data:text/javascript,'))
  return bundles.map(({ name, bytes }) => {
    const oursMs = median(() => importMs(join(root, 'dist/functions', name, 'index.mjs')))
    return {
      name: `cold import of ${name}`,
      ours: `${oursMs.toFixed(0)} ms, ${(bytes / 1e6).toFixed(2)} MB`,
      floor: `${floorMs.toFixed(1)} ms`,
      ratio: oursMs / floorMs,
      budget: '≤ 150 ms, ≤ 1.5 MB',
      isWithin: oursMs <= MOST_MS && bytes <= MOST_BYTES,
    }
  })
}

const script = (file: string) =>
  `const t=performance.now();await import(${JSON.stringify(file)});console.log(performance.now()-t);process.exit()`

const importMs = (file: string): number =>
  Number(execFileSync(process.execPath, ['--input-type=module', '-e', script(file)], { encoding: 'utf8' }))

function median(measure: () => number): number {
  const times = Array.from({ length: ROUNDS }, measure).sort((a, b) => a - b)
  return times[Math.floor(ROUNDS / 2)] ?? Number.NaN
}
