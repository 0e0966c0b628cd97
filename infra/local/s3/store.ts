import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { Announcements, type CreatedObject, type Subscription } from './announcements.ts'
import { type Bodies, etagOf, inOneStep, openBodies } from './bodies.ts'
import { noSuchKey, preconditionFailed, S3Error } from './errors.ts'

export type ObjectSummary = { key: string; etag: string; size: number; modifiedAt: Date }
/** `headers` are what a GET answers beside the body: content type, cache control, user metadata, checksums. */
export type ObjectHead = ObjectSummary & { headers: Record<string, string> }
export type Condition = { ifMatch?: string | undefined; ifNoneMatch?: string | undefined }
export type Page = { objects: ObjectSummary[]; commonPrefixes: string[]; continueAfter?: string }
export type PageRequest = { prefix: string; delimiter: string; after: string; limit: number }

/** In the folder of the objects: those that a power cut took, `bucket/key`, a line for each. */
export const lostObjects = 'lost.txt'

/** Sorts after every key that starts with the text before it. */
const LAST = '\u{10FFFF}'

/**
 * Buckets and objects in one SQLite file, which gives what a folder of files cannot: a write is there whole or not at all, also
 * after SIGKILL; a condition and its write are one step; a key is never a path; a listing is in order without a walk. The bodies lie beside
 * it, each in its place before the row that names it.
 */
export class ObjectStore {
  readonly #database: DatabaseSync
  readonly #sql
  readonly #announcements: Announcements | undefined
  readonly #bodies: Bodies
  /** Of the buckets, which nobody else makes and nobody removes. */
  readonly #names: Set<string>

  constructor(folder: string, subscription?: Subscription, packBytes?: number) {
    mkdirSync(folder, { recursive: true })
    const database = new DatabaseSync(join(folder, 'objects.sqlite'))
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      CREATE TABLE IF NOT EXISTS buckets (name TEXT PRIMARY KEY, createdAt INTEGER NOT NULL) STRICT;
      CREATE TABLE IF NOT EXISTS stored (
        bucket TEXT NOT NULL, key TEXT NOT NULL, etag TEXT NOT NULL, size INTEGER NOT NULL, modifiedAt INTEGER NOT NULL,
        headers TEXT NOT NULL, pack INTEGER NOT NULL, start INTEGER NOT NULL, PRIMARY KEY (bucket, key)
      ) STRICT, WITHOUT ROWID`)
    this.#database = database
    this.#bodies = openBodies(database, join(folder, 'bodies'), packBytes)
    for (const object of this.#bodies.lost) appendFileSync(join(folder, lostObjects), `${object}\n`)
    this.#announcements = subscription && new Announcements(database, subscription)
    this.#announcements?.nudge()
    this.#sql = {
      buckets: database.prepare('SELECT name, createdAt FROM buckets ORDER BY name'),
      addBucket: database.prepare('INSERT INTO buckets VALUES (?, ?) ON CONFLICT DO NOTHING'),
      head: database.prepare('SELECT key, etag, size, modifiedAt, headers FROM stored WHERE bucket = ? AND key = ?'),
      place: database.prepare('SELECT pack, start, size FROM stored WHERE bucket = ? AND key = ?'),
      put: database.prepare('INSERT OR REPLACE INTO stored VALUES (?, ?, ?, ?, ?, ?, ?, ?)'),
      remove: database.prepare('DELETE FROM stored WHERE bucket = ? AND key = ?'),
      next: database.prepare(`SELECT key, etag, size, modifiedAt FROM stored
        WHERE bucket = ? AND key >= ? AND key > ? ORDER BY key LIMIT ?`),
    }
    this.#takeOver()
    this.#names = new Set(this.buckets().map(({ name }) => name))
  }

  createBucket(name: string): void {
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
      throw new S3Error(400, 'InvalidBucketName', 'The specified bucket is not valid.')
    }
    this.#sql.addBucket.run(name, Date.now())
    this.#names.add(name)
  }

  requireBucket(name: string): void {
    if (!this.#names.has(name)) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist')
  }

  buckets(): { name: string; createdAt: Date }[] {
    return this.#sql.buckets.all().map((row) => ({ name: text(row.name), createdAt: new Date(number(row.createdAt)) }))
  }

  head(bucket: string, key: string): ObjectHead | undefined {
    const row = this.#sql.head.get(bucket, key)
    return row && { ...summary(row), headers: JSON.parse(text(row.headers)) }
  }

  body(bucket: string, key: string): Uint8Array {
    const row = this.#sql.place.get(bucket, key)
    if (!row) throw noSuchKey()
    return this.#bodies.read({ pack: number(row.pack), start: number(row.start), size: number(row.size) })
  }

  /** Writes if the condition holds; nothing can come between, since both are one synchronous step of the only writer. */
  put(
    bucket: string,
    key: string,
    body: Uint8Array,
    headers: Record<string, string>,
    condition: Condition = {},
    how: CreatedObject['how'] = 'Put',
  ): ObjectHead {
    if (Buffer.byteLength(key) > 1024) throw new S3Error(400, 'KeyTooLongError', 'Your key is too long')
    this.#check(bucket, key, condition)
    const etag = etagOf(body)
    const modifiedAt = new Date()
    const { pack, start, size } = this.#bodies.write(body)
    const write = () =>
      this.#sql.put.run(bucket, key, etag, size, modifiedAt.getTime(), JSON.stringify(headers), pack, start)
    if (this.#announcements?.covers(bucket, key)) {
      const created = { bucket, key, size, etag, how, at: modifiedAt.getTime() }
      inOneStep(this.#database, () => {
        write()
        this.#announcements?.add(created)
      })
      this.#announcements.nudge()
    } else write()
    return { key, etag, size: body.length, modifiedAt, headers }
  }

  remove(bucket: string, key: string, condition: Condition = {}): void {
    this.#check(bucket, key, condition)
    this.#sql.remove.run(bucket, key)
  }

  /** One page in the order of the keys' UTF-8 bytes; what a delimiter folds together counts as one. */
  list(bucket: string, { prefix, delimiter, after, limit }: PageRequest): Page {
    const page: Page = { objects: [], commonPrefixes: [] }
    let cursor = after
    let last = after
    for (;;) {
      const room = limit - page.objects.length - page.commonPrefixes.length
      const rows = this.#sql.next.all(bucket, prefix, cursor, delimiter ? 1 : room + 1).map(summary)
      const inside = rows.filter(({ key }) => key.startsWith(prefix))
      for (const object of inside) {
        if (page.objects.length + page.commonPrefixes.length === limit) return { ...page, continueAfter: last }
        const end = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1
        if (end < 0) {
          page.objects.push(object)
          cursor = last = object.key
        } else {
          const folded = object.key.slice(0, end + delimiter.length)
          page.commonPrefixes.push(folded)
          cursor = last = folded + LAST
        }
      }
      if (!delimiter || inside.length === 0) return page
    }
  }

  async close(): Promise<void> {
    await this.#announcements?.close()
    this.#bodies.close()
    this.#database.close()
  }

  /** Up to November 2026 bodies were kept in the rows. */
  #takeOver(): void {
    const database = this.#database
    if (!database.prepare("SELECT name FROM sqlite_schema WHERE name = 'objects'").get()) return
    const bodyOf = database.prepare('SELECT body FROM objects WHERE bucket = ? AND key = ?')
    inOneStep(database, () => {
      for (const row of database.prepare('SELECT bucket, key, etag, size, modifiedAt, headers FROM objects').all()) {
        const { bucket = '', key = '', etag = '', size = 0, modifiedAt = 0, headers = '' } = row
        const body = bodyOf.get(bucket, key)?.body
        const { pack, start } = this.#bodies.write(body instanceof Uint8Array ? body : new Uint8Array())
        this.#sql.put.run(bucket, key, etag, size, modifiedAt, headers, pack, start)
      }
      this.#bodies.sync()
      database.exec('DROP TABLE objects')
    })
    database.exec('VACUUM')
  }

  #check(bucket: string, key: string, { ifMatch, ifNoneMatch }: Condition): void {
    if (ifMatch === undefined && ifNoneMatch === undefined) return
    if (ifNoneMatch !== undefined && ifNoneMatch !== '*') {
      throw new S3Error(501, 'NotImplemented', 'If-None-Match of a write must be *')
    }
    const current = this.head(bucket, key)
    if (ifNoneMatch === '*' && current) throw preconditionFailed()
    if (ifMatch === undefined) return
    if (!current) throw noSuchKey()
    if (!etagMatches(ifMatch, current.etag)) throw preconditionFailed()
  }
}

/** Whether a list of ETags, quoted or not, or `*`, names this one. */
export function etagMatches(list: string, etag: string): boolean {
  return list
    .split(',')
    .some((one) => one.trim() === '*' || one.trim().replaceAll('"', '') === etag.replaceAll('"', ''))
}

type Row = Record<string, SQLOutputValue>

const summary = (row: Row): ObjectSummary => ({
  key: text(row.key),
  etag: text(row.etag),
  size: number(row.size),
  modifiedAt: new Date(number(row.modifiedAt)),
})
const text = (value: SQLOutputValue | undefined) => String(value)
const number = (value: SQLOutputValue | undefined) => Number(value)
