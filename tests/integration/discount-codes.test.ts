import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import type { DiscountCode, DiscountCodeInput } from '#domain/discount-codes.ts'
import { releaseHold } from '#domain/order-changes.ts'
import { createOrderStore } from '#functions/store/orders.ts'
import { cancelOrder } from '#functions/usecases/cancel-order.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { receivePayment } from '#functions/usecases/receive-payment.ts'
import { tryCode } from '#functions/usecases/try-code.ts'
import { goesWrong } from '#tests/support/race.ts'
import { paidCheckout, payByCard, pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'
import { guards, unguarded, unguardedClient } from '#tests/support/unguarded-client.ts'

let sales: Sales
beforeAll(async () => {
  sales = await startSales()
}, 30_000)
afterAll(() => sales.close())
beforeEach(() => sales.forget())

const half: DiscountCodeInput = {
  discount: { kind: 'percent', basisPoints: 5000 },
  unlocks: [],
  ticketTypeIds: null,
  maxUses: null,
  budgetMinor: null,
  validFrom: null,
  validUntil: null,
}

async function addCode(event: EventRecord, changes: Partial<DiscountCodeInput> = {}, name = 'HALF') {
  const code = await sales.codes.putCode(event.id, name, { ...half, ...changes }, 0)
  if (code === 'stale_version') throw new Error(code)
  return code
}

const codeOf = async (event: EventRecord): Promise<DiscountCode> => {
  const code = await sales.codes.getCode(event.id, 'HALF')
  if (!code) throw new Error('no such code')
  return code
}

const place = (event: EventRecord, quantity = 1, code = 'half', orders = sales.ports.orders) =>
  placeOrder({ ...sales.ports, orders }, request(event, quantity, { code }), randomUUID())

const refused = (code: string) => ({ ok: false, refusal: { code } })

test('a code makes the order cheaper, is counted with the hold, and charged as shown', async () => {
  const event = await sales.addEvent()
  await addCode(event, { maxUses: 10 })
  const { order, url } = await sales.buy(request(event, 3, { code: ' half ' }))
  expect(order).toMatchObject({
    total: { amountMinor: 3750 },
    discountCode: { code: 'HALF', uses: 3, discountMinor: 3750 },
  })
  expect(await codeOf(event)).toMatchObject({ uses: 3, spentMinor: 3750, version: 1 })
  await payByCard(url)
  const { payment } = await sales.orderOf(order)
  const session = await sales.stripe.checkout.sessions.retrieve(payment?.sessionId ?? '')
  expect(session.amount_total).toBe(3750)
})

test('one use left, raced by a hundred: one gets it, and the others are told', async () => {
  const floor = pool(200)
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id])] })
  await addCode(event, { maxUses: 1 })
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => place(event)))
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
  expect(outcomes.filter(({ ok }) => !ok)).toEqual(Array(99).fill(refused('code_used_up')))
  expect(await codeOf(event)).toMatchObject({ uses: 1 })
  expect(await sales.poolOf(event)).toMatchObject({ left: 199, held: 1 })
}, 30_000)

test('negative control: without the condition on uses the same race uses the code more than once', async () => {
  const floor = pool(200)
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id])] })
  await addCode(event, { maxUses: 1 })
  const orders = createOrderStore(unguardedClient(sales.database.endpoint, guards.codeHasRoom), sales.table)
  const outcomes = await Promise.all(Array.from({ length: 100 }, () => place(event, 1, 'half', orders)))
  expect(outcomes.filter(({ ok }) => ok).length).toBeGreaterThan(1)
  expect((await codeOf(event)).uses).toBeGreaterThan(1)
}, 30_000)

async function spendBudget() {
  const event = await sales.addEvent()
  await addCode(event, { budgetMinor: 5000 })
  return { event, outcomes: await Promise.all(Array.from({ length: 20 }, () => place(event))) }
}

test('a budget in money is never exceeded, whoever is fastest', async () => {
  const { event, outcomes } = await spendBudget()
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(4)
  expect(await codeOf(event)).toMatchObject({ uses: 4, spentMinor: 5000 })
}, 30_000)

test('negative control: without the condition on what is spent the same orders go over the budget', async () => {
  const isOver = async () => (await codeOf((await spendBudget()).event)).spentMinor > 5000
  expect(await unguarded(sales.client, [guards.codeHasRoom], () => goesWrong(isOver))).toBe(true)
})

test('an order for more than is left of a code is refused whole', async () => {
  const event = await sales.addEvent()
  await addCode(event, { maxUses: 2 })
  expect(await place(event, 3)).toEqual(refused('code_used_up'))
  expect(await place(event, 2)).toMatchObject({ ok: true })
  expect(await place(event, 1)).toEqual(refused('code_used_up'))
})

test('uses come back when the hold ends, and when a paid order is cancelled', async () => {
  const event = await sales.addEvent()
  await addCode(event, { maxUses: 4, budgetMinor: 5000 })
  const expiring = await place(event)
  const cancelled = await place(event)
  const { order: paid } = await sales.buy(request(event, 2, { code: 'HALF' }))
  expect(await place(event)).toEqual(refused('code_used_up'))
  if (!cancelled.ok || !expiring.ok) throw new Error('not placed')

  await cancelOrder(sales.ports, cancelled.value.id)
  expect(await codeOf(event)).toMatchObject({ uses: 3, spentMinor: 3750 })
  await receivePayment(sales.ports, paidCheckout(await sales.orderOf(paid)))
  expect(await codeOf(event)).toMatchObject({ uses: 3 })
  sales.clock.aheadMs = 16 * 60_000
  await sales.sweep()
  expect(await sales.orderOf(expiring.value)).toMatchObject({ status: 'expired' })
  expect(await codeOf(event)).toMatchObject({ uses: 2, spentMinor: 2500 })
})

test('a late payment takes its use again, or is refunded when the code has none left', async () => {
  const event = await sales.addEvent()
  await addCode(event, { maxUses: 1 })
  const lateOrder = async () => {
    const { order, url } = await sales.buy(request(event, 1, { code: 'HALF' }))
    await payByCard(url)
    const held = await sales.orderOf(order)
    await sales.ports.orders.commitChange(releaseHold(held, 'expired', sales.ports.now()))
    return { order, checkout: await sales.ports.payments.readCheckout(held.payment?.sessionId ?? '') }
  }
  const unlucky = await lateOrder()
  expect(await codeOf(event)).toMatchObject({ uses: 0 })
  const lucky = await lateOrder()
  await receivePayment(sales.ports, lucky.checkout)
  expect(await sales.orderOf(lucky.order)).toMatchObject({ status: 'paid', refunds: [] })
  expect(await codeOf(event)).toMatchObject({ uses: 1, spentMinor: 1250 })
  await receivePayment(sales.ports, unlucky.checkout)
  expect(await sales.orderOf(unlucky.order)).toMatchObject({ status: 'expired', refunds: [{ amountMinor: 1250 }] })
  expect(await codeOf(event)).toMatchObject({ uses: 1 })
})

test('a late payment whose code is edited at that moment takes its use all the same', async () => {
  const event = await sales.addEvent()
  await addCode(event, { maxUses: 5 })
  const { order, url } = await sales.buy(request(event, 1, { code: 'HALF' }))
  await payByCard(url)
  const held = await sales.orderOf(order)
  await sales.ports.orders.commitChange(releaseHold(held, 'expired', sales.ports.now()))
  const checkout = await sales.ports.payments.readCheckout(held.payment?.sessionId ?? '')
  let reads = 0
  const getCode: typeof sales.codes.getCode = async (...of) => {
    const read = await sales.codes.getCode(...of)
    if (reads++ === 0) await sales.codes.putCode(event.id, 'HALF', { ...half, maxUses: 4 }, 1)
    return read
  }
  await receivePayment({ ...sales.ports, orders: { ...sales.ports.orders, getCode } }, checkout)
  expect(await sales.orderOf(order)).toMatchObject({ status: 'paid', refunds: [] })
  expect(await codeOf(event)).toMatchObject({ uses: 1 })
})

test('a code that makes the order free sells it at once', async () => {
  const event = await sales.addEvent()
  await addCode(event, { discount: { kind: 'percent', basisPoints: 10_000 }, maxUses: 1 })
  expect(await place(event)).toMatchObject({ ok: true, value: { status: 'paid', total: { amountMinor: 0 } } })
  expect(await place(event)).toEqual(refused('code_used_up'))
  expect((await sales.statistics.readStatistics(event.id)).discountMinor).toBe(2500)
})

test('an unknown, removed, foreign, early or unfitting code is refused, and nothing is written', async () => {
  const [event, other] = [await sales.addEvent(), await sales.addEvent()]
  const [only] = [event.ticketTypes[0]?.id ?? '']
  await addCode(other)
  expect(await place(event)).toEqual(refused('unknown_code'))
  await addCode(event, { validFrom: '2999-01-01T00:00:00.000Z' }, 'EARLY')
  expect(await place(event, 1, 'early')).toEqual(refused('code_not_valid_now'))
  await addCode(event, { ticketTypeIds: [other.ticketTypes[0]?.id ?? ''] }, 'OTHERS')
  expect(await place(event, 1, 'others')).toEqual(refused('code_not_for_these'))
  await addCode(event, { ticketTypeIds: [only] }, 'GONE')
  await sales.codes.removeCode(event.id, 'GONE')
  expect(await place(event, 1, 'gone')).toEqual(refused('unknown_code'))
  expect(await sales.poolOf(event)).toMatchObject({ left: 50, held: 0 })
})

test('an edit keeps the count, a removed code that comes again goes on counting, and a stale edit is refused', async () => {
  const event = await sales.addEvent()
  await addCode(event, { maxUses: 5 })
  await place(event, 2)
  expect(await sales.codes.putCode(event.id, 'HALF', { ...half, maxUses: 2 }, 1)).toMatchObject({ version: 2, uses: 2 })
  expect(await sales.codes.putCode(event.id, 'HALF', half, 1)).toBe('stale_version')
  expect(await place(event)).toEqual(refused('code_used_up'))
  expect(await sales.codes.removeCode(event.id, 'HALF')).toBe(true)
  expect(await sales.codes.listCodes(event.id)).toEqual([])
  expect(await sales.codes.putCode(event.id, 'HALF', { ...half, maxUses: 3 }, 0)).toMatchObject({ uses: 2 })
  expect(await place(event, 2)).toEqual(refused('code_used_up'))
  expect(await place(event, 1)).toMatchObject({ ok: true })
  expect((await sales.codes.listCodes(event.id)).map(({ code, uses }) => [code, uses])).toEqual([['HALF', 3]])
})

test('an edit between reading a code and holding is noticed: the order is priced again', async () => {
  const event = await sales.addEvent()
  await addCode(event)
  let reads = 0
  const getCode: typeof sales.codes.getCode = async (...of) => {
    const read = await sales.codes.getCode(...of)
    if (reads++ === 0)
      await sales.codes.putCode(event.id, 'HALF', { ...half, discount: { kind: 'percent', basisPoints: 1000 } }, 1)
    return read
  }
  const placed = await place(event, 1, 'half', { ...sales.ports.orders, getCode })
  expect(placed).toMatchObject({ ok: true, value: { total: { amountMinor: 2250 } } })
  expect(reads).toBe(2)
})

test('a code reveals its hidden type and what it takes off, and nothing to those who do not have it', async () => {
  const floor = pool(50)
  const [shown, hidden] = [ticketType([floor.id]), ticketType([floor.id], { name: 'Friends', hidden: true })]
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [shown, hidden] })
  await addCode(event, { unlocks: [hidden.id], ticketTypeIds: [hidden.id] })
  const ports = { ...sales.ports, getCode: sales.codes.getCode, readShards: sales.stock.readShards }
  expect(await tryCode(ports, event.id, 'Half')).toMatchObject({
    value: {
      ticketTypes: [{ id: hidden.id, priceMinor: 2500, discountMinor: 1250, isUnlocked: true, state: 'on_sale' }],
    },
  })
  expect(await tryCode(ports, event.id, 'Halff')).toEqual(refused('unknown_code'))
  const lines = [{ ticketTypeId: hidden.id, quantity: 2 }]
  const order = (code?: string) =>
    placeOrder(sales.ports, request(event, 1, { lines, ...(code ? { code } : {}) }), randomUUID())
  expect(await order()).toEqual(refused('unknown_ticket_type'))
  expect(await order('HALF')).toMatchObject({ value: { total: { amountMinor: 2500 }, discountCode: { uses: 2 } } })
})
