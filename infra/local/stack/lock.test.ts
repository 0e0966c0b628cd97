import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { explain } from './cures.ts'
import { takeLock } from './lock.ts'
import { readOptions } from './options.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'marquee-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const lock = () => {
  const taken = takeLock(folder)
  if ('heldBy' in taken) throw new Error('it is held')
  return taken
}

test('a folder is taken by one at a time, and the second learns where the first one serves', () => {
  const first = lock()
  first.serveAt('http://localhost:4321/')
  const second = takeLock(folder)
  expect('heldBy' in second && second.heldBy).toMatchObject({ pid: process.pid, url: 'http://localhost:4321/' })
  first.release()
  expect(lock().tookOver).toBe(false)
})

test('the lock of a process that is gone is taken over, and nothing else is left behind', async () => {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: child.pid, startedAt: '1' }))
  expect(lock().tookOver).toBe(true)
  expect(readdirSync(folder)).toEqual(['lock.json'])
})

test('a living process that only has the same number as the dead holder does not count', () => {
  writeFileSync(join(folder, 'lock.json'), JSON.stringify({ pid: process.pid, startedAt: 'long ago' }))
  expect(lock().tookOver).toBe(true)
})

test('a lock that a full disk cut short is taken over', () => {
  writeFileSync(join(folder, 'lock.json'), '{"pid":')
  expect(lock().tookOver).toBe(true)
})

test.each([
  [Object.assign(new Error('write'), { code: 'ENOSPC' }), 'The disk of /state is full'],
  [
    new Error('did not start', { cause: new Error('java.io.IOException: No space left on device') }),
    'The disk of /state is full',
  ],
  [Object.assign(new Error('open'), { code: 'EACCES' }), '/state cannot be written to'],
  [Object.assign(new Error('mkdir'), { code: 'ENOTDIR' }), '/state is not a folder'],
  [new z.ZodRealError([]), 'What /state remembers is of another version: start once with --fresh'],
  [new Error('One line\n    at a stack'), 'One line'],
])('%s is explained in one line', (error, line) => {
  const explained = explain(error, '/state')
  expect(explained.startsWith(line)).toBe(true)
  expect(explained).not.toContain('\n')
})

test('options come from the command line, then from the environment', () => {
  expect(readOptions(['--port', '5000', '--state', '/a', '--fresh'], { MARQUEE_STATE: '/b' })).toEqual({
    port: 5000,
    folder: '/a',
    fresh: true,
  })
  expect(readOptions([], { MARQUEE_STATE: '/b' })).toEqual({ port: 4321, folder: '/b', fresh: false })
  for (const port of ['http', '', '70000', '-1', '1.5']) {
    expect(() => readOptions([`--port=${port}`], {})).toThrow('is not a port')
  }
  expect(() => readOptions(['--prot', '1'], {})).toThrow('Usage: npm start')
})
