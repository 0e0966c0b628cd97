import { expect, test } from 'vitest'
import { inkOn, parseAccent, safeAccent, toHex } from './accent.ts'

test.each([
  ['#000000', '#ffffff'],
  ['#b3261e', '#ffffff'],
  ['#0b6b5a', '#ffffff'],
  ['#ffd166', '#17171c'],
  ['#ffffff', '#17171c'],
])('on %s the text is %s', (accent, expected) => {
  expect(toHex(inkOn(parseAccent(accent)))).toBe(expected)
})

test.each(['red', '#fff', '#12345g', '#123456;background:url(//evil)', ''])('%j never reaches a style', (accent) => {
  expect(safeAccent(accent)).toBe('#1f2430')
})
