import { expect, test } from 'vitest'
import { citySlugOf, slugOf, slugWithSuffix } from './slugs.ts'

test('a slug keeps letters and digits of a name and drops what an address cannot carry', () => {
  expect(slugOf('Café Oué, Sevilla!', 'event')).toBe('cafe-oue-sevilla')
  expect(slugOf("Rock 'n' Roll / 2027", 'event')).toBe('rock-n-roll-2027')
  expect(slugOf('Straße nach Łódź', 'event')).toBe('strasse-nach-lodz')
  expect(slugOf('<img src=x onerror=alert(1)></script>', 'event')).toBe('img-src-x-onerror-alert-1-script')
})

test('a name in another script falls back, a long one is cut without a dash at its end', () => {
  expect(slugOf('夏祭り', 'event')).toBe('event')
  expect(slugOf(`${'a'.repeat(59)} b`, 'event')).toBe('a'.repeat(59))
})

test('a taken slug is told apart by the end of the id', () => {
  expect(slugWithSuffix('jazz', 'evt_01jd0zq8x4m6v2t9r3k5c7b1wy')).toBe('jazz-c7b1wy')
})

test('cities without a Latin letter have pages of their own', () => {
  expect(citySlugOf('Sevilla')).toBe('sevilla')
  expect(citySlugOf('東京')).toBe('city-6771-4eac')
  expect(citySlugOf('東京')).not.toBe(citySlugOf('大阪'))
})
