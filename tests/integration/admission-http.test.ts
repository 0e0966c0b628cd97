import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { app } from '#functions/orders/routes.ts'
import { readAllItems } from '#tests/support/all-items.ts'
import { browser } from '#tests/support/api.ts'
import { request, type Sales, startSales } from '#tests/support/sales.ts'

const limits = { paymentPagesPerSecond: 1, perAddressPerMinute: 6, perBuyerPerMinute: 3 }
const guest = browser(app)
let sales: Sales

beforeAll(async () => {
  process.env.ADMISSION = JSON.stringify(limits)
  sales = await startSales()
})
afterAll(async () => {
  delete process.env.ADMISSION
  await sales.close()
})

const freeEvent = async (): Promise<EventRecord> => {
  const event = await sales.addEvent()
  const ticketTypes = event.ticketTypes.map((type) => ({ ...type, priceMinor: 0 }))
  await sales.changeEvent(event, { ticketTypes })
  return { ...event, ticketTypes }
}

const someAddress = () => `2001:db8:${randomUUID().slice(0, 4)}:${randomUUID().slice(0, 4)}::1`
const someBuyer = () => `${randomUUID()}@people.example`

interface Asking {
  readonly from?: string
  readonly email?: string
  readonly key?: string
  readonly headers?: Record<string, string>
}

async function ask(event: EventRecord, { from, email, key, headers }: Asking = {}) {
  const body = request(event, 1, { buyer: { name: 'Ada', email: email ?? someBuyer() } })
  const {
    status,
    json,
    headers: answered,
  } = await guest.call('POST', '/api/orders', body, {
    'idempotency-key': key ?? randomUUID(),
    'x-viewer-address': from ?? someAddress(),
    ...headers,
  })
  return { status, code: json.code, retryAfter: Number(answered.get('retry-after')) }
}

/** Counts begin anew with each minute: a run that crosses one says nothing, whether it fails or not, and is done again. */
async function withinOneMinute(run: () => Promise<void>): Promise<void> {
  for (;;) {
    const minute = Math.floor(Date.now() / 60_000)
    const [outcome] = await Promise.allSettled([run()])
    if (Math.floor(Date.now() / 60_000) !== minute) continue
    if (outcome.status === 'rejected') throw outcome.reason
    return
  }
}

test('ten buyers at once, one payment page a second: some are let in, the others told their turn, which then comes', async () => {
  const event = await sales.addEvent()
  const keys = Array.from({ length: 10 }, () => ({ key: randomUUID(), email: someBuyer(), from: someAddress() }))
  const answers = await Promise.all(keys.map((asking) => ask(event, asking)))
  const letIn = answers.filter(({ status }) => status === 201).length
  const waiting = answers.filter(({ status, code }) => status === 429 && code === 'too_busy')
  expect(letIn).toBeGreaterThanOrEqual(1)
  expect(waiting.length).toBe(10 - letIn)
  expect(await sales.poolOf(event)).toMatchObject({ held: letIn })
  const turns = waiting.map(({ retryAfter }) => retryAfter).toSorted((one, other) => one - other)
  expect(turns.at(-1)).toBeGreaterThan(5)
  expect(turns.at(-1)).toBeLessThanOrEqual(10)

  const soonest = answers.findIndex(({ retryAfter }) => retryAfter === turns[0])
  await wait((turns[0] ?? 0) * 1000)
  expect(await ask(event, keys[soonest])).toMatchObject({ status: 201 })
  expect(await sales.poolOf(event)).toMatchObject({ held: letIn + 1 })
})

test('a buyer may send so many orders in a minute; the next is refused and writes nothing', async () => {
  const event = await freeEvent()
  await withinOneMinute(async () => {
    const email = someBuyer()
    const from = someAddress()
    for (let count = 0; count < limits.perBuyerPerMinute; count++)
      expect(await ask(event, { email, from })).toMatchObject({ status: 201 })
    const before = await orders()
    const refused = await ask(event, { email, from })
    expect(refused).toMatchObject({ status: 429, code: 'too_busy' })
    expect(refused.retryAfter).toBeGreaterThan(0)
    expect(refused.retryAfter).toBeLessThanOrEqual(60)
    expect(await orders()).toBe(before)
    expect(await ask(event, { from })).toMatchObject({ status: 201 })
  })
})

test('orders that others send in somebody’s name do not keep him out, however many', async () => {
  const event = await freeEvent()
  const victim = someBuyer()
  const from = someAddress()
  const answers = []
  for (let count = 0; count < 10; count++) answers.push(await ask(event, { email: victim, from }))
  expect(answers.map(({ status }) => status)).toContain(429)
  expect(await ask(event, { email: victim })).toMatchObject({ status: 201 })
})

test('an address may send so many; what the viewer says of himself changes nothing', async () => {
  const event = await freeEvent()
  await withinOneMinute(async () => {
    const from = someAddress()
    const claims = () => ({
      'x-forwarded-for': someAddress(),
      forwarded: `for=${someAddress()}`,
      'x-real-ip': '1.2.3.4',
    })
    for (let count = 0; count < limits.perAddressPerMinute; count++)
      expect(await ask(event, { from, headers: claims() })).toMatchObject({ status: 201 })
    expect(await ask(event, { from, headers: claims() })).toMatchObject({ status: 429, code: 'too_busy' })
    const neighbour = from.replace(/::1$/, '::2')
    expect(await ask(event, { from: neighbour })).toMatchObject({ status: 429 })
    expect(await ask(event, { headers: { 'x-forwarded-for': from } })).toMatchObject({ status: 201 })
  })
})

test('the edge writes its own header over one that the viewer sends', async () => {
  const source = await readFile(new URL('../../infra/edge/viewer-address.js', import.meta.url), 'utf8')
  const headers = { 'x-viewer-address': { value: '1.2.3.4' }, 'x-forwarded-for': { value: '5.6.7.8' } }
  const event = { viewer: { ip: '203.0.113.9' }, request: { method: 'POST', uri: '/api/orders', headers } }
  const passed: typeof event.request = runInNewContext(`${source}\nhandler(event)`, { event })
  expect(passed.headers['x-viewer-address']).toEqual({ value: '203.0.113.9' })
})

/** Orders, tickets and stock; how often somebody asked is counted elsewhere. */
const orders = async () => {
  const items = await readAllItems(sales.database.client, [sales.table])
  return items
    .split('\n')
    .filter((item) => !item.includes("'ORDERS#"))
    .join('\n')
}
