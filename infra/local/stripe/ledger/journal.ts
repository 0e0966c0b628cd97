import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

const PIECE_BYTES = 1 << 20
const NEWLINE = 10

/**
 * An append-only file of JSON lines. `append` returns after the operating system has the line, so a killed process
 * loses nothing that it answered; a line that the kill tore in two was never answered and is dropped.
 */
export type Journal = {
  /** @throws and leaves no part of the line behind when it cannot be written. */
  append(line: unknown): void
  /** Puts `lines` in the place of everything before, or leaves everything as it was. */
  rewrite(lines: Iterable<unknown>): void
  close(): void
}

/** The lines that were written whole, oldest first; `Line` is what this program appended. */
export function* readJournal<Line>(folder: string): Generator<Line> {
  const file = join(folder, 'journal.jsonl')
  if (!existsSync(file)) return
  let number = 0
  for (const line of wholeLines(file)) {
    number += 1
    yield parse(line, `${file} is damaged at line ${number}. Delete the file to start without its payments.`)
  }
}

function parse(line: string, damage: string) {
  try {
    return JSON.parse(line)
  } catch {
    throw new Error(damage)
  }
}

/** Reads piece by piece: the file of a busy month is longer than a string can be. */
function* wholeLines(file: string): Generator<string> {
  const handle = openSync(file, 'r')
  const piece = Buffer.alloc(PIECE_BYTES)
  let rest = Buffer.alloc(0)
  try {
    for (let read = readSync(handle, piece); read > 0; read = readSync(handle, piece)) {
      rest = Buffer.concat([rest, piece.subarray(0, read)])
      let start = 0
      for (let end = rest.indexOf(NEWLINE); end !== -1; end = rest.indexOf(NEWLINE, start)) {
        yield rest.toString('utf8', start, end)
        start = end + 1
      }
      rest = rest.subarray(start)
    }
  } finally {
    closeSync(handle)
  }
}

export function openJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'journal.jsonl')
  let handle = openSync(file, 'a')
  return {
    append(line) {
      const before = fstatSync(handle).size
      try {
        writeWhole(handle, `${JSON.stringify(line)}\n`)
      } catch (fault) {
        ftruncateSync(handle, before)
        throw fault
      }
    },
    rewrite(lines) {
      const draft = `${file}.draft`
      const draftHandle = openSync(draft, 'w')
      for (const line of lines) writeWhole(draftHandle, `${JSON.stringify(line)}\n`)
      fsyncSync(draftHandle)
      closeSync(draftHandle)
      renameSync(draft, file)
      closeSync(handle)
      handle = openSync(file, 'a')
    },
    close: () => closeSync(handle),
  }
}

function writeWhole(handle: number, text: string) {
  const bytes = Buffer.from(text)
  for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written)
}
