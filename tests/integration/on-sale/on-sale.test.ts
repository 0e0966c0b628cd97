import { randomInt } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Stripe from 'stripe'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { createStripeProvider } from '#functions/gateways/stripe.ts'
import { app as webhooks } from '#functions/webhooks/routes.ts'
import { serve } from '#infra/local/stripe/http.ts'
import type { Outage } from '#infra/local/stripe/outage.ts'
import { type Books, readBooksOf, whatIsWrong } from '#tests/support/books.ts'
import { printBooks } from '#tests/support/printed-books.ts'
import { pool, type Sales, startSales, ticketType, webhookSecret } from '#tests/support/sales.ts'
import { tamperWith } from '#tests/support/tampered-books.ts'
import { buy, type End } from './buyers.ts'
import { startPostRoom } from './post-room.ts'

/** One second of this test is a quarter of a minute: Stripe's 30 s are two here, and our patience of 6 s with it is 0.4. */
const pace = 15
const seconds = (count: number) => (count * 1000) / pace

const capacity = 2000
/** More than there are places for. */
const comers = 340
const buyersAtOnce = 40

/** What Stripe is like, one after the other, for so long; the buyers come evenly over all of it. */
const weather: readonly (readonly [outage: Outage, forSeconds: number])[] = [
  [{ mode: 'none' }, 20],
  [{ mode: 'down' }, 40],
  [{ mode: 'slow', milliseconds: seconds(30) }, 60],
  [{ mode: 'errors', rate: 0.5 }, 40],
  [{ mode: 'none' }, 20],
  [{ mode: 'lost_answers', rate: 0.3 }, 40],
  [{ mode: 'rate_limited', rate: 0.5 }, 30],
  [{ mode: 'unreachable' }, 20],
]
const wholeMs = seconds(weather.reduce((sum, [, forSeconds]) => sum + forSeconds, 0))

let sales: Sales
let gate: Awaited<ReturnType<typeof serve>>
let folder: string
let postRoom: Awaited<ReturnType<typeof startPostRoom>>
let event: EventRecord
let books: Books

beforeAll(async () => {
  gate = await serve(async (request) => webhooks.fetch(request), { host: '127.0.0.1', port: 0 })
  sales = await startSales({ webhookUrl: `http://127.0.0.1:${gate.port}/webhooks/stripe` })
  folder = await mkdtemp(join(tmpdir(), 'on-sale-'))
  postRoom = await startPostRoom(sales, folder, randomInt)
  const hall = pool(capacity, 8)
  event = await sales.addEvent({ pools: [hall], ticketTypes: [ticketType([hall.id])], highDemand: true })
})
afterAll(async () => {
  await Promise.all([postRoom.close(), sales.close(), gate.close()])
  await rm(folder, { recursive: true })
})

const startedAt = Date.now()
let leapMs = 0
const now = () => new Date(startedAt + (Date.now() - startedAt) * pace + leapMs).toISOString()

function ports(patienceMs = seconds(6)) {
  const stripe = new Stripe('sk_test_sales', {
    ...{ host: '127.0.0.1', port: sales.simulator.port, protocol: 'http', telemetry: false },
    ...{ timeout: patienceMs, maxNetworkRetries: 1 },
  })
  return { ...sales.ports, payments: createStripeProvider(stripe, webhookSecret), now }
}

async function sell(): Promise<Map<End, number>> {
  const shop = ports()
  const doorsOpenAt = Date.now()
  const ends = new Map<End, number>()
  let next = 0
  const queue = async () => {
    for (let comer = next++; comer < comers; comer = next++) {
      await wait(Math.max(0, doorsOpenAt + (wholeMs * comer) / comers - Date.now()))
      const end = await buy(shop, event, 4 + randomInt(7), randomInt)
      ends.set(end, (ends.get(end) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: buyersAtOnce }, queue))
  return ends
}

/** What came back is sold when Stripe is well, to people who all pay. */
function sellTheRest(places: number): Promise<End[]> {
  const resolute = () => 1
  const patient = ports(6000)
  const orders = Array.from({ length: Math.ceil(places / 10) }, (_, at) => Math.min(10, places - at * 10))
  return Promise.all(orders.map((quantity) => buy(patient, event, quantity, resolute)))
}

/** Stripe's weather, and the minute's work beside it. */
async function whileStripeIsFaulty<T>(work: () => Promise<T>): Promise<T> {
  const state = { isOver: false }
  const weatherman = (async () => {
    for (const [outage, forSeconds] of weather) {
      await sales.control('outage', outage)
      await wait(seconds(forSeconds))
    }
    await sales.control('outage', { mode: 'none' })
  })()
  const sweeper = (async () => {
    for (; !state.isOver; await wait(seconds(30))) await sales.sweep(ports())
  })()
  try {
    return await work()
  } finally {
    state.isOver = true
    await Promise.all([weatherman, sweeper])
  }
}

/** Webhooks are late, some are lost for good, and then each comes twice and out of order. */
async function deliverBadly(): Promise<void> {
  await sales.control('duplicates', { copies: 1 })
  await sales.control('pause')
  await wait(seconds(60))
  await sales.control('discard')
  await wait(seconds(60))
  await sales.control('shuffle', { on: true })
  await sales.control('resume')
  await wait(seconds(60))
  await sales.control('shuffle', { on: false })
}

/** No webhook is under way, no hold and no refund is open, and every mail has left. */
async function settle(): Promise<void> {
  await vi.waitUntil(async () => (await simulatorState()).queued === 0, { timeout: 60_000, interval: 50 })
  leapMs += 30 * 60_000
  await vi.waitUntil(async () => {
    const { waiting, unanswered, failed, ...done } = await sales.sweep({ now })
    return waiting + unanswered + failed + done.expired + done.paid + done.refunds === 0
  }, 60_000)
  await vi.waitUntil(async () => (await simulatorState()).queued === 0, { timeout: 60_000, interval: 50 })
  await postRoom.idle()
}

async function simulatorState(): Promise<{ queued: number }> {
  return (await fetch(`${sales.simulator.url}/_control/state`)).json()
}

test('2,000 tickets go on sale while Stripe is down, slow, broken and its webhooks late, lost, twice and out of order', async () => {
  const [ends] = await whileStripeIsFaulty(() => Promise.all([sell(), deliverBadly()]))
  await settle()
  const returned = await sales.poolOf(event)
  expect(returned.held).toBe(0)
  console.info(`  ${[...ends].map(([end, count]) => `${count} ${end}`).join(', ')}; ${returned.left} places came back`)
  expect(ends.get('paid')).toBeGreaterThan(100)
  expect(ends.get('gone before paying')).toBeGreaterThan(5)

  expect(new Set(await sellTheRest(returned.left))).toEqual(new Set(['paid']))
  await settle()
}, 240_000)

test('when the dust has settled the books balance', async () => {
  const tables = { catalog: sales.database.tableName('catalog'), sales: sales.table }
  books = await readBooksOf({ client: sales.client, tables, stripe: sales.stripe }, postRoom.sent)
  console.info(printBooks(books))
  expect(whatIsWrong(books)).toEqual([])
  expect(await sales.poolOf(event)).toMatchObject({ left: 0, held: 0, sold: capacity })
  expect(new Set(postRoom.sent.map(({ orderId }) => orderId)).size).toBe(postRoom.sent.length)
  expect(await postRoom.deadLetters()).toEqual([])
  expect(sales.problems.filter((problem) => !problem.startsWith('the payment provider is silent'))).toEqual([])
})

test('negative control: books in which one thing is not right are found out', () => {
  for (const [what, tampered] of Object.entries(tamperWith(books))) expect(whatIsWrong(tampered), what).not.toEqual([])
})
