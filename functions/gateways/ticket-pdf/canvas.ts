import { create } from 'qrcode'
import type { Colour } from '../accent.ts'
import type { DocumentFonts } from './document-fonts.ts'
import type { FittedText } from './fit-text.ts'
import type { GlyphRun, ShapedLine } from './shape.ts'

/** Lines follow at this multiple of the size: room for the marks of every script we draw. */
export const lineHeight = 1.3

/** One page's content stream. Points, y upwards from the bottom left corner, as PDF has it. */
export class Canvas {
  readonly #operators: string[] = []
  readonly #fonts: DocumentFonts

  constructor(fonts: DocumentFonts) {
    this.#fonts = fonts
  }

  get content(): string {
    return this.#operators.join('\n')
  }

  fillRectangle(x: number, y: number, width: number, height: number, colour: Colour): void {
    this.#operators.push(`${rgb(colour)} rg ${[x, y, width, height].map(number).join(' ')} re f`)
  }

  strokeDashes(x: number, y: number, width: number, colour: Colour): void {
    const from = `${number(x)} ${number(y)} m ${number(x + width)} ${number(y)} l`
    this.#operators.push(`q ${rgb(colour)} RG 1 w 1 J [0 4] 0 d ${from} S Q`)
  }

  /** The first line's top is at `top`; answers where the text ends. Right-to-left lines end at the box's right edge. */
  drawText(
    text: FittedText,
    box: { x: number; top: number; width: number; colour: Colour; align?: 'start' | 'left' | 'right' },
  ): number {
    const { size, lines } = text
    lines.forEach((line, at) => {
      const isRight = box.align === 'right' || (box.align !== 'left' && line.isRightToLeft)
      const x = isRight ? box.x + box.width - line.width * size : box.x
      this.#drawLine(line, x, box.top - size * (1 + at * lineHeight), size, box.colour)
    })
    return box.top - size * lineHeight * lines.length
  }

  /** A QR code whose modules fill `side` exactly. The caller leaves 4 modules of light space around it. */
  drawQr(code: string, x: number, y: number, side: number): void {
    // Signed bytes look random, so no mask is much better than another, and choosing one costs more than all the rest.
    const { modules } = create([{ data: code, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M', maskPattern: 3 })
    const scale = number(side / modules.size)
    const rectangles: string[] = []
    for (let row = 0; row < modules.size; row++) {
      for (let column = 0; column < modules.size; column++) {
        const start = column
        while (column < modules.size && modules.get(row, column)) column++
        if (column > start) rectangles.push(`${start} ${modules.size - 1 - row} ${column - start} 1 re`)
      }
    }
    this.#operators.push(`q 0 0 0 rg ${scale} 0 0 ${scale} ${number(x)} ${number(y)} cm`, ...rectangles, 'f Q')
  }

  #drawLine(line: ShapedLine, x: number, baseline: number, size: number, colour: Colour): void {
    let at = x
    for (const run of line.runs) {
      const font = `/${this.#fonts.keyOf(run.face)} ${number(size)} Tf`
      const { operators, width } = this.#showGlyphs(run, size)
      this.#operators.push(`BT ${rgb(colour)} rg ${font} ${number(at)} ${number(baseline)} Td ${operators} ET`)
      at += width * size
    }
  }

  /** Glyph codes with the shifts between them in thousandths of the size; marks above and below through the text rise. */
  #showGlyphs({ face, glyphs, positions }: GlyphRun, size: number): { operators: string; width: number } {
    const thousandths = 1000 / face.font.unitsPerEm
    const operators: string[] = []
    let shown = ''
    let shift = 0
    let rise = 0
    let width = 0
    const flush = () => {
      if (shown !== '') operators.push(`[${shown}] TJ`)
      shown = ''
    }
    glyphs.forEach((glyph, at) => {
      const { xAdvance = glyph.advanceWidth, xOffset = 0, yOffset = 0 } = positions[at] ?? {}
      if (yOffset !== rise) {
        flush()
        rise = yOffset
        operators.push(`${number((rise * size) / face.font.unitsPerEm)} Ts`)
      }
      shift += xOffset
      if (Math.abs(shift) > 0.01) shown += number(-shift * thousandths)
      shown += `<${this.#fonts.codeOf(face, glyph)}>`
      shift = xAdvance - xOffset - glyph.advanceWidth
      width += xAdvance
    })
    flush()
    if (rise !== 0) operators.push('0 Ts')
    return { operators: operators.join(' ').replaceAll('><', ''), width: width / face.font.unitsPerEm }
  }
}

function rgb(colour: Colour): string {
  return colour.map(number).join(' ')
}

function number(value: number): string {
  return String(Math.round(value * 1000) / 1000)
}
