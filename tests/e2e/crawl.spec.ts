import { expect, test } from '#tests/support/browser.ts'
import { crawl } from '#tests/support/site-checks/crawl.ts'
import { isAllowed } from '#tests/support/site-checks/read-robots.ts'
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

test('robots.txt lets search engines read what is for all, in every language, and names the sitemap', async ({
  request,
  baseURL,
}) => {
  const site = new URL(baseURL ?? '').origin
  const robots = await (await request.get('/robots.txt')).text()
  const [sitemap] = /^Sitemap: (.*)$/m.exec(robots)?.slice(1) ?? []
  expect(sitemap).toBe(`${site}/sitemap.xml`)
  expect((await request.get(sitemap ?? '')).headers()['content-type']).toContain('xml')
  const paths = [
    ...['/', '/events/seis-cuerdas-en-el-molino/', '/de/city/zurich/', '/sign-in/', '/api/', '/events/order/'],
    ...['/order/', '/account/', '/desk/', '/desk/event/', '/door/', '/de/order/', '/ar/account/', '/api/orders/ord_1'],
  ]
  expect(paths.filter((path) => isAllowed(robots, path))).toEqual(paths.slice(0, 6))
})
