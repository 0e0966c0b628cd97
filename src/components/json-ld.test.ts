import { expect, test } from 'vitest'
import { embedJson } from './json-ld.ts'

test('a title that closes the script element stays inside it', () => {
  const hostile = { name: '<img src=x onerror=alert(1)></script><!-- & \u2028\u2029' }
  const text = embedJson(hostile)
  expect(text).not.toMatch(/[<>&\u2028\u2029]/)
  expect(JSON.parse(text)).toEqual(hostile)
})
