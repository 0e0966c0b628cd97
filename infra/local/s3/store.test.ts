import fs, {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { etagOf } from './bodies.ts'
import { lostObjects, ObjectStore } from './store.ts'

const packBytes = 1000
let folder: string
let store: ObjectStore

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 's3-store-'))
  store = open()
  store.createBucket('pages')
})

afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const open = () => new ObjectStore(folder, undefined, packBytes)
const put = (key: string, text: string) => store.put('pages', key, Buffer.from(text), {})
const read = (key: string) => Buffer.from(store.body('pages', key)).toString()
const packs = () => readdirSync(join(folder, 'bodies')).map((name) => join(folder, 'bodies', name))
const bytes = () => packs().reduce((sum, path) => sum + statSync(path).size, 0)

async function reopen(meanwhile = () => {}) {
  await store.close()
  meanwhile()
  store = open()
}

test('what is replaced or removed gives its room back, and what stays is still there', () => {
  put('stays', 'here')
  put('goes', 'there')
  store.remove('pages', 'goes')
  for (let version = 0; version < 200; version++) put('changes', `${version} `.padEnd(100, '.'))

  expect(bytes()).toBeLessThan(3 * packBytes)
  expect(read('stays')).toBe('here')
  expect(read('changes')).toMatch(/^199 /)
  expect(() => read('goes')).toThrow('does not exist')
})

test('whoever opens it next finds everything, an empty body too', async () => {
  put('large', 'x'.repeat(5 * packBytes))
  put('empty', '')
  for (let at = 0; at < 50; at++) put(`page/${at}`, `${at} `.padEnd(100, '.'))
  await reopen()

  expect(read('large')).toHaveLength(5 * packBytes)
  expect(read('empty')).toBe('')
  for (let at = 0; at < 50; at++) expect(read(`page/${at}`)).toMatch(`${at} `)
})

test('an object whose bytes never reached the disk is missing, not broken', async () => {
  put('whole', 'whole')
  put('cut', 'cut off')
  await reopen(() => {
    const [pack = ''] = packs().filter((path) => statSync(path).size > 0)
    truncateSync(pack, statSync(pack).size - 1)
  })

  expect(read('whole')).toBe('whole')
  expect(store.head('pages', 'cut')).toBeUndefined()
  expect(readFileSync(join(folder, lostObjects), 'utf8')).toBe('pages/cut\n')
})

test('nor is one broken whose bytes a power cut left as zeros', async () => {
  put('whole', 'whole')
  put('zeros', 'written last')
  await reopen(() => {
    const [pack = ''] = packs().filter((path) => statSync(path).size > 0)
    const written = readFileSync(pack)
    writeFileSync(pack, written.fill(0, written.indexOf('written last')))
  })

  expect(read('whole')).toBe('whole')
  expect(store.head('pages', 'zeros')).toBeUndefined()
})

test('starting again and again leaves no more files than the bodies need', async () => {
  for (let start = 0; start < 10; start++) {
    put(`page/${start}`, `${start} `.padEnd(100, '.'))
    await reopen()
  }
  expect(packs().length).toBeLessThanOrEqual(3)
  for (let at = 0; at < 10; at++) expect(read(`page/${at}`)).toMatch(`${at} `)
})

test('where there is no room to move what is left of a file, it stays, and puts go on', () => {
  const failing = vi.spyOn(console, 'error').mockImplementation(() => {})
  const sync = vi.spyOn(fs, 'fsyncSync').mockImplementation(() => {
    throw new Error('no space left on device')
  })
  syncBuiltinESMExports()
  put('stays', 'here')
  for (let version = 0; version < 50; version++) put('changes', `${version} `.padEnd(100, '.'))
  expect(failing).toHaveBeenCalled()
  sync.mockRestore()
  syncBuiltinESMExports()

  expect([read('stays'), read('changes').trim()]).toEqual(['here', '49 '.padEnd(100, '.')])
  for (let version = 50; version < 70; version++) put('changes', `${version} `.padEnd(100, '.'))
  expect(bytes()).toBeLessThan(3 * packBytes)
  expect(read('stays')).toBe('here')
})

test('objects of a store that kept bodies in its rows are taken over, more than fit into one file', async () => {
  const old = join(folder, 'old')
  mkdirSync(old)
  const database = new DatabaseSync(join(old, 'objects.sqlite'))
  database.exec(`CREATE TABLE buckets (name TEXT PRIMARY KEY, createdAt INTEGER NOT NULL) STRICT;
    CREATE TABLE objects (bucket TEXT NOT NULL, key TEXT NOT NULL, etag TEXT NOT NULL, size INTEGER NOT NULL, modifiedAt INTEGER NOT NULL,
      headers TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (bucket, key)) STRICT;
    INSERT INTO buckets VALUES ('pages', 0)`)
  const insert = database.prepare('INSERT INTO objects VALUES (?, ?, ?, ?, ?, ?, ?)')
  const bodyOf = (at: number) => Buffer.from(`${at} `.padEnd(300, '.'))
  for (let at = 0; at < 20; at++)
    insert.run('pages', `page/${at}`, etagOf(bodyOf(at)), 300, 1000 * at, '{"content-type":"text/html"}', bodyOf(at))
  database.close()
  for (let opened = 0; opened < 2; opened++) {
    const taken = new ObjectStore(old, undefined, packBytes)
    for (let at = 0; at < 20; at++) {
      const { etag, headers, modifiedAt } = taken.head('pages', `page/${at}`) ?? {}
      expect({ etag, headers, modifiedAt }).toEqual({
        etag: etagOf(bodyOf(at)),
        headers: { 'content-type': 'text/html' },
        modifiedAt: new Date(1000 * at),
      })
      expect(Buffer.from(taken.body('pages', `page/${at}`))).toEqual(bodyOf(at))
    }
    await taken.close()
  }
})
