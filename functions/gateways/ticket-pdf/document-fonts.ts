import { deflateSync } from 'node:zlib'
import type { Glyph, Subset } from '@cantoo/fontkit'
import { type PDFContext, type PDFRef, PDFString } from 'pdf-lib'
import type { Face } from './fonts.ts'

const zeroWidthSpace = 0x200b

interface EmbeddedFace {
  readonly key: string
  readonly face: Face
  readonly subset: Subset
  /** By glyph code in the subset; code 0 is the glyph for nothing. */
  readonly glyphs: Glyph[]
}

/**
 * The fonts of one document, each cut down to the glyphs that it shows.
 *
 * pdf-lib's own embedding shapes text a second time, without direction, kerning or mark positions, so the fonts are written here.
 */
export class DocumentFonts {
  readonly #faces = new Map<Face, EmbeddedFace>()

  /** The name by which a page's content refers to the face. */
  keyOf(face: Face): string {
    return this.#embedded(face).key
  }

  /** Four hex digits that show the glyph in a string of this face. */
  codeOf(face: Face, glyph: Glyph): string {
    const { subset, glyphs } = this.#embedded(face)
    const code = subset.includeGlyph(glyph.id)
    glyphs[code] ??= glyph
    return hex(code)
  }

  /** Writes the fonts; call it when every page has been drawn. */
  embedInto(context: PDFContext): Record<string, PDFRef> {
    return Object.fromEntries([...this.#faces.values()].map((embedded) => [embedded.key, embedFace(context, embedded)]))
  }

  #embedded(face: Face): EmbeddedFace {
    const known = this.#faces.get(face)
    if (known) return known
    const embedded: EmbeddedFace = { key: `F${this.#faces.size}`, face, subset: face.font.createSubset(), glyphs: [] }
    this.#faces.set(face, embedded)
    return embedded
  }
}

/** A composite font with two-byte glyph codes (ISO 32000-1 §9.7) and a map back to text for search and screen readers. */
function embedFace(context: PDFContext, { key, face, subset, glyphs }: EmbeddedFace): PDFRef {
  const { font } = face
  const thousandths = (units: number) => Math.round((units * 1000) / font.unitsPerEm)
  const name = `MARQ${key.replace(/\d/, (digit) => String.fromCharCode(65 + Number(digit)))}A+${face.name}`
  const { minX, minY, maxX, maxY } = font.bbox
  const descriptor = context.register(
    context.obj({
      Type: 'FontDescriptor',
      FontName: name,
      Flags: 4,
      FontBBox: [minX, minY, maxX, maxY].map(thousandths),
      ItalicAngle: 0,
      Ascent: thousandths(font.ascent),
      Descent: thousandths(font.descent),
      CapHeight: thousandths(font.capHeight),
      StemV: 80,
      FontFile2: compressed(context, subset.encode()),
    }),
  )
  const widths = Array.from({ length: glyphs.length }, (_, code) => thousandths(glyphs[code]?.advanceWidth ?? 0))
  const descendant = context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'CIDFontType2',
      BaseFont: name,
      CIDSystemInfo: { Registry: PDFString.of('Adobe'), Ordering: PDFString.of('Identity'), Supplement: 0 },
      CIDToGIDMap: 'Identity',
      FontDescriptor: descriptor,
      W: [0, widths],
    }),
  )
  return context.register(
    context.obj({
      Type: 'Font',
      Subtype: 'Type0',
      BaseFont: name,
      Encoding: 'Identity-H',
      DescendantFonts: [descendant],
      ToUnicode: compressed(context, Buffer.from(toUnicode(glyphs))),
    }),
  )
}

export function compressed(context: PDFContext, bytes: Uint8Array): PDFRef {
  return context.register(
    context.stream(deflateSync(bytes, { level: 9 }), { Filter: 'FlateDecode', Length1: bytes.length }),
  )
}

function toUnicode(glyphs: readonly (Glyph | undefined)[]): string {
  // Arabic dots are glyphs without a letter of their own: an invisible character, or a viewer would copy their raw code.
  const textOf = (glyph: Glyph) => utf16(glyph.codePoints.length > 0 ? glyph.codePoints : [zeroWidthSpace])
  const pairs = glyphs.flatMap((glyph, code) => (glyph && code > 0 ? [`<${hex(code)}> <${textOf(glyph)}>`] : []))
  const blocks: string[] = []
  for (let at = 0; at < pairs.length; at += 100) {
    const block = pairs.slice(at, at + 100)
    blocks.push(`${block.length} beginbfchar`, ...block, 'endbfchar')
  }
  return [
    '/CIDInit /ProcSet findresource begin 12 dict begin begincmap',
    '/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def',
    '/CMapName /Adobe-Identity-UCS def /CMapType 2 def',
    '1 begincodespacerange <0000> <ffff> endcodespacerange',
    ...blocks,
    'endcmap CMapName currentdict /CMap defineresource pop end end',
  ].join('\n')
}

function utf16(codePoints: readonly number[]): string {
  return [...String.fromCodePoint(...codePoints)]
    .flatMap((character) => character.split('').map((unit) => hex(unit.charCodeAt(0))))
    .join('')
}

function hex(value: number): string {
  return value.toString(16).padStart(4, '0')
}
