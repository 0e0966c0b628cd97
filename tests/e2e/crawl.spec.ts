import { expect, test } from '#tests/support/browser.ts'
import { crawl } from '#tests/support/site-checks/crawl.ts'
import { siteFaults } from '#tests/support/site-checks/site-faults.ts'

test('a crawler that follows every link of the demo comes to each event and finds nothing broken or twice', async ({
  baseURL,
}) => {
  test.slow()
  const site = new URL(baseURL ?? '').origin
  const found = await crawl(async (path) => {
    const method = path.startsWith('/media/') ? 'HEAD' : 'GET'
    const response = await fetch(site + path, { method, redirect: 'manual' })
    const contentType = response.headers.get('content-type') ?? ''
    return { status: response.status, contentType, text: await response.text() }
  }, site)
  expect(siteFaults(found, found.reached, site)).toEqual([])
  const events = [...found.clicked].filter((path) => /^\/events\/[^/]+\/$/.test(path))
  expect(events.length).toBeGreaterThanOrEqual(34)
})
