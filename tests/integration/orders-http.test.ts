import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { app } from '#functions/orders/routes.ts'
import { catalogAccess, dynamo, memberStore, tokenVerifier } from '#functions/wiring.ts'
import { browser, signedIn, siteUrl, testEnvironment } from '#tests/support/api.ts'
import { goesWrong } from '#tests/support/race.ts'
import { newId, payByCard, request, type Sales, startSales } from '#tests/support/sales.ts'
import { tokenMaker } from '#tests/support/tokens.ts'
import { guards, unguarded } from '#tests/support/unguarded-client.ts'

let sales: Sales
let event: EventRecord
const tokens = tokenMaker({
  userPoolId: testEnvironment.COGNITO_USER_POOL_ID,
  clientId: testEnvironment.COGNITO_CLIENT_ID,
})
const guest = browser(app)
const as = (email: string) => signedIn(app, tokens.idToken(email))

beforeAll(async () => {
  sales = await startSales()
  tokenVerifier().cacheJwks(tokens.jwks)
}, 30_000)
afterAll(() => sales.close())
beforeEach(async () => {
  event = await sales.addEvent()
})

const post = (body: unknown, key: string = randomUUID()) =>
  guest.call('POST', '/api/orders', body, { 'idempotency-key': key })

async function placed(quantity = 2, email = `${randomUUID()}@example.org`) {
  const answer = await post(request(event, quantity, { buyer: { name: 'Ada', email } }))
  expect(answer.status).toBe(201)
  const { order, key, payment } = answer.json
  const withKey = { 'x-order-key': key }
  return { order, key, payment, email, withKey, path: `/api/orders/${order.id}` }
}

async function paid(quantity = 2, email?: string) {
  const bought = await placed(quantity, email)
  expect(await payByCard(bought.payment.url)).toBe(303)
  const answer = await guest.call('GET', bought.path, undefined, bought.withKey)
  expect(answer.json.order.status).toBe('paid')
  return { ...bought, order: answer.json.order }
}

test('an order is placed, paid and shown with its ticket codes, the price from the stored event', async () => {
  const { order } = await paid(2)
  expect(order).toMatchObject({
    event: { id: event.id, name: 'Late Set' },
    total: { amountMinor: 5000, currency: 'EUR' },
    lines: [{ quantity: 2, unitPrice: { amountMinor: 2500, currency: 'EUR' } }],
    cancellable: true,
    refunds: [],
  })
  expect(order.tickets).toHaveLength(2)
  for (const ticket of order.tickets)
    expect(sales.signer.verifyTicket(ticket.code)).toEqual({ ok: true, eventId: event.id, ticketId: ticket.id })
})

test('the payment page leads back to the order, its key in the fragment only', async () => {
  const { order, key } = await placed()
  const stored = await sales.orderOf(order)
  const session = await sales.stripe.checkout.sessions.retrieve(stored.payment?.sessionId ?? '')
  expect(session.success_url).toBe(`${siteUrl}/order/?from=success#id=${order.id}&key=${key}`)
  expect(session.cancel_url).toBe(`${siteUrl}/order/?from=payment#id=${order.id}&key=${key}`)
  expect(session.expires_at).toBeGreaterThan(Date.parse(order.holdExpiresAt) / 1000 + 25 * 60)
})

const good = () => ({
  eventId: event.id,
  lines: [{ ticketTypeId: event.ticketTypes[0]?.id, quantity: 1 }],
  buyer: { name: 'Ada', email: 'ada@example.org' },
})
test('without an Idempotency-Key, or with a body that is no JSON, nothing is placed', async () => {
  expect((await guest.call('POST', '/api/orders', good())).json.code).toBe('idempotency_key_missing')
  const answer = await app.request('/api/orders', {
    method: 'POST',
    body: '{',
    headers: { 'idempotency-key': randomUUID() },
  })
  expect(answer.status).toBe(400)
  expect(await sales.poolOf(event)).toMatchObject({ left: 50 })
})

test('twenty equal requests at once get one answer', async () => {
  const key = randomUUID()
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(good(), key)))
  const seen = new Set(
    answers.map(({ status, json }) => `${status} ${json.order?.id} ${json.key} ${json.payment?.url}`),
  )
  expect([...seen]).toEqual([expect.stringMatching(/^201 ord_\w+ \S{32} http/)])
  expect(await sales.poolOf(event)).toMatchObject({ left: 49, held: 1 })
})

test('an order is there for its key, its buyer and the organiser’s books; for all others it does not exist', async () => {
  const { path, key, email, withKey } = await placed()
  const another = await placed()
  for (const role of ['owner', 'manager', 'finance', 'door'] as const)
    await memberStore().putMember({ organisationId: event.organisationId, email: `${role}@x.example`, role }, null)
  const strangers = newId('org')
  await memberStore().putMember({ organisationId: strangers, email: 'owner@y.example', role: 'owner' }, null)
  expect(await catalogAccess().roleOf(event.organisationId, 'owner@x.example')).toBe('owner')

  const read = async (browserOf: typeof guest, headers = {}, query = '') =>
    (await browserOf.call('GET', path + query, undefined, headers)).status
  expect(await read(guest, withKey)).toBe(200)
  expect(await read(guest, {}, `?key=${key}`)).toBe(200)
  for (const allowed of [email, 'owner@x.example', 'manager@x.example', 'finance@x.example'])
    expect([allowed, await read(as(allowed))]).toEqual([allowed, 200])
  expect(await read(guest)).toBe(404)
  expect(await read(guest, another.withKey)).toBe(404)
  expect(await read(guest, { 'x-order-key': '' })).toBe(404)
  for (const stranger of ['nobody@example.org', 'owner@y.example', 'door@x.example'])
    expect([stranger, await read(as(stranger))]).toEqual([stranger, 404])

  for (const action of ['payment', 'extend', 'cancel']) {
    for (const stranger of [guest, as('nobody@example.org'), as('owner@x.example')])
      expect((await stranger.call('POST', `${path}/${action}`)).status).toBe(404)
    expect((await guest.call('POST', `${path}/${action}`, undefined, another.withKey)).status).toBe(404)
  }
  expect((await guest.call('GET', '/api/orders/ord_nonsense')).status).toBe(404)
})

test('the hold can be extended once and given up; its page is closed then', async () => {
  const { path, withKey, payment, order } = await placed(2)
  const act = async (action: string) => guest.call('POST', `${path}/${action}`, undefined, withKey)
  expect((await act('payment')).json).toEqual({ url: payment.url })
  const extended = (await act('extend')).json.order
  expect(Date.parse(extended.holdExpiresAt) - Date.parse(order.holdExpiresAt)).toBe(10 * 60_000)
  expect((await act('extend')).json.code).toBe('hold_already_extended')
  expect((await act('cancel')).json.order).toMatchObject({ status: 'cancelled', cancellable: false })
  expect((await act('cancel')).json.order).toMatchObject({ status: 'cancelled' })
  expect((await act('payment')).json.code).toBe('order_not_payable')
  expect(await payByCard(payment.url)).toBe(410)
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, held: 0 })
})

test('a paid order is cancelled by the event’s policy: money back, tickets revoked, stock returned', async () => {
  const { path, withKey } = await paid(2)
  const cancelled = await guest.call('POST', `${path}/cancel`, undefined, withKey)
  expect(cancelled.json.order).toMatchObject({
    status: 'cancelled',
    refunds: [{ amount: { amountMinor: 5000, currency: 'EUR' }, status: 'succeeded' }],
  })
  for (const ticket of cancelled.json.order.tickets) {
    expect(ticket.status).toBe('revoked')
    expect(ticket.code).toBeUndefined()
  }
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, held: 0, sold: 0 })
  expect(await sales.statistics.readStatistics(event.id)).toMatchObject({
    orders: 1,
    sold: 0,
    revenueMinor: 5000,
    refundedMinor: 5000,
  })
})

/** Others have places, too: what is given back twice would be theirs. */
async function cancelFiveTimes() {
  event = await sales.addEvent()
  await paid(8)
  const { path, withKey, order } = await paid(1)
  const cancel = () => guest.call('POST', `${path}/cancel`, undefined, withKey)
  const answers = await Promise.all(Array.from({ length: 5 }, cancel))
  const { refundedMinor } = await sales.statistics.readStatistics(event.id)
  return { order, statuses: answers.map(({ status }) => status), refundedMinor, stock: await sales.poolOf(event) }
}

test('five cancellations at once refund once', async () => {
  const { order, statuses, refundedMinor, stock } = await cancelFiveTimes()
  expect(statuses).toEqual(Array(5).fill(200))
  expect((await sales.orderOf(order)).refunds).toHaveLength(1)
  expect(refundedMinor).toBe(2500)
  expect(stock).toMatchObject({ left: 42, sold: 8 })
})

test('negative control: where an order may end from what it no longer is, others’ places are given back', async () => {
  const isTwice = async () => {
    const { refundedMinor, stock } = await cancelFiveTimes()
    return refundedMinor > 2500 && stock.sold < 8
  }
  const { orderIsUnchanged, ticketIsUnused } = guards
  expect(await unguarded(dynamo(), [orderIsUnchanged, ticketIsUnused], () => goesWrong(isTwice))).toBe(true)
})

test('too late for the policy, a paid order stays', async () => {
  event = await sales.addEvent({ cancellation: { refundableUntilHours: null } })
  const { path, withKey, order } = await paid(1)
  expect(order.cancellable).toBe(false)
  expect((await guest.call('POST', `${path}/cancel`, undefined, withKey)).json.code).toBe('not_cancellable')
})

test('availability is cached at the edge for two seconds and tells numbers only when the organiser shows them', async () => {
  const secret = await guest.call('GET', `/api/events/${event.id}/availability`)
  expect(secret.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=2, stale-while-revalidate=30')
  expect(secret.json).toEqual({
    eventState: 'on_sale',
    ticketTypes: [{ id: event.ticketTypes[0]?.id, state: 'on_sale', priceMinor: 2500 }],
  })
  event = await sales.addEvent({ showsRemaining: true })
  for (let count = 0; count < 4; count++) await placed(10)
  const shown = await guest.call('GET', `/api/events/${event.id}/availability`)
  expect(shown.json).toMatchObject({ eventState: 'low', ticketTypes: [{ state: 'low', left: 10 }] })
  await placed(10)
  expect((await guest.call('GET', `/api/events/${event.id}/availability`)).json.eventState).toBe('sold_out')
  const draft = await sales.addEvent({ status: 'draft' })
  for (const id of [draft.id, newId('evt'), 'x'])
    expect((await guest.call('GET', `/api/events/${id}/availability`)).status).toBe(404)
})

test('a signed-in buyer sees all orders of his address, guest orders included, page by page', async () => {
  const email = `${randomUUID()}@example.org`
  const ids: string[] = []
  for (let count = 0; count < 3; count++) ids.unshift((await placed(1, email)).order.id)
  await placed(1)
  const buyer = as(email)
  const first = (await buyer.call('GET', '/api/me/orders?limit=2')).json
  const second = (await buyer.call('GET', `/api/me/orders?limit=2&cursor=${first.cursor}`)).json
  expect([...first.orders, ...second.orders].map(({ id }: { id: string }) => id)).toEqual(ids)
  expect(second.cursor).toBeNull()
  expect(sales.signer.isOrderKey(ids[0] ?? '', first.orders[0].key)).toBe(true)
  expect((await guest.call('GET', '/api/me/orders')).status).toBe(401)
})

test('while Stripe is down the tickets are kept, and the same request opens the page later', async () => {
  const key = randomUUID()
  await sales.control('outage', { mode: 'down' })
  const refused = await post(good(), key)
  expect(refused.json).toMatchObject({ status: 503, code: 'payment_unavailable' })
  expect(refused.headers.get('retry-after')).toBe('5')
  expect(await sales.poolOf(event)).toMatchObject({ held: 1 })
  await sales.control('outage', { mode: 'none' })
  const answer = await post(good(), key)
  expect(answer.status).toBe(201)
  expect(await sales.poolOf(event)).toMatchObject({ held: 1 })
  expect(await payByCard(answer.json.payment.url)).toBe(303)
})
