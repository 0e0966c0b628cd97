import { expect, test } from '#tests/support/browser.ts'

test('the home page has the strict security headers and no error in the console', async ({ page }) => {
  const response = await page.goto('/')
  expect(response?.status()).toBe(200)
  const headers = response?.headers() ?? {}
  expect(headers['content-security-policy']).toContain("script-src 'self';")
  expect(headers['content-security-policy']).not.toContain('unsafe')
  expect(headers['strict-transport-security']).toContain('max-age=63072000')
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['content-encoding']).toBe('br')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
})

test.describe('a page that is not there', () => {
  test.use({ allowedErrors: [/404 \(Not Found\)/] })

  test('answers 404 with a page that leads back', async ({ page }) => {
    const response = await page.goto('/no/such/page/')
    expect(response?.status()).toBe(404)
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible()
  })
})

test('a page that did not change is answered 304, and a path without its slash is moved', async ({ request }) => {
  const first = await request.get('/')
  const etag = first.headers().etag ?? ''
  expect(etag).not.toBe('')
  expect((await request.get('/', { headers: { 'if-none-match': etag } })).status()).toBe(304)
  const moved = await request.get('/door?from=test', { maxRedirects: 0 })
  expect([moved.status(), moved.headers().location]).toEqual([301, '/door/?from=test'])
})

test('the API refuses a body whose hash is missing or wrong, as function URLs behind CloudFront do', async ({
  request,
}) => {
  const data = '{"a":1}'
  const json = { 'content-type': 'application/json' }
  expect((await request.post('/api/session', { data, headers: json })).status()).toBe(403)
  const wrong = { ...json, 'x-amz-content-sha256': '0'.repeat(64) }
  expect((await request.post('/api/session', { data, headers: wrong })).status()).toBe(403)
})

test('an address of the API that is none is a problem document', async ({ request }) => {
  const response = await request.get('/api/nothing')
  expect(response.status()).toBe(404)
  expect(response.headers()['content-type']).toBe('application/problem+json')
  expect(await response.json()).toMatchObject({ code: 'not_found', status: 404 })
})
