import { expect, test } from 'vitest'
import { fitText } from './fit-text.ts'
import { loadFaces } from './fonts.ts'

const box = { width: 120, maxLines: 2, maxSize: 12, minSize: 8 }
const japanese = '東京都渋谷区の小さなホールで毎月最後の金曜日に開かれる音楽会'
const faces = (await loadFaces(japanese)).bold

const widest = (text: string) => {
  const { size, lines } = fitText(text, faces, box)
  return Math.max(...lines.map((line) => line.width * size))
}
const ending = (text: string) => fitText(text, faces, box).lines.at(-1)?.runs.at(-1)?.glyphs.at(-1)?.codePoints
const fitted = (text: string) => {
  const { size, lines } = fitText(text, faces, box)
  return { size, lines: lines.length }
}

test('short text keeps its size on one line', () => {
  expect(fitted('Ana Ruiz')).toEqual({ size: 12, lines: 1 })
})

test('longer text shrinks a little, then wraps, then shrinks more, and never leaves its box', () => {
  expect(fitted('Lucía Fernández-Ávila').lines).toBe(1)
  expect(fitted('Lucía Fernández-Ávila').size).toBeCloseTo(11.04, 1)
  expect(fitted('Lucía Fernández-Ávila Guzmán')).toEqual({ size: 12, lines: 2 })
  expect(fitted('Alexandrina Featherstonehaugh-Cholmondeley Smythe')).toEqual({ size: 8, lines: 2 })
  for (const text of [
    'Lucía Fernández-Ávila',
    'W'.repeat(300),
    'wide words '.repeat(40),
    japanese,
    `${japanese} and Latin`,
  ]) {
    expect(widest(text)).toBeLessThanOrEqual(box.width + 1e-9)
    expect(fitText(text, faces, box).lines.length).toBeLessThanOrEqual(2)
  }
})

test('what cannot fit ends in an ellipsis', () => {
  expect(ending('W'.repeat(300))).toEqual([0x2026])
  expect(ending('Lucía')).not.toEqual([0x2026])
})

test('empty text is an empty line', () => {
  expect(fitted(' \n ')).toEqual({ size: 12, lines: 1 })
  expect(widest(' \n ')).toBe(0)
})
