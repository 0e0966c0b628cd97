import type { Face } from './fonts.ts'
import { cleanText, type ShapedLine, shapeLine } from './shape.ts'

export interface TextBox {
  readonly width: number
  readonly maxLines: number
  /** The largest size that fits is taken; below `minSize` the text is cut with an ellipsis. */
  readonly maxSize: number
  readonly minSize: number
}

export interface FittedText {
  readonly size: number
  readonly lines: readonly ShapedLine[]
}

const words = new Intl.Segmenter('und', { granularity: 'word' })
const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' })
const unspacedAtEnd = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]$/u
const unspacedAtStart = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const shapedLines = new Map<string, ShapedLine>()

/** A slightly smaller single line first; else wraps between words (inside one that is too wide) and shrinks until the text fits. */
export function fitText(text: string, faces: readonly Face[], box: TextBox): FittedText {
  const clean = cleanText(text)
  const pieces = breakable(clean, faces, box.width / box.minSize)
  const oneLine = box.width / shape(clean, faces).width
  if (oneLine >= box.maxSize * 0.85) return { size: Math.min(oneLine, box.maxSize), lines: [shape(clean, faces)] }
  const step = 0.5
  for (let size = box.maxSize; size >= box.minSize; size -= step) {
    const lines = wrapEvenly(clean, pieces, faces, box.width / size)
    const shaped = lines.map((line) => shape(line, faces))
    if (lines.length <= box.maxLines && shaped.every((line) => line.width <= box.width / size))
      return { size, lines: shaped }
  }
  return { size: box.minSize, lines: cut(wrap(clean, pieces, faces, box.width / box.minSize), faces, box) }
}

interface Piece {
  readonly text: string
  readonly width: number
}

/** A line may end after a space, after a hyphen within a word, and beside a letter of a script that is written without spaces. */
function breakable(text: string, faces: readonly Face[], widest: number): Piece[] {
  const chunks: string[] = []
  for (const { segment, isWordLike } of words.segment(text)) {
    const previous = chunks.at(-1)
    const isStart = isWordLike || /^[\p{Ps}\p{Pi}]/u.test(segment)
    const isUnspaced = unspacedAtEnd.test(previous ?? '') || unspacedAtStart.test(segment)
    const canBreak =
      previous === undefined ||
      /\s$|\p{L}[-–—]$/u.test(previous) ||
      (isStart && isUnspaced && !/[\p{Ps}\p{Pi}]$/u.test(previous))
    if (canBreak && !/^\s/.test(segment)) chunks.push(segment)
    else chunks[chunks.length - 1] = (previous ?? '') + segment
  }
  return chunks.flatMap((chunk) => {
    const width = shape(chunk, faces).width
    if (shape(chunk.trimEnd(), faces).width <= widest) return [{ text: chunk, width }]
    return [...graphemes.segment(chunk)].map(({ segment }) => ({ text: segment, width: shape(segment, faces).width }))
  })
}

/** As few lines as the width allows, then as even as they can be: no word is left alone on the last. */
function wrapEvenly(text: string, pieces: readonly Piece[], faces: readonly Face[], width: number): string[] {
  let lines = wrap(text, pieces, faces, width)
  const isFull = (line: string) => shape(line, faces).width > width
  for (
    let narrower = width * 0.95;
    narrower > width / 2 && lines.length > 1 && !lines.some(isFull);
    narrower -= width / 20
  ) {
    const even = wrap(text, pieces, faces, narrower)
    if (even.length > lines.length || even.some((line) => shape(line, faces).width > narrower)) break
    lines = even
  }
  return lines
}

function wrap(text: string, pieces: readonly Piece[], faces: readonly Face[], width: number): string[] {
  if (shape(text, faces).width <= width) return [text]
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const piece of pieces) {
    const isOver = used + piece.width > width && used + shape(piece.text.trimEnd(), faces).width > width
    if (isOver && line !== '') {
      lines.push(line.trimEnd())
      line = ''
      used = 0
    }
    line += piece.text
    used += piece.width
  }
  return [...lines, line.trimEnd()]
}

function cut(lines: readonly string[], faces: readonly Face[], { width, minSize, maxLines }: TextBox): ShapedLine[] {
  const kept = lines.slice(0, maxLines)
  const last = [...graphemes.segment(kept.pop() ?? '')].map(({ segment }) => segment)
  const widest = width / minSize
  while (last.length > 0 && shape(`${last.join('').trimEnd()}…`, faces).width > widest) last.pop()
  return [...kept, `${last.join('').trimEnd()}…`].map((line) => shape(line, faces))
}

/** Labels, event and venue repeat on every ticket of an event, so shaped lines are kept. */
function shape(text: string, faces: readonly Face[]): ShapedLine {
  const name = `${faces.map((face) => face.name).join()}|${text}`
  const known = shapedLines.get(name)
  if (known) return known
  if (shapedLines.size >= 2000) shapedLines.clear()
  const line = shapeLine(text, faces)
  shapedLines.set(name, line)
  return line
}
