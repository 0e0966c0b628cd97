import { parseArgs } from 'node:util'
import { bundleRows } from './bundles.ts'
import { capacityRows } from './capacity.ts'
import { holdRows } from './holds.ts'
import { pageRows } from './page-rows.ts'
import { publishRows } from './publish/publish-rows.ts'
import type { BenchRow } from './row.ts'
import { stackRows } from './stack-rows.ts'
import { sweepRows } from './sweep-rows.ts'
import { ticketPdfRows } from './ticket-pdf-rows.ts'

const suites: Readonly<Record<string, () => Promise<BenchRow[]>>> = {
  tickets: ticketPdfRows,
  holds: holdRows,
  stack: stackRows,
  sweep: () => sweepRows(Number(values.holds)),
  capacity: capacityRows,
  bundles: bundleRows,
  pages: pageRows,
  publish: () => publishRows(Number(values.events), !values['no-build']),
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    holds: { type: 'string', default: '3000' },
    events: { type: 'string', default: '5000' },
    /** Without the static build, which takes most of the time. */
    'no-build': { type: 'boolean', default: false },
  },
})

const columns = ['name', 'ours', 'floor', 'ratio', 'budget', ''] as const
const cells = ({ name, ours, floor, ratio, budget, isWithin }: BenchRow): string[] => [
  ...[name, ours, floor, ratio?.toFixed(2) ?? '', budget],
  isWithin ? 'within' : 'OVER',
]

const rows: string[][] = []
for (const [name, suite] of Object.entries(suites))
  if (positionals.length === 0 || positionals.includes(name)) rows.push(...(await suite()).map(cells))

const widths = columns.map((column, at) => Math.max(column.length, ...rows.map((row) => row[at]?.length ?? 0)))
const line = (row: readonly string[]): string =>
  row
    .map((cell, at) => cell.padEnd(widths[at] ?? 0))
    .join(' | ')
    .trimEnd()
console.info(line(columns))
console.info(widths.map((width) => '-'.repeat(width)).join('-|-'))
for (const row of rows) console.info(line(row))
process.exit(0)
