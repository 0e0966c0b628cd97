import { expect, test } from 'vitest'
import { pictureRefusals } from '#domain/pictures.ts'
import { objectionTo, refusalWords } from './picture-words.ts'

test('every reason to refuse a file says something of its own, and what to do', () => {
  const all = pictureRefusals.map(refusalWords)
  expect(new Set(all).size).toBe(pictureRefusals.length)
  for (const text of all) expect(text).toMatch(/\.$/)
})

test('what cannot become a picture is told before it is sent', () => {
  expect(objectionTo({ size: 5_000_000, type: 'image/jpeg' })).toBeNull()
  expect(objectionTo({ size: 0, type: 'image/jpeg' })).toContain('empty')
  expect(objectionTo({ size: 20_000_001, type: 'image/png' })).toContain('20 MB')
  for (const type of ['', 'image/svg+xml', 'image/gif', 'application/pdf'])
    expect(objectionTo({ size: 10, type })).toContain('JPEG')
})
