import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createIndexNow } from './index-now.ts'

interface Submission {
  readonly host: string
  readonly key: string
  readonly keyLocation: string
  readonly urlList: readonly string[]
}

let server: Server
let endpoint: string
let received: Submission[]
let status: number
let refuses: (submission: Submission) => boolean

beforeEach(async () => {
  received = []
  status = 202
  refuses = () => false
  server = createServer(async (request, response) => {
    const submission: Submission = JSON.parse((await request.toArray()).join(''))
    received.push(submission)
    response.writeHead(refuses(submission) ? 422 : status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port }: AddressInfo = Object(server.address())
  endpoint = `http://127.0.0.1:${port}/indexnow`
})
afterEach(() => void server.close())

const open = () => createIndexNow({ endpoint, key: 'a1b2c3d4', siteUrl: 'https://tickets.example' })

test('pages that changed are told at once, with the place of the key; files for programs are not', async () => {
  expect(
    await open().tell(['/events/night-train/', '/', '/events/night-train/event.ics', '/sitemap/2027-03-01.xml']),
  ).toBe(0)
  expect(received).toEqual([
    {
      host: 'tickets.example',
      key: 'a1b2c3d4',
      keyLocation: 'https://tickets.example/a1b2c3d4.txt',
      urlList: ['https://tickets.example/events/night-train/', 'https://tickets.example/'],
    },
  ])
})

test('pages that search engines must not show are not told', async () => {
  expect(await open().tell(['/desk/', '/door/', '/order/', '/de/account/', '/search/', '/404.html'])).toBe(0)
  expect(received).toEqual([])
})

test('a search engine that is slow holds nobody up longer than he wants to wait', async () => {
  refuses = () => false
  server.removeAllListeners('request')
  const began = performance.now()
  expect(await open().tell(['/a/'], 50)).toBe(1)
  expect(performance.now() - began).toBeLessThan(1500)
  server.closeAllConnections()
})

test('what was refused goes with the next call, each address once', async () => {
  const indexNow = open()
  status = 429
  expect(await indexNow.tell(['/a/', '/b/'])).toBe(2)
  status = 200
  expect(await indexNow.tell(['/b/', '/c/'])).toBe(0)
  expect(received[1]?.urlList).toEqual(['/a/', '/b/', '/c/'].map((path) => `https://tickets.example${path}`))
  expect(await indexNow.tell([])).toBe(0)
  expect(received).toHaveLength(2)
})

test('addresses that are refused for good are given up after five calls, and the others are told', async () => {
  const indexNow = open()
  const bad = Array.from({ length: 10_000 }, (_, at) => `/bad/${at}/`)
  refuses = ({ urlList }) => urlList.some((url) => url.includes('/bad/'))
  expect(await indexNow.tell([...bad, '/a/'])).toBe(10_001)
  for (let call = 2; call < 5; call++) expect(await indexNow.tell([])).toBe(10_001)
  expect(await indexNow.tell(['/b/'])).toBe(0)
  expect(received.at(-1)?.urlList).toEqual(['/a/', '/b/'].map((path) => `https://tickets.example${path}`))
  expect(received).toHaveLength(6)
})

test('a success begins the count anew', async () => {
  const indexNow = open()
  for (let outage = 0; outage < 3; outage++) {
    status = 503
    for (let call = 0; call < 4; call++) expect(await indexNow.tell(['/a/'])).toBe(1)
    status = 200
    expect(await indexNow.tell([])).toBe(0)
  }
})

test('a search engine that is gone fails nothing', async () => {
  const indexNow = open()
  await new Promise((resolve) => server.close(resolve))
  expect(await indexNow.tell(['/a/'])).toBe(1)
})

test('a full publish is told in calls of ten thousand addresses', async () => {
  const paths = Array.from({ length: 25_000 }, (_, at) => `/events/${at}/`)
  expect(await open().tell(paths)).toBe(0)
  expect(received.map(({ urlList }) => urlList.length)).toEqual([10_000, 10_000, 5_000])
})
