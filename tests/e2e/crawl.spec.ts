import { expect, test } from '@playwright/test'
import { crawl } from '#tests/support/site-checks/crawl.ts'
import { siteFaults } from '#tests/support/site-checks/site-faults.ts'

test('a crawler that follows every link of the demo comes to each event and finds nothing broken or twice', async ({
  baseURL = '',
}) => {
  const { origin } = new URL(baseURL)
  const found = await crawl(async (path) => {
    const response = await fetch(origin + path, { redirect: 'manual' })
    const contentType = response.headers.get('content-type') ?? ''
    const isText = /^(text|application\/(json|xml|manifest|atom|feed))/.test(contentType)
    return {
      status: response.status,
      contentType,
      text: isText ? await response.text() : await response.text().then(() => ''),
    }
  }, origin)
  expect(siteFaults(found, found.reached, origin)).toEqual([])
  const events = [...found.clicked].filter((path) => /^\/events\/[^/]+\/$/.test(path))
  expect(events.length).toBeGreaterThanOrEqual(34)
})
