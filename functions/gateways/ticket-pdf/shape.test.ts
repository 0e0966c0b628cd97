import { expect, test } from 'vitest'
import { loadFaces } from './fonts.ts'
import { cleanText, shapeLine } from './shape.ts'

const arabic = 'محمد عبد الرحمن'
const japanese = '佐藤さくら'
const faces = (await loadFaces(arabic + japanese)).bold

const letters = (text: string) =>
  shapeLine(text, faces)
    .runs.flatMap((run) => run.glyphs.flatMap((glyph) => glyph.codePoints))
    .map((codePoint) => String.fromCodePoint(codePoint))
    .join('')

test.each(['Lucía Fernández-Ávila', 'Žofie Łukasiewicz', 'Ελένη', 'Наташа', arabic, japanese, 'Ｔokyo、東京'])(
  '%s has a glyph for everything',
  (name) => {
    const glyphs = shapeLine(name, faces).runs.flatMap((run) => run.glyphs)
    expect(glyphs.length).toBeGreaterThan(0)
    expect(glyphs.filter((glyph) => glyph.id === 0)).toEqual([])
  },
)

test('Arabic letters are joined and drawn from right to left', () => {
  const name = 'محمد'
  const joined = shapeLine(name, faces)
  const glyphIds = (text: string) => shapeLine(text, faces).runs.flatMap((run) => run.glyphs.map((glyph) => glyph.id))
  const apart = new Set([...name].flatMap(glyphIds))
  expect(glyphIds(name).filter((id) => apart.has(id))).toHaveLength(0)
  expect(letters(name)).toBe([...name].reverse().join(''))
  expect(joined.isRightToLeft).toBe(true)
})

test('mixed lines keep each script in its own direction, brackets mirrored', () => {
  expect(letters('Opera دار')).toBe('Opera راد')
  expect(letters('دار Opera')).toBe('Opera راد')
  expect(letters('دار 2027 (VIP)')).toMatch(/^\(VIP\) 2027 راد$/)
  expect(shapeLine('Opera دار', faces).isRightToLeft).toBe(false)
})

test('Latin pairs are kerned', () => {
  const apart = shapeLine('A', faces).width + shapeLine('V', faces).width
  expect(shapeLine('AV', faces).width).toBeLessThan(apart)
})

test('scripts without a font show a question mark for each letter and never throw', () => {
  expect(letters('김 A')).toMatch(/^\ufffd A$/)
  expect(shapeLine('שלום', faces).runs.flatMap((run) => run.glyphs)).toHaveLength(4)
})

test('control characters, direction overrides, emoji and stacked marks leave plain text', () => {
  expect(cleanText('a\u202Egnp.exe\u202C\nb\tc\u0000d')).toBe('agnp.exe b c d')
  expect(cleanText('Ana 🎉👩‍👩‍👧🇪🇸 ❤️1️⃣')).toBe('Ana 1')
  expect(cleanText(`e${'\u0317'.repeat(40)}`)).toHaveLength(4)
  expect(cleanText('\ud800 lone')).toBe('lone')
  expect(cleanText('<img src=x onerror=alert(1)></script>')).toBe('<img src=x onerror=alert(1)></script>')
})
