import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeBase45, encodeBase45 } from './base45.ts'

const ascii = (text: string) => new TextEncoder().encode(text)

test.each([
  ['AB', 'BB8'],
  ['Hello!!', '%69 VD92EX0'],
  ['base-45', 'UJCLQE7W581'],
  ['ietf!', 'QED8WEX0'],
])('the example %s of RFC 9285 becomes %s and comes back', (plain, encoded) => {
  expect(encodeBase45(ascii(plain))).toBe(encoded)
  expect(decodeBase45(encoded)).toEqual(ascii(plain))
})

test.each(['A', 'GGW', '::', ':::', 'bb8', 'BB8\n', 'é12', '😀1'])('%j is not base45', (text) => {
  expect(decodeBase45(text)).toBeNull()
})

test('every byte string survives, and no two texts mean the same bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(decodeBase45(encodeBase45(bytes))).toEqual(bytes)
    }),
  )
  fc.assert(
    fc.property(fc.string(), (text) => {
      const bytes = decodeBase45(text)
      if (bytes) expect(encodeBase45(bytes)).toBe(text)
    }),
  )
})
