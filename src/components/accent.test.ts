import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { accentClass, oklchOf, parseHex, type Rgb } from './accent.ts'

test('a colour takes the class of the nearest hue', () => {
  expect(accentClass('#ff0000')).toBe('hue-30')
  expect(accentClass('#0000ff')).toBe('hue-260')
  expect(accentClass('#1b998b')).toBe('hue-180')
})

test('a grey has no hue', () => {
  expect(accentClass('#777777')).toBe('hue-none')
  expect(accentClass('#000000')).toBe('hue-none')
})

test('what is no colour is the house accent, never text in a class', () => {
  expect(accentClass(undefined)).toBe('')
  expect(accentClass('red" onload="x')).toBe('')
})

test('every class that can be answered exists in the stylesheet', () => {
  const sheet = readFileSync(new URL('../styles/accents.css', import.meta.url), 'utf8')
  for (let hue = 0; hue < 360; hue += 10) expect(sheet).toContain(`.hue-${hue} {`)
  expect(sheet).toContain('.hue-none {')
})

const tokens = readFileSync(new URL('../styles/tokens.css', import.meta.url), 'utf8')
const [light = '', dark = ''] = tokens.split('@media (prefers-color-scheme: dark)')
const token = (sheet: string, name: string): string => new RegExp(`--${name}: ([^;]+);`).exec(sheet)?.[1] ?? ''

describe.each([
  ['light', light],
  ['dark', dark],
])('in the %s theme', (_, sheet) => {
  const paper = hexOf(token(sheet, 'paper'))
  const onAccent = hexOf(token(sheet, 'on-accent'))
  for (const name of ['accent', 'accent-strong']) {
    const [, lightness = 0, factor = 1] =
      /oklch\(([\d.]+) (?:var\(--chroma\)|calc\(var\(--chroma\) \* ([\d.]+)\))/
        .exec(token(sheet, name))
        ?.map((part) => Number(part ?? 1)) ?? []
    test(`text on and of --${name} has contrast of at least 4.5 at every hue`, () => {
      expect(lightness).toBeGreaterThan(0)
      for (let hue = 0; hue < 360; hue += 1) {
        const accent = rgbOfOklch(lightness, 0.17 * factor, hue)
        expect(contrast(accent, paper), `hue ${hue} on paper`).toBeGreaterThanOrEqual(4.5)
        expect(contrast(accent, onAccent), `text on hue ${hue}`).toBeGreaterThanOrEqual(4.5)
      }
    })
  }
})

test('the conversions agree with each other', () => {
  const { lightness, chroma, hue } = oklchOf([0.2, 0.5, 0.6])
  for (const [at, channel] of rgbOfOklch(lightness, chroma, hue).entries())
    expect(channel).toBeCloseTo([0.2, 0.5, 0.6][at] ?? 0, 3)
})

function hexOf(colour: string): Rgb {
  const rgb = parseHex(colour)
  if (!rgb) throw new Error(`not a colour: ${colour}`)
  return rgb
}

function contrast(one: Rgb, other: Rgb): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

/** WCAG 2.2 relative luminance. */
function luminance([red, green, blue]: Rgb): number {
  const linear = (channel: number) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** Clips to sRGB, as browsers do. */
function rgbOfOklch(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180)
  const b = chroma * Math.sin((hue * Math.PI) / 180)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  const encode = (linear: number) => {
    const clipped = Math.min(1, Math.max(0, linear))
    return clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * clipped ** (1 / 2.4) - 0.055
  }
  return [
    encode(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    encode(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    encode(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ]
}
