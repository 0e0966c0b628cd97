import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import * as english from './en/index.ts'

/** Pages that are nothing but their texts show a slice from its first one to its last. */
const shownWhole = ['info.terms', 'info.privacy', 'info.about', 'info.accessibility']

const root = join(import.meta.dirname, '../..')
const isSource = (path: string) => /\.(ts|astro)$/.test(path) && !/\.test\.ts$|^i18n\/[a-z]{2}\//.test(path)
const sourcesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(isSource)
    .map((path) => readFileSync(join(root, folder, path), 'utf8'))

/** Every word that what ships says after a dot or in quotes, or names in braces: that is how a text is read. */
const read = new Set(
  ['src', 'functions']
    .flatMap(sourcesIn)
    .flatMap((source) => [...source.matchAll(/\.([a-z_]\w*)|'([\w-]+)'|\b([a-z]\w*)(?= ?[,:}])/gi)])
    .map(([, dotted, quoted, named]) => dotted ?? quoted ?? named),
)

function unreadIn(texts: object, path = ''): readonly string[] {
  return Object.entries(texts).flatMap(([key, value]: [string, unknown]) => {
    const name = path === '' ? key : `${path}.${key}`
    if (shownWhole.includes(name)) return []
    const unread = path !== '' && !read.has(key) ? [name] : []
    return typeof value === 'object' && value !== null && !('other' in value)
      ? [...unread, ...unreadIn(value, name)]
      : unread
  })
}

test('every text of the catalogues is read somewhere', () => {
  expect(unreadIn(english)).toEqual([])
})

test('a text that nothing reads is found', () => {
  expect(unreadIn({ lists: { free: '', kindOfNobody: '' } })).toEqual(['lists.kindOfNobody'])
})
