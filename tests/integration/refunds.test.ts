import { randomUUID } from 'node:crypto'
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { EventRecord, Role } from '#domain/catalog.ts'
import { refundedMinor } from '#domain/order-changes.ts'
import type { Order } from '#domain/orders.ts'
import { app } from '#functions/organiser/routes.ts'
import { createScanStore } from '#functions/store/scans.ts'
import { refreshOrder } from '#functions/usecases/read-order.ts'
import { recordScans } from '#functions/usecases/record-scans.ts'
import { refundOrder } from '#functions/usecases/refund-order.ts'
import { memberStore, scanPorts, tokenVerifier } from '#functions/wiring.ts'
import { signedIn, testEnvironment } from '#tests/support/api.ts'
import { readBooks } from '#tests/support/event-books.ts'
import { portsOn } from '#tests/support/race.ts'
import { payByCard, pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'
import { tokenMaker } from '#tests/support/tokens.ts'
import { type Guard, guards, unguardedClient } from '#tests/support/unguarded-client.ts'

let sales: Sales
const tokens = tokenMaker({
  userPoolId: testEnvironment.COGNITO_USER_POOL_ID,
  clientId: testEnvironment.COGNITO_CLIENT_ID,
})

beforeAll(async () => {
  sales = await startSales()
  tokenVerifier().cacheJwks(tokens.jwks)
}, 30_000)
afterAll(() => sales.close())
afterEach(() => sales.control('outage', { mode: 'none' }))

async function eventWith(changes: Partial<EventRecord> = {}) {
  const startsAt = new Date(Date.now() + 1_800_000).toISOString()
  const event = await sales.addEvent({ startsAt, ...changes })
  const emailOf = (role: Role) => `${role}@${event.slug}.example`
  for (const role of ['owner', 'manager', 'finance', 'door'] as const) {
    const member = { organisationId: event.organisationId, email: emailOf(role), role }
    await memberStore().putMember(member, null)
  }
  return { event, as: (role: Role) => signedIn(app, tokens.idToken(emailOf(role))) }
}

async function buyIn(event: EventRecord, quantity = 2, card?: string): Promise<Order> {
  const { order, url } = await sales.buy(request(event, quantity))
  expect(await payByCard(url, card)).toBe(303)
  return refreshOrder(sales.ports, await sales.orderOf(order))
}

async function paidOrder(quantity = 2, card?: string) {
  const { event, as } = await eventWith()
  const order = await buyIn(event, quantity, card)
  expect(order.status).toBe('paid')
  const refund = (body: object, key: string = randomUUID(), role: Role = 'finance') =>
    as(role).call('POST', `/api/organiser/orders/${order.id}/refunds`, body, { 'idempotency-key': key })
  return { event, as, order, refund }
}

const atStripe = async ({ payment }: Order) =>
  (await sales.stripe.refunds.list({ payment_intent: payment?.paymentIntentId ?? '' })).data.map(({ amount }) => amount)

async function expectBalance(event: EventRecord, keptMinor: number): Promise<void> {
  const { heldAtStripeMinor, heldByOrdersMinor, heldByStatisticsMinor } = await readBooks(sales, event)
  expect({ heldAtStripeMinor, heldByOrdersMinor, heldByStatisticsMinor }).toEqual({
    ...{ heldAtStripeMinor: keptMinor, heldByOrdersMinor: keptMinor, heldByStatisticsMinor: keptMinor },
  })
}

async function admit(event: EventRecord, ticketId: string): Promise<void> {
  const code = sales.signer.signTicket({ eventId: event.id, ticketId })
  const scan = { scanId: randomUUID(), code, at: sales.ports.now(), gate: 'g', direction: 'in' as const }
  expect(await recordScans(scanPorts(), event, 'usr', [scan])).toMatchObject([{ verdict: 'admitted' }])
}

test('a whole order goes back: its tickets are revoked, its places are free, and Stripe, orders and statistics agree', async () => {
  const { event, order, refund } = await paidOrder(2)
  const answer = await refund({ reason: 'The singer is ill.' })
  expect(answer.status).toBe(201)
  expect(answer.json).toMatchObject({
    refund: { status: 'succeeded', cause: 'by_organiser', amount: { amountMinor: 5000 }, ticketIds: order.ticketIds },
    order: {
      status: 'refunded',
      refundable: { amountMinor: 0 },
      tickets: [{ status: 'revoked' }, { status: 'revoked' }],
    },
  })
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, sold: 0 })
  expect(await atStripe(order)).toEqual([5000])
  expect(await sales.statistics.readStatistics(event.id)).toMatchObject({ sold: 0, orders: 1, refundedMinor: 5000 })
  await expectBalance(event, 0)
})

test('tickets and amounts go back in parts that add up to the last cent, and never beyond', async () => {
  const { event, order, refund } = await paidOrder(3)
  const [first = '', second = '', third = ''] = order.ticketIds
  expect((await refund({ ticketIds: [second], reason: 'r' })).json).toMatchObject({
    refund: { amount: { amountMinor: 2500 } },
    order: { status: 'partly_refunded', tickets: [{ status: 'valid' }, { status: 'revoked' }, { status: 'valid' }] },
  })
  expect((await refund({ amountMinor: 1, reason: 'r' })).status).toBe(201)
  expect((await refund({ amountMinor: 5000, reason: 'r' })).json).toMatchObject({ code: 'refund_too_large' })
  expect((await refund({ ticketIds: [second], reason: 'r' })).json).toMatchObject({ code: 'ticket_revoked' })
  expect((await refund({ ticketIds: [first, third], reason: 'r' })).json).toMatchObject({
    refund: { amount: { amountMinor: 4999 } },
    order: { status: 'refunded' },
  })
  expect((await refund({ reason: 'r' })).json).toMatchObject({ code: 'nothing_to_refund' })
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, sold: 0 })
  expect((await atStripe(order)).toSorted()).toEqual([1, 2500, 4999])
  await expectBalance(event, 0)
})

test.each([
  ['nothing named', {}, 'invalid_request'],
  ['tickets and an amount', { ticketIds: [`tkt_${'0'.repeat(26)}`], amountMinor: 1, reason: 'r' }, 'invalid_request'],
  ['no ticket at all', { ticketIds: [], reason: 'r' }, 'invalid_request'],
  ['half a cent', { amountMinor: 0.5, reason: 'r' }, 'invalid_request'],
  ['less than nothing', { amountMinor: -100, reason: 'r' }, 'invalid_request'],
  ['an amount in words', { amountMinor: '100', reason: 'r' }, 'invalid_request'],
  ['a reason of two lines', { reason: 'a\nb' }, 'invalid_request'],
  ['a billion', { amountMinor: 1e9, reason: 'r' }, 'refund_too_large'],
])('%s is refused and changes nothing', async (_, body, code) => {
  const { order, refund } = await paidOrder(1)
  expect((await refund(body)).json.code).toBe(code)
  expect(await sales.orderOf(order)).toEqual(order)
})

test('a ticket of another order is refused, and so is an order that was never paid', async () => {
  const { event, order, refund, as } = await paidOrder(1)
  const other = await buyIn(event, 1)
  expect((await refund({ ticketIds: other.ticketIds, reason: 'r' })).json.code).toBe('unknown_ticket')
  const { order: held } = await sales.buy(request(event, 1))
  const headers = { 'idempotency-key': randomUUID() }
  const answer = await as('owner').call('POST', `/api/organiser/orders/${held.id}/refunds`, { reason: 'r' }, headers)
  expect(answer.json.code).toBe('order_not_paid')
  expect(await sales.orderOf(order)).toEqual(order)
})

test('free tickets are ended without money, once under one key: places and limit are free, and Stripe hears of nothing', async () => {
  const { event, as } = await eventWith({ maxPerBuyer: 3 })
  const ticketTypes = event.ticketTypes.map((type) => ({ ...type, priceMinor: 0 }))
  await sales.changeEvent(event, { ticketTypes })
  const { order } = await sales.buy(request(event, 3))
  expect(order.status).toBe('paid')
  const refund = (body: object, key: string = randomUUID()) =>
    as('finance').call('POST', `/api/organiser/orders/${order.id}/refunds`, body, { 'idempotency-key': key })
  const [first = '', ...others] = order.ticketIds
  const key = randomUUID()
  const wish = { ticketIds: [first], reason: 'You said that you are ill.' }
  const answers = await Promise.all([refund(wish, key), refund(wish, key), refund(wish, key)])
  for (const { json } of answers)
    expect(json).toMatchObject({
      refund: { status: 'succeeded', amount: { amountMinor: 0 }, ticketIds: [first] },
      order: { status: 'paid', tickets: [{ status: 'revoked' }, { status: 'valid' }, { status: 'valid' }] },
    })
  expect((await refund({ amountMinor: 1, reason: 'r' })).json.code).toBe('nothing_to_refund')
  await admit(event, others[0] ?? '')
  expect((await refund({ reason: 'r' })).json.code).toBe('ticket_admitted')
  expect((await refund({ ticketIds: [others[1]], reason: 'r' })).status).toBe(201)
  expect(await sales.poolOf(event)).toMatchObject({ left: 49, sold: 1 })
  expect((await sales.orderOf(order)).refunds).toHaveLength(2)
  expect((await sales.buy(request(event, 2))).order.status).toBe('paid')
  await expectBalance(event, 0)
})

test('an order whose price went back as an amount is ended afterwards, with nothing more to return', async () => {
  const { event, order, refund } = await paidOrder(2)
  expect((await refund({ amountMinor: 5000, reason: 'A gesture.' })).json.order.status).toBe('partly_refunded')
  const ended = await refund({ reason: 'You sold them twice.' })
  expect(ended.json).toMatchObject({ refund: { amount: { amountMinor: 0 } }, order: { status: 'refunded' } })
  expect((await refund({ reason: 'r' })).json.code).toBe('nothing_to_refund')
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, sold: 0 })
  expect(await atStripe(order)).toEqual([5000])
  await expectBalance(event, 0)
})

test('a repeat under one key is answered with the first refund; another wish under it is refused', async () => {
  const { event, order, refund } = await paidOrder(2)
  const key = randomUUID()
  const wish = { amountMinor: 700, reason: 'Sorry.' }
  const answers = await Promise.all(Array.from({ length: 5 }, () => refund(wish, key)))
  expect(new Set(answers.map(({ json }) => json.refund.id)).size).toBe(1)
  expect((await refund({ ...wish, amountMinor: 701 }, key)).json.code).toBe('idempotency_key_reused')
  expect((await refund(wish, '')).json.code).toBe('idempotency_key_missing')
  expect((await refund(wish, key, 'owner')).json.refund.id).not.toBe(answers[0]?.json.refund.id)
  expect(await atStripe(order)).toEqual([700, 700])
  await expectBalance(event, 3600)
})

test('a ticket that was admitted keeps its money in the order until an amount is named', async () => {
  const { event, order, refund } = await paidOrder(2)
  await admit(event, order.ticketIds[0] ?? '')
  expect((await refund({ reason: 'r' })).json.code).toBe('ticket_admitted')
  expect((await refund({ ticketIds: [order.ticketIds[0]], reason: 'r' })).json.code).toBe('ticket_admitted')
  expect((await refund({ ticketIds: [order.ticketIds[1]], reason: 'r' })).status).toBe(201)
  expect((await refund({ amountMinor: 2500, reason: 'The sound was bad.' })).json.order.status).toBe('partly_refunded')
  expect(await sales.poolOf(event)).toMatchObject({ left: 49, sold: 1 })
  await expectBalance(event, 0)
})

test.each(['down', 'unreachable'])(
  'while Stripe is %s a refund is pending and counts; the sweeper sends it once',
  async (mode) => {
    const { event, order, refund } = await paidOrder(2)
    await sales.forget()
    await sales.control('outage', { mode })
    const answer = await refund({ amountMinor: 3000, reason: 'r' })
    expect(answer.json).toMatchObject({ refund: { status: 'pending' }, order: { refundable: { amountMinor: 2000 } } })
    expect((await refund({ amountMinor: 2001, reason: 'r' })).json.code).toBe('refund_too_large')
    await sales.control('outage', { mode: 'none' })
    sales.clock.aheadMs = 61_000
    await Promise.all([sales.sweep(), sales.sweep()])
    sales.clock.aheadMs = 0
    expect(await sales.orderOf(order)).toMatchObject({ dueAt: null, refunds: [{ status: 'succeeded' }] })
    expect(await atStripe(order)).toEqual([3000])
    await expectBalance(event, 2000)
  },
)

test.each([
  [0, 'its key'],
  [19, 'its key'],
  [25, 'our id in it'],
])(
  'a part whose answer was lost and that is asked for again %i hours later is paid once: Stripe knows it by %s',
  async (hours) => {
    const { event, order, refund } = await paidOrder(2)
    await sales.forget()
    await sales.control('outage', { mode: 'lost_answers', rate: 1 })
    expect((await refund({ amountMinor: 2000, reason: 'r' })).json).toMatchObject({ refund: { status: 'pending' } })
    await sales.control('outage', { mode: 'none' })
    if (hours > 0) await sales.control('advance-clock', { seconds: hours * 3600 })
    sales.clock.aheadMs = hours * 3_600_000 + 61_000
    await sales.sweep()
    sales.clock.aheadMs = 0
    expect(await sales.orderOf(order)).toMatchObject({ dueAt: null, refunds: [{ status: 'succeeded' }] })
    expect(await atStripe(order)).toEqual([2000])
    await expectBalance(event, 3000)
  },
)

/** Nobody goes on from such a read before so many have read. */
function meeting(count: number) {
  let waiting = count
  const { promise: allHaveRead, resolve } = Promise.withResolvers<void>()
  return <A extends unknown[], T>(read: (...of: A) => Promise<T>) =>
    async (...of: A): Promise<T> => {
      const found = await read(...of)
      if (--waiting === 0) resolve()
      await allHaveRead
      return found
    }
}

async function refundTogether(client: DynamoDBDocumentClient, order: Order, count: number) {
  const { orders, ...others } = portsOn(sales, client)
  const ports = { ...others, orders: { ...orders, getOrder: meeting(count)(orders.getOrder) } }
  const one = (at: number) =>
    refundOrder(ports, order.id, { amountMinor: 4000, reason: `${at}` }, { userId: `usr${at}`, key: randomUUID() })
  return Promise.allSettled(Array.from({ length: count }, (_, at) => one(at)))
}

test('managers who refund one order at once never return more than was paid', async () => {
  for (let round = 0; round < 10; round++) {
    const { event, order } = await paidOrder(2)
    const settled = await refundTogether(sales.client, order, 3)
    const outcomes = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(outcomes).toHaveLength(3)
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    for (const outcome of outcomes) if (!outcome.ok) expect(outcome.refusal.code).toBe('refund_too_large')
    expect(await atStripe(order)).toEqual([4000])
    await expectBalance(event, 1000)
  }
}, 60_000)

test('negative control: without the condition on the version the same managers return more than was paid', async () => {
  const { event, order } = await paidOrder(2)
  await refundTogether(unguarded(guards.orderIsUnchanged), order, 3)
  const { refundedMinor: counted } = await sales.statistics.readStatistics(event.id)
  expect(counted).toBeGreaterThan(5000)
  expect(refundedMinor(await sales.orderOf(order))).toBeLessThan(counted)
})

const unguarded = (guard: Guard) => unguardedClient(sales.database.endpoint, guard)

async function refundAtTheDoor(client: DynamoDBDocumentClient) {
  const { event, order } = await paidOrder(1)
  const code = sales.signer.signTicket({ eventId: event.id, ticketId: order.ticketIds[0] ?? '' })
  const scan = { scanId: randomUUID(), code, at: sales.ports.now(), gate: 'g', direction: 'in' as const }
  const meet = meeting(2)
  const { tickets, ...others } = portsOn(sales, client)
  const office = { ...others, tickets: { ...tickets, getTickets: meet(tickets.getTickets) } }
  const door = { ...scanPorts(), ...createScanStore(client, sales.table), ticket: meet(tickets.getTicket) }
  const [refunded, [record]] = await Promise.all([
    refundOrder(office, order.id, { reason: 'r' }, { userId: 'usr', key: randomUUID() }),
    recordScans(door, event, 'usr', [scan]),
  ])
  return { event, verdict: record?.verdict, answer: refunded.ok ? 'refunded' : refunded.refusal.code }
}

test('a refund and the door meet on one ticket: it is admitted or given back, never both', async () => {
  for (let round = 0; round < 10; round++) {
    const { event, answer, verdict } = await refundAtTheDoor(sales.client)
    const isRefunded = answer === 'refunded'
    expect([answer, verdict]).toEqual(isRefunded ? ['refunded', 'revoked'] : ['ticket_admitted', 'admitted'])
    await expectBalance(event, isRefunded ? 0 : 2500)
  }
}, 60_000)

test('negative control: where a ticket may be given back though it was used, and used though it was given back, both happen', async () => {
  const { answer, verdict } = await refundAtTheDoor(unguarded(guards.ticketIsUnused))
  expect([answer, verdict]).toEqual(['refunded', 'admitted'])
})

test('orders are listed the newest first, in pages, each once, and found by buyer, attendee or id', async () => {
  const floor = pool(50)
  const { event, as } = await eventWith({ pools: [floor], ticketTypes: [ticketType([floor.id], { priceMinor: 0 })] })
  const placed: string[] = []
  for (let count = 0; count < 7; count++) {
    const buyer = { name: `Buyer ${count}`, email: `b${count}@example.org` }
    const attendees = count === 3 ? [{ name: 'Zoë Ångström' }] : []
    placed.unshift((await sales.buy(request(event, 1, { buyer, attendees }))).order.id)
  }
  const path = `/api/organiser/events/${event.id}/orders`
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { json } = await as('finance').call('GET', `${path}?limit=3${cursor ? `&cursor=${cursor}` : ''}`)
    seen.push(...json.orders.map(({ id }: { id: string }) => id))
    cursor = json.cursor
  }
  expect(seen).toEqual(placed)
  for (const text of ['zoe ang', 'buyer 3', 'B3@', placed[3] ?? '']) {
    const { json } = await as('owner').call('GET', `${path}?search=${encodeURIComponent(text)}`)
    expect(json.orders).toMatchObject([{ id: placed[3], quantity: 1, status: 'paid' }])
  }
})
