import { expect, test } from 'vitest'
import { bytesOfId, idFromBytes, idPattern, makeId, timeOfUuidV7 } from './ids.ts'

const tail = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])

test('an id names its kind and fits its pattern', () => {
  expect(makeId('ord', Date.UTC(2027, 2, 1), tail)).toMatch(idPattern('ord'))
  expect(makeId('ord', Date.UTC(2027, 2, 1), tail)).not.toMatch(idPattern('evt'))
})

test('an id made later sorts later, whatever its tail', () => {
  const early = makeId('ord', 1_800_000_000_000, new Uint8Array(10).fill(255))
  const late = makeId('ord', 1_800_000_000_001, new Uint8Array(10))
  expect(early < late).toBe(true)
})

test('the same instant and tail give the same id, so that a repeat finds the first one', () => {
  expect(makeId('ord', 42, tail)).toBe(makeId('ord', 42, tail))
})

test('an id survives the way through its 16 bytes', () => {
  const id = makeId('tkt', 1_800_000_000_000, tail)
  const bytes = bytesOfId(id)
  expect(bytes).toHaveLength(16)
  expect(bytes && idFromBytes('tkt', bytes)).toBe(id)
})

test('what is no id has no bytes', () => {
  expect(bytesOfId('tkt_')).toBeNull()
  expect(bytesOfId('tkt_zzzzzzzzzzzzzzzzzzzzzzzzzz')).toBeNull()
  expect(bytesOfId('')).toBeNull()
})

test('a short tail is a fault: ids would collide', () => {
  expect(() => makeId('ord', 0, new Uint8Array(9))).toThrow(RangeError)
})

test('only a version 7 UUID tells its time', () => {
  expect(timeOfUuidV7('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toBe(1_645_557_742_000)
  expect(timeOfUuidV7('919108f7-52d1-4320-9bac-f847db4148a8')).toBeNull()
  expect(timeOfUuidV7('not a uuid')).toBeNull()
})
