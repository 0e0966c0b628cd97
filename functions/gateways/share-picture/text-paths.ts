import type { FittedText } from '../ticket-pdf/fit-text.ts'
import type { GlyphRun } from '../ticket-pdf/shape.ts'

const number = (value: number): string => String(Math.round(value * 100) / 100)

export const lineHeight = 1.14

export interface TextPlace {
  readonly x: number
  readonly width: number
  /** Of the first line's em box. */
  readonly top: number
  /** `#rrggbb` */
  readonly colour: string
  /** Ends at the box's right edge, as text does beside a title that is read from there. */
  readonly isRight: boolean
}

export const heightOf = ({ size, lines }: FittedText): number => size * lineHeight * lines.length

/** Shaped lines as outlines: what draws them needs no fonts and shapes nothing. */
export function textPaths(text: FittedText, { x, width, top, colour, isRight }: TextPlace): string {
  const { size, lines } = text
  const drawn = lines.map((line, at) => {
    let pen = isRight ? x + width - line.width * size : x
    const baseline = top + size * (0.92 + at * lineHeight)
    return line.runs.map((run) => {
      const { outlines, advance } = outlinesOf(run)
      const scale = size / run.face.font.unitsPerEm
      const place = `translate(${number(pen)} ${number(baseline)}) scale(${scale} ${-scale})`
      pen += advance * scale
      return `<g transform="${place}">${outlines}</g>`
    })
  })
  return `<g fill="${colour}">${drawn.flat().join('')}</g>`
}

function outlinesOf({ glyphs, positions }: GlyphRun): { outlines: string; advance: number } {
  let advance = 0
  const outlines = glyphs.map((glyph, at) => {
    const { xAdvance = glyph.advanceWidth, xOffset = 0, yOffset = 0 } = positions[at] ?? {}
    const shift = `translate(${number(advance + xOffset)} ${number(yOffset)})`
    advance += xAdvance
    const outline = glyph.path.toSVG()
    return outline === '' ? '' : `<path transform="${shift}" d="${outline}"/>`
  })
  return { outlines: outlines.join(''), advance }
}
