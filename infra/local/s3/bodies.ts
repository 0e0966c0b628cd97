import { createHash } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  fsync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'

/** Where the bytes of an object lie: in the file of that number, from `start` on. */
export interface Place {
  readonly pack: number
  readonly start: number
  readonly size: number
}

export type Bodies = ReturnType<typeof openBodies>

/**
 * Objects' bodies one behind the other in a few large files, which costs a fifth of what SQLite takes for them. The rows of `stored` say
 * what lies where. When a file is full the next is begun, and those that are more than half empty are given back.
 */
export function openBodies(database: DatabaseSync, folder: string, packBytes = 64 << 20) {
  mkdirSync(folder, { recursive: true })
  const sql = {
    packs: database.prepare('SELECT pack, SUM(size) AS bytes FROM stored GROUP BY pack'),
    rows: database.prepare('SELECT bucket, key, etag, pack, start, size FROM stored'),
    rowsOf: database.prepare('SELECT bucket, key, pack, start, size FROM stored WHERE pack = ?'),
    move: database.prepare('UPDATE stored SET pack = ?, start = ? WHERE bucket = ? AND key = ?'),
    forget: database.prepare('DELETE FROM stored WHERE bucket = ? AND key = ?'),
  }
  const pathOf = (pack: number) => join(folder, String(pack))
  const names = readdirSync(folder).filter((name) => /^\d+$/.test(name))
  const files = new Map(names.map((name) => [Number(name), openSync(join(folder, name), 'r')]))
  const lengthOf = (pack: number): number => {
    const file = files.get(pack)
    return file === undefined ? 0 : fstatSync(file).size
  }
  const lost = forgetLost()
  let current = { pack: Math.max(0, ...files.keys()), file: -1, end: 0 }
  begin()

  /** What a power cut took before it was on the disk is not there: of what was written last it may have left as many zeros. */
  function forgetLost(): readonly string[] {
    const last = [...files.keys()].sort((a, b) => b - a).slice(0, 2)
    const gone = sql.rows.all().filter((row) => {
      const place = placeOf(row)
      if (place.start + place.size > lengthOf(place.pack)) return true
      return last.includes(place.pack) && etagOf(read(place)) !== row.etag
    })
    for (const { bucket = '', key = '' } of gone) sql.forget.run(bucket, key)
    return gone.map(({ bucket, key }) => `${bucket}/${key}`)
  }

  function begin(): void {
    if (current.file >= 0) keep(current.file)
    const before = [...files.keys()]
    const pack = Math.max(current.pack, ...before) + 1
    current = { pack, file: openSync(pathOf(pack), 'wx+'), end: 0 }
    files.set(pack, current.file)
    const used = new Map(sql.packs.all().map((row) => [Number(row.pack), Number(row.bytes)]))
    giveBack(before.filter((one) => (used.get(one) ?? 0) * 2 <= Math.max(lengthOf(one), packBytes)))
  }

  /** Nobody waits for the disk but who is about to give up what he has copied. */
  function keep(file: number): void {
    if (database.isTransaction) fsyncSync(file)
    else fsync(file, () => {})
  }

  /** What is still used of them is moved, and on the disk before they go. */
  function giveBack(packs: readonly number[]): void {
    if (packs.length === 0 || database.isTransaction) return
    try {
      inOneStep(database, () => {
        for (const row of packs.flatMap((pack) => sql.rowsOf.all(pack))) {
          const { pack, start } = append(read(placeOf(row)))
          sql.move.run(pack, start, row.bucket ?? '', row.key ?? '')
        }
        fsyncSync(current.file)
      })
      database.exec('PRAGMA wal_checkpoint(FULL)')
    } catch (error) {
      // They stay as they are, and the next time there may be room for the copy.
      console.error('S3 could not give room back:', error)
      return
    }
    for (const pack of packs) {
      closeSync(files.get(pack) ?? -1)
      files.delete(pack)
      unlinkSync(pathOf(pack))
    }
  }

  function append(body: Uint8Array): Place {
    const { pack, file, end: start } = current
    for (let done = 0; done < body.length; ) done += writeSync(file, body, done, body.length - done, start + done)
    current.end += body.length
    return { pack, start, size: body.length }
  }

  function read({ pack, start, size }: Place): Buffer {
    const body = Buffer.allocUnsafe(size)
    const file = files.get(pack) ?? -1
    for (let done = 0; done < size; ) {
      const count = readSync(file, body, done, size - done, start + done)
      if (count === 0) throw new Error(`the file ${pathOf(pack)} ends before byte ${start + size}`)
      done += count
    }
    return body
  }

  return {
    /** Objects, as `bucket/key`, that were not whole any more when this was opened. */
    lost,
    read,
    write: (body: Uint8Array): Place => {
      if (current.end >= packBytes) begin()
      return append(body)
    },
    /** Returns when all that was written is on the disk. */
    sync: () => fsyncSync(current.file),
    close: () => {
      for (const file of files.values()) closeSync(file)
    },
  }
}

export const etagOf = (body: Uint8Array): string => `"${createHash('md5').update(body).digest('hex')}"`

/** All that `work` writes is there, or nothing. */
export function inOneStep(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN')
  try {
    work()
    database.exec('COMMIT')
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

const placeOf = ({ pack, start, size }: Record<string, SQLOutputValue>): Place => ({
  pack: Number(pack),
  start: Number(start),
  size: Number(size),
})
