import { randomUUID } from 'node:crypto'
import { ProvisionedThroughputExceededException, ThrottlingException } from '@aws-sdk/client-dynamodb'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { app } from '#functions/orders/routes.ts'
import { dynamo } from '#functions/wiring.ts'
import { browser } from '#tests/support/api.ts'
import { pool, request, type Sales, startSales, ticketType } from '#tests/support/sales.ts'

const limits = { paymentPagesPerSecond: 20, perAddressPerMinute: 1000, perBuyerPerMinute: 1000 }
const guest = browser(app)
let sales: Sales
let event: EventRecord

beforeAll(async () => {
  process.env.ADMISSION = JSON.stringify(limits)
  sales = await startSales()
  const [floor, early] = [pool(4, 2), pool(2)]
  const phases = [
    { name: 'Early', priceMinor: 1000, poolId: early.id },
    { name: 'Regular', priceMinor: 2000 },
  ]
  event = await sales.addEvent({ pools: [floor, early], ticketTypes: [ticketType([floor.id], { phases })] })
})
afterEach(() => void dynamo().middlewareStack.remove('throttle'))
afterAll(async () => {
  delete process.env.ADMISSION
  await sales.close()
})

const message = 'The level of throughput was exceeded'
const refusals = {
  ProvisionedThroughputExceededException: () => new ProvisionedThroughputExceededException({ message, $metadata: {} }),
  ThrottlingException: () => new ThrottlingException({ message, $metadata: {} }),
  RequestLimitExceeded: () => Object.assign(new Error(message), { name: 'RequestLimitExceeded' }),
}

/** DynamoDB Local never throttles. */
function throttle(command: string, refusal: () => Error): string[] {
  const sent: string[] = []
  dynamo().middlewareStack.add(
    (next, context) => async (args) => {
      const name = context.commandName?.replace('Command', '') ?? ''
      sent.push(name)
      if (name === command) throw refusal()
      return next(args)
    },
    { step: 'initialize', name: 'throttle', priority: 'low' },
  )
  return sent
}

const order = (quantity: number, key: string = randomUUID()) =>
  guest.call('POST', '/api/orders', request(event, quantity), { 'idempotency-key': key })

const commands = [
  ['UpdateItem', 1],
  ['GetItem', 1],
  ['BatchGetItem', 1],
  ['TransactWriteItems', 1],
  // More than is left: one moment's view of all shards is asked for.
  ['TransactGetItems', 5],
] as const

test.each(
  commands.flatMap(([command, quantity]) =>
    Object.entries(refusals).map(([name, refusal]) => ({ command, quantity, name, refusal })),
  ),
)('an order whose $command meets $name is asked to come again, and nothing is written', async (throttled) => {
  const sent = throttle(throttled.command, throttled.refusal)
  const { status, json, headers } = await order(throttled.quantity)
  expect(sent).toContain(throttled.command)
  expect({ status, code: json.code }).toEqual({ status: 429, code: 'too_busy' })
  expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
  dynamo().middlewareStack.remove('throttle')
  expect(await sales.poolOf(event)).toMatchObject({ left: 4, held: 0 })
})

test('a payment page that meets a throttle is asked for again, and the same order goes on', async () => {
  const free = await sales.poolOf(event)
  throttle('PutItem', refusals.ProvisionedThroughputExceededException)
  const key = randomUUID()
  expect(await order(1, key)).toMatchObject({ status: 429, json: { code: 'too_busy' } })
  dynamo().middlewareStack.remove('throttle')
  expect(await order(1, key)).toMatchObject({ status: 201, json: { order: { status: 'held' } } })
  expect(await sales.poolOf(event)).toMatchObject({ left: free.left - 1, held: 1 })
})

test('a look at what is left that meets a throttle is asked to come again', async () => {
  throttle('BatchGetItem', refusals.ThrottlingException)
  const { status, json, headers } = await guest.call('GET', `/api/events/${event.id}/availability`)
  expect({ status, code: json.code }).toEqual({ status: 429, code: 'too_busy' })
  expect(headers.get('retry-after')).toBe('5')
})
