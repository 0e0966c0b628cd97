import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { bytesOf, PageResponse } from './page-response.ts'

test('this version of Astro answers pages where we look for it', async () => {
  const file = fileURLToPath(import.meta.resolve('astro/runtime/server/render/page.js'))
  // Astro's configuration loads it on any Node, so it is plain JavaScript, of which TypeScript knows nothing.
  const { pageBytes } = await import(new URL('./page-bytes.mjs', import.meta.url).href)
  const { filter, handler } = pageBytes().transform
  expect(filter.id.test(file)).toBe(true)
  const code = await readFile(file, 'utf8')
  expect(code).toContain('new Response(body')
  expect(code).toContain('encoder.encode(')
  expect(handler(code).code).not.toMatch(/new Response\(|encoder\.encode\(/)
})

test('a response keeps bytes as they are, and anything else as ever', async () => {
  const body = new TextEncoder().encode('a page')
  const page = new PageResponse(body, { status: 404, headers: { 'x-one': '1' } })
  expect([page.rendered, page.status, page.headers.get('x-one')]).toEqual([body, 404, '1'])
  const text = new PageResponse('a text')
  expect([text.rendered, await text.text()]).toEqual([null, 'a text'])
  expect(new PageResponse(null, { status: 404 }).rendered).toBeNull()
})

test.each([
  ['ASCII', 'a page'],
  ['signs of two, three and four bytes, and half of one', 'é − 😀 \ud800.'],
  ['a text longer than any before it', '− page '.repeat(60_000)],
  ['nothing', ''],
])('the bytes of %s are those of the encoder, and stay when the next are made', (_, text) => {
  const bytes = bytesOf(text)
  bytesOf('something else, as long as the longest of these')
  expect(Buffer.from(bytes).equals(Buffer.from(new TextEncoder().encode(text)))).toBe(true)
})
