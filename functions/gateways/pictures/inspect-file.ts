import type { PictureRefusal } from '#domain/pictures.ts'

/** By their first bytes; whatever the sender called them. */
const signatures: readonly ((head: string) => boolean)[] = [
  (head) => head.startsWith('\xff\xd8\xff'),
  (head) => head.startsWith('\x89PNG\r\n\x1a\n'),
  (head) => head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP',
  (head) => head.slice(4, 8) === 'ftyp' && /avi[fs]/.test(head.slice(8)),
]

/**
 * What another program could take the file for. Phones do append more pictures and films to a JPEG, so bytes behind its end are no
 * reason by themselves. Long enough not to appear in 20 MB of compressed data by chance.
 */
const alsoHtml = /<(?:!doctype\s|html[\s>]|script[\s>/]|iframe[\s>]|\?php\s)/i
const alsoPdf = /%PDF-\d/

/** The end of a ZIP archive's directory with its comment reaches exactly to the end of the file (APPNOTE 4.3.16). */
function endsAsZip(bytes: Buffer): boolean {
  const start = Math.max(0, bytes.length - 65_557)
  for (let at = bytes.lastIndexOf('PK\x05\x06', undefined, 'latin1'); at >= start; ) {
    if (at + 22 <= bytes.length && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return true
    at = at === 0 ? -1 : bytes.lastIndexOf('PK\x05\x06', at - 1, 'latin1')
  }
  return false
}

/** Judges a file without decoding it, so that no decoder but those of the four formats ever sees it. */
export function inspectFile(file: Uint8Array): PictureRefusal | null {
  if (file.length === 0) return 'empty'
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const head = bytes.toString('latin1', 0, 32)
  if (!signatures.some((fits) => fits(head))) return 'wrong_type'
  const text = bytes.toString('latin1')
  const isMore = alsoHtml.test(text) || alsoPdf.test(text.slice(0, 1024)) || endsAsZip(bytes)
  return isMore ? 'not_only_a_picture' : null
}
