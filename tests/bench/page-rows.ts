import type { LocalInfo } from '#infra/local/local-pages/info.ts'
import { categories, measurePages } from '#tests/support/lighthouse.ts'
import { removeFolder, startStackProcess, temporaryFolder } from '#tests/support/stack.ts'
import type { BenchRow } from './row.ts'

const runs = 5
const kilobytes = (bytes: number): string => (bytes / 1024).toFixed(1)

/** Lighthouse's four marks on a phone, the median of five runs, and what such a phone loads, of the pages that an attendee meets first. */
export async function pageRows(): Promise<BenchRow[]> {
  const folder = await temporaryFolder()
  const stack = await startStackProcess({ folder })
  try {
    const info: LocalInfo = await (await fetch(`${stack.url}/_local/info.json`)).json()
    const pathOf = (state: string) => info.demo.events.find((event) => event.state === state)?.path ?? ''
    const measures = await measurePages(stack.url, ['/', '/city/sevilla/', pathOf('on_sale'), pathOf('past')], runs)
    return [...measures].map(([path, { scores, scriptBytes, allBytes, layoutShift }]) => {
      const marks = categories.map((name) => scores[name])
      const isLight = scriptBytes <= 25 * 1024 && allBytes <= 80 * 1024
      return {
        name: `Lighthouse of ${path}, median of ${runs}`,
        ours: `${marks.join('/')}, JS ${kilobytes(scriptBytes)} KB, all ${kilobytes(allBytes)} KB, shift ${layoutShift}`,
        floor: '',
        budget: '100/100/100/100, JS ≤ 25 KB, all ≤ 80 KB, shift 0',
        isWithin: marks.every((mark) => mark === 100) && isLight && layoutShift === 0,
      }
    })
  } finally {
    await stack.end()
    await removeFolder(folder)
  }
}
