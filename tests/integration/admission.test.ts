import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { secondsUntil } from '#domain/admission.ts'
import { createAdmissionStore } from '#functions/store/admission.ts'
import { secondsUntilAllowed, secondsUntilTurn } from '#functions/usecases/admit-order.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { createSoldOutHint } from '#functions/usecases/sold-out-hint.ts'
import { goesWrong } from '#tests/support/race.ts'
import { pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'
import { guards, unguarded } from '#tests/support/unguarded-client.ts'

let sales: Sales
const clock = { ms: 0 }
const limits = { paymentPagesPerSecond: 20, perAddressPerMinute: 5, perBuyerPerMinute: 3 }
beforeAll(async () => {
  sales = await startSales()
}, 30_000)
afterAll(() => sales.close())
beforeEach(() => {
  clock.ms += 3_600_000
})

const store = () => createAdmissionStore(sales.client, sales.table)
const ports = () => ({ ...store(), nowMs: () => clock.ms, random: () => 0 })
const waiting = () => ({ secondsUntilTurn: (orderId: string) => secondsUntilTurn(ports(), limits, orderId) })

const takeTwentyTurns = (of: string) =>
  Promise.all(Array.from({ length: 20 }, (_, one) => store().takeTurn(`ord_${of}_${one}`, clock.ms, 20)))

test('a hundred at once get a hundred different turns, as far apart as the provider asks', async () => {
  const turns: number[] = []
  for (let at = 0; at < 5; at++) turns.push(...(await takeTwentyTurns(`${clock.ms}_${at}`)))
  const sorted = turns.toSorted((one, other) => one - other)
  expect(new Set(sorted).size).toBe(100)
  expect((sorted.at(-1) ?? 0) - (sorted[0] ?? 0)).toBe(99 * 50)
  expect(turns.filter((turn) => secondsUntil(turn, clock.ms) === 0).length).toBeLessThanOrEqual(21)
})

test('negative control: where the line may begin though it has begun, several get one turn', async () => {
  const isShared = async () => {
    clock.ms += 3_600_000
    return new Set(await takeTwentyTurns(`${clock.ms}`)).size < 20
  }
  expect(await unguarded(sales.client, [guards.lineIsIdle], () => goesWrong(isShared))).toBe(true)
})

test('whoever asks again keeps his turn, and is let in when it comes; the line forgets an idle minute', async () => {
  const orders = Array.from({ length: 60 }, (_, at) => `ord_${clock.ms}_${at}`)
  for (const order of orders) await store().takeTurn(order, clock.ms, 20)
  const last = `ord_${clock.ms}_59`
  const seconds = await secondsUntilTurn(ports(), limits, last)
  expect(seconds).toBe(3)
  expect(await secondsUntilTurn(ports(), limits, last)).toBe(3)
  clock.ms += seconds * 1000
  expect(await secondsUntilTurn(ports(), limits, last)).toBe(0)
  clock.ms += 60_000
  expect(await store().takeTurn(`ord_${clock.ms}`, clock.ms, 20)).toBe(clock.ms)
})

test('requests for one order at once are given one turn', async () => {
  const order = `ord_${clock.ms}`
  const turns = await Promise.all(Array.from({ length: 5 }, () => store().takeTurn(order, clock.ms, 20)))
  expect(new Set(turns).size).toBe(1)
  expect(await store().takeTurn(order, clock.ms + 1000, 20)).toBe(turns[0])
})

test('an order that must be paid waits its turn and writes nothing; a free one waits for nobody', async () => {
  const [paid, free] = [await sales.addEvent(), await sales.addEvent()]
  for (let at = 0; at < 60; at++) await store().takeTurn(`ord_${clock.ms}_${at}`, clock.ms, 20)
  const key = randomUUID()
  const late = await placeOrder({ ...sales.ports, ...waiting() }, request(paid, 2), key)
  expect(late).toMatchObject({ ok: false, refusal: { code: 'too_busy', retryAfterSeconds: 3 } })
  expect(await sales.poolOf(paid)).toMatchObject({ left: 50 })
  const ticketTypes = free.ticketTypes.map((type) => ({ ...type, priceMinor: 0 }))
  await sales.changeEvent(free, { ticketTypes })
  expect(await placeOrder({ ...sales.ports, ...waiting() }, request(free), randomUUID())).toMatchObject({ ok: true })
  clock.ms += 3000
  expect(await placeOrder({ ...sales.ports, ...waiting() }, request(paid, 2), key)).toMatchObject({ ok: true })
})

test('a line that cannot be asked sends buyers away for a while, and never lets them all in', async () => {
  const silent = { ...ports(), takeTurn: async () => null, random: () => 0.99 }
  expect(await secondsUntilTurn(silent, limits, 'ord_1')).toBe(12)
})

test('an address and a buyer may send so many orders in a minute, and more in the next', async () => {
  clock.ms = Math.ceil(clock.ms / 60_000) * 60_000
  const ask = (address: string, email: string) => secondsUntilAllowed(ports(), limits, { address, email })
  const buyer = `${randomUUID()}@example.org`
  for (let count = 0; count < 3; count++) expect(await ask('198.51.100.1', buyer)).toBe(0)
  expect(await ask('198.51.100.1', buyer)).toBe(60)
  expect(await ask('198.51.100.2', buyer)).toBe(0)
  expect(await ask('198.51.100.1', 'b@example.org')).toBe(0)
  expect(await ask('198.51.100.1', 'c@example.org')).toBe(60)
  for (let count = 0; count < 5; count++) expect(await ask('198.51.100.1', 'd@example.org')).toBe(60)
  clock.ms += 60_000
  expect(await ask('198.51.100.1', buyer)).toBe(0)
})

test('a buyer refused by the hint costs one read, his repeated order is still found, and a ticket given back is sold', async () => {
  const floor = pool(1)
  const event = await sales.addEvent({ pools: [floor], ticketTypes: [ticketType([floor.id])] })
  const hinted = { ...sales.ports, soldOutHint: createSoldOutHint(() => clock.ms) }
  const key = randomUUID()
  const first = await placeOrder(hinted, request(event), key)
  expect(await placeOrder(hinted, request(event), randomUUID())).toEqual({ ok: false, refusal: { code: 'sold_out' } })
  const commands: string[] = []
  sales.client.middlewareStack.add(
    (next, context) => (args) => {
      commands.push(context.commandName ?? '')
      return next(args)
    },
    { step: 'initialize', name: 'count' },
  )
  expect(await placeOrder(hinted, request(event), randomUUID())).toEqual({ ok: false, refusal: { code: 'sold_out' } })
  sales.client.middlewareStack.remove('count')
  expect(commands.map((name) => name.replace('Command', ''))).toEqual(['GetItem'])
  expect(await placeOrder(hinted, request(event), key)).toEqual(first)

  sales.clock.aheadMs = 16 * 60_000
  await sales.sweep()
  sales.clock.aheadMs = 0
  clock.ms += 2000
  expect(await placeOrder(hinted, request(event), randomUUID())).toMatchObject({ ok: true })
})
