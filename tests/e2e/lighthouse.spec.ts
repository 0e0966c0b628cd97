import { expect, test } from '#tests/support/browser.ts'
import { measurePages } from '#tests/support/lighthouse.ts'
import { demoEvent } from '#tests/support/walks.ts'

/** As sent over HTTP/1.1: the headers of each file count, half a KB. A list needs no script at all. */
const mostScriptBytes = 25 * 1024
const mostBytes = 80 * 1024
const lists = ['/', '/city/sevilla/']

// The mark for speed is that of whoever else needs the machine: `npm run bench -- pages` takes it.
test('Lighthouse gives full marks on a phone: home, listing, event and past event; they are light and never shift', async ({
  baseURL,
  info,
}) => {
  test.setTimeout(240_000)
  const event = demoEvent(info, 'on_sale').path
  const past = demoEvent(info, 'past').path
  const measures = await measurePages(baseURL ?? '', [...lists, event, past], 1)
  for (const [path, { scores, scriptBytes, allBytes, layoutShift }] of measures) {
    console.info(path, { ...scores, scriptBytes, allBytes, layoutShift })
    expect(scores, path).toMatchObject({ accessibility: 100, 'best-practices': 100, seo: 100 })
    expect(scriptBytes, `scripts of ${path}`).toBeLessThanOrEqual(lists.includes(path) ? 0 : mostScriptBytes)
    expect(allBytes, `all of ${path}`).toBeLessThanOrEqual(mostBytes)
    expect(layoutShift, `layout shift of ${path}`).toBe(0)
  }
})
