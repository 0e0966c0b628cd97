import type { Glyph, GlyphPosition } from '@cantoo/fontkit'
import bidiFactory from 'bidi-js'
import type { Face } from './fonts.ts'

/** Glyphs of one font in the order in which they are drawn, left to right. */
export interface GlyphRun {
  readonly face: Face
  readonly glyphs: readonly Glyph[]
  readonly positions: readonly GlyphPosition[]
}

export interface ShapedLine {
  readonly runs: readonly GlyphRun[]
  /** At size 1. */
  readonly width: number
  readonly isRightToLeft: boolean
}

interface LogicalRun {
  readonly face: Face
  readonly level: number
  text: string
}

const bidi = bidiFactory()

/** What stands for a character of a script that no face covers. */
const replacement = '\ufffd'

const emoji = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\ufe00-\ufe0f]|\u20e3/gu

/** One line of readable text: no control characters, no direction overrides, no emoji, single spaces. */
export function cleanText(text: string): string {
  return text
    .normalize('NFC')
    .replace(emoji, (symbol) => (/[©®™]/.test(symbol) ? symbol : ''))
    .replace(/\p{Cc}|\p{Zl}|\p{Zp}/gu, ' ')
    .replace(/(?<![\p{L}\p{M}])[\u200c\u200d]|(?![\u200c\u200d])[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Shapes clean text: joins Arabic letters, places marks, kerns, and puts runs into visual order (Unicode bidi algorithm). */
export function shapeLine(text: string, faces: readonly Face[]): ShapedLine {
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text)
  const runs = toVisualOrder(splitRuns(text, levels, faces)).map(shapeRun)
  const width = runs.reduce((sum, run) => sum + runWidth(run), 0)
  return { runs, width, isRightToLeft: ((paragraphs[0]?.level ?? 0) & 1) === 1 }
}

function splitRuns(text: string, levels: Uint8Array, faces: readonly Face[]): LogicalRun[] {
  const runs: LogicalRun[] = []
  let at = 0
  for (const character of text) {
    const level = levels[at] ?? 0
    at += character.length
    const mirrored = (level & 1) === 1 ? (bidi.getMirroredCharacter(character) ?? character) : character
    const last = runs.at(-1)
    const choice = chooseFace(mirrored, faces, last?.face)
    if (!choice) continue
    if (last && last.face === choice.face && last.level === level) last.text += choice.text
    else runs.push({ face: choice.face, level, text: choice.text })
  }
  return runs
}

/** The face of the text before it, if that has the character and it is a space, mark or joiner; else the first that has it. */
function chooseFace(
  character: string,
  faces: readonly Face[],
  previous: Face | undefined,
): { face: Face; text: string } | null {
  const has = (face: Face, text: string) => face.font.hasGlyphForCodePoint(text.codePointAt(0) ?? 0)
  if (previous && /[\s\p{M}\u200c\u200d]/u.test(character) && has(previous, character))
    return { face: previous, text: character }
  if (/[\u200c\u200d]/.test(character)) return null
  const face = faces.find((candidate) => has(candidate, character))
  if (face) return { face, text: character }
  if (/\p{M}/u.test(character)) return null
  const substitute = faces.find((candidate) => has(candidate, replacement))
  return substitute ? { face: substitute, text: replacement } : null
}

/** Rule L2: from the highest level down to the lowest odd one, reverse every stretch of runs at that level or above. */
function toVisualOrder(runs: readonly LogicalRun[]): LogicalRun[] {
  const ordered = [...runs]
  for (let level = Math.max(0, ...runs.map((run) => run.level)); level >= 1; level--) {
    for (let start = 0; start < ordered.length; start++) {
      let end = start
      while ((ordered[end]?.level ?? -1) >= level) end++
      if (end > start) ordered.splice(start, end - start, ...ordered.slice(start, end).reverse())
      start = end
    }
  }
  return ordered
}

function shapeRun({ face, level, text }: LogicalRun): GlyphRun {
  const { glyphs, positions } = face.font.layout(text, null, null, null, (level & 1) === 1 ? 'rtl' : 'ltr')
  return { face, glyphs, positions: positions ?? [] }
}

function runWidth({ face, glyphs, positions }: GlyphRun): number {
  const units = glyphs.reduce((sum, glyph, at) => sum + (positions[at]?.xAdvance ?? glyph.advanceWidth), 0)
  return units / face.font.unitsPerEm
}
