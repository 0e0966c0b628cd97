import { expect, test, vi } from 'vitest'
import { openLedger, put } from './ledger.ts'

const disk = vi.hoisted((): { isFull: boolean; lines: unknown[] } => ({ isFull: false, lines: [] }))

vi.mock('./journal.ts', () => ({
  readJournal: () => [],
  openJournal: () => ({
    append(line: unknown) {
      if (disk.isFull) throw new Error('ENOSPC: no space left on device')
      disk.lines.push(line)
    },
    rewrite() {},
    close() {},
  }),
}))

const reading = (agedSeconds: number) => put('clock', { id: 'clock', agedSeconds })

test('what the disk does not take has not happened, and the next change is not harmed', () => {
  const ledger = openLedger('folder')
  ledger.commit(reading(1))
  disk.isFull = true
  expect(() => ledger.commit(reading(2))).toThrow('ENOSPC')
  expect(ledger.clock.get('clock')?.agedSeconds).toBe(1)
  disk.isFull = false
  ledger.commit(reading(3))
  expect(disk.lines).toEqual([[reading(1)], [reading(3)]])
})

test('a batch is one line, and a batch that throws leaves all as it was and tells nobody', () => {
  disk.lines.length = 0
  const ledger = openLedger('folder')
  const told = vi.fn()
  ledger.onCommit(told)
  ledger.batch(() => {
    ledger.commit(reading(1))
    ledger.batch(() => ledger.commit(reading(2)))
  })
  expect(disk.lines).toEqual([[reading(1), reading(2)]])
  const failing = () =>
    ledger.batch(() => {
      ledger.commit(reading(3))
      throw new Error('refused')
    })
  expect(failing).toThrow('refused')
  expect(ledger.clock.get('clock')?.agedSeconds).toBe(2)
  expect(told).toHaveBeenCalledTimes(1)
})
