import { expect, test } from 'vitest'
import { createApp } from './app.ts'
import { viewerAddress } from './viewer-address.ts'

const app = createApp()
app.get('/', (c) => c.text(viewerAddress(c)))
const seen = async (headers: Record<string, string>) => (await app.request('/', { headers })).text()

test.each([
  ['203.0.113.9', '203.0.113.9'],
  ['2001:db8:0:12:9af:1:2:3', '2001:db8:0:12::/64'],
  ['2001:0DB8::1', '2001:db8:0:0::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
])('%s is %s', async (header, address) => {
  expect(await seen({ 'x-viewer-address': header })).toBe(address)
})

test('what the viewer says of himself is never read', async () => {
  const claims = { 'x-forwarded-for': '1.2.3.4', 'x-real-ip': '1.2.3.4', forwarded: 'for=1.2.3.4' }
  expect(await seen(claims)).toBe('unknown')
  expect(await seen({ ...claims, 'x-viewer-address': '203.0.113.9' })).toBe('203.0.113.9')
})
