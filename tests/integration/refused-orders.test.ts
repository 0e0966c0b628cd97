import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { app } from '#functions/orders/routes.ts'
import { readAllItems } from '#tests/support/all-items.ts'
import { browser } from '#tests/support/api.ts'
import { newId, pool, type Sales, startSales, ticketType } from '#tests/support/sales.ts'

let sales: Sales
let event: EventRecord
let other: EventRecord
let windows: EventRecord
let draft: EventRecord
let cancelled: EventRecord

beforeAll(async () => {
  sales = await startSales()
  event = await sales.addEvent()
  other = await sales.addEvent()
  draft = await sales.addEvent({ status: 'draft' })
  cancelled = await sales.addEvent({ status: 'cancelled' })
  const floor = pool(10)
  const fromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
  const ticketTypes = [
    ticketType([floor.id], { hidden: true }),
    ticketType([floor.id], { salesStartAt: fromNow(60) }),
    ticketType([floor.id], { salesEndAt: fromNow(-1) }),
    ticketType([floor.id], { maxPerOrder: 2 }),
  ]
  windows = await sales.addEvent({ pools: [floor], ticketTypes })
  const half = { discount: { kind: 'percent', basisPoints: 5000 }, unlocks: [], ticketTypeIds: null } as const
  const always = { maxUses: null, budgetMinor: null, validFrom: null, validUntil: null }
  await sales.codes.putCode(other.id, 'OTHERS', { ...half, ...always }, 0)
  await sales.codes.putCode(event.id, 'EARLY', { ...half, ...always, validFrom: fromNow(60) }, 0)
  await sales.codes.putCode(event.id, 'LATE', { ...half, ...always, validUntil: fromNow(-1) }, 0)
})
afterAll(() => sales.close())

const typeOf = (of: EventRecord, at = 0): string => of.ticketTypes[at]?.id ?? ''
const line = (quantity: unknown, ticketTypeId = typeOf(event)) => ({ ticketTypeId, quantity })
const good = () => ({ eventId: event.id, lines: [line(1)], buyer: { name: 'Ada', email: 'ada@example.org' } })
const withQuantity = (quantity: unknown) => () => ({ ...good(), lines: [line(quantity)] })
const ofType = (of: () => EventRecord, at: number, quantity = 1) => {
  return () => ({ ...good(), eventId: of().id, lines: [line(quantity, typeOf(of(), at))] })
}
const withEmail = (email: unknown) => () => ({ ...good(), buyer: { name: 'Ada', email } })
const withName = (name: unknown) => () => ({ ...good(), buyer: { name, email: 'ada@example.org' } })
const withAttendee = (attendee: object) => () => ({ ...good(), attendees: [attendee] })

const invalid = '422 invalid_request'
type Case = readonly [what: string, body: () => unknown, answer: string]

const quantities: readonly Case[] = [
  ...[0, -1, 1.5, '2', 1e9, undefined, null, true, [1], {}, '', 'NaN', 2 ** 53, -0.5, 101].map(
    (quantity): Case => [`quantity ${JSON.stringify(quantity) ?? 'missing'}`, withQuantity(quantity), invalid],
  ),
  ['more than one order may hold', withQuantity(11), '422 too_many_per_order'],
  ['more of a type than its own limit', ofType(() => windows, 3, 3), '422 too_many_per_order'],
  [
    'more of a type than its own limit, over two lines',
    () => ({ ...good(), eventId: windows.id, lines: [line(2, typeOf(windows, 3)), line(1, typeOf(windows, 3))] }),
    '422 too_many_per_order',
  ],
  ['no lines', () => ({ ...good(), lines: [] }), invalid],
  ['lines that are no list', () => ({ ...good(), lines: line(1) }), invalid],
  ['21 lines', () => ({ ...good(), lines: Array(21).fill(line(1)) }), invalid],
]

const tickets: readonly Case[] = [
  ['another event’s ticket type', () => ({ ...good(), lines: [line(1, typeOf(other))] }), '422 unknown_ticket_type'],
  [
    'another event’s ticket type beside an own one',
    () => ({ ...good(), lines: [line(1), line(1, typeOf(other))] }),
    '422 unknown_ticket_type',
  ],
  ['a ticket type that is nobody’s', () => ({ ...good(), lines: [line(1, newId('tty'))] }), '422 unknown_ticket_type'],
  ['a ticket type that is no id', () => ({ ...good(), lines: [line(1, 'constructor')] }), invalid],
  ['a hidden type without its code', ofType(() => windows, 0), '422 unknown_ticket_type'],
  ['a window that is not open yet', ofType(() => windows, 1), '409 sales_not_started'],
  ['a window that has closed', ofType(() => windows, 2), '409 sales_ended'],
  ['a cancelled event', ofType(() => cancelled, 0), '409 event_not_on_sale'],
  ['a draft', ofType(() => draft, 0), '404 not_found'],
  ['an event that is nobody’s', () => ({ ...good(), eventId: newId('evt') }), '404 not_found'],
  ['an event that is no id', () => ({ ...good(), eventId: '../evt' }), invalid],
]

const codes: readonly Case[] = [
  ['an unknown code', () => ({ ...good(), code: 'FREE' }), '422 unknown_code'],
  ['another event’s code', () => ({ ...good(), code: 'OTHERS' }), '422 unknown_code'],
  ['a code before its time', () => ({ ...good(), code: 'EARLY' }), '409 code_not_valid_now'],
  ['a code after its time', () => ({ ...good(), code: 'LATE' }), '409 code_not_valid_now'],
  ['a code of nothing', () => ({ ...good(), code: ' ' }), invalid],
  ['a code that is a key of the table', () => ({ ...good(), code: 'X#CODE' }), '422 unknown_code'],
]

const people: readonly Case[] = [
  ...[
    'ada@example.org\n',
    '\nada@example.org',
    'ada@example.org\r\nBcc: all@example.org',
    'ada\n@example.org',
    'ada@exam\rple.org',
    'ada@example.org\u2028',
    'ada@example.org\u0085x',
    'ada@example.org\u0000',
    'ada@example.org\tx',
    'ada@example.org, bob@example.org',
    'ada@example.org;bob@example.org',
    'Ada <ada@example.org>',
    'ada@example',
    '@example.org',
    'ada',
    '',
    null,
    7,
    ['ada@example.org'],
    `${'a'.repeat(65)}@example.org`,
    `ada@${'a'.repeat(250)}.org`,
  ].map((email): Case => [`the e-mail ${JSON.stringify(email).slice(0, 50)}`, withEmail(email), invalid]),
  ...[
    '',
    ' ',
    'A\r\nBcc: x',
    'A\nB',
    'A\u2028B',
    'A\u0000',
    '\u200b\u2060',
    'Half \ud800',
    'a'.repeat(121),
    null,
    7,
  ].map((name): Case => [`the name ${JSON.stringify(name).slice(0, 50)}`, withName(name), invalid]),
  ['no buyer', () => ({ ...good(), buyer: undefined }), invalid],
  [
    'an attendee’s e-mail with a line break',
    withAttendee({ name: 'Bo', email: 'bo@example.org\nBcc: x@y.org' }),
    invalid,
  ],
  ['an attendee’s name with a line break', withAttendee({ name: 'Bo\r\nBcc: x@y.org' }), invalid],
  [
    'more attendees than tickets',
    () => ({ ...good(), attendees: [{ name: 'A' }, { name: 'B' }] }),
    '422 too_many_attendees',
  ],
]

const fields: readonly Case[] = [
  ['a total', () => ({ ...good(), totalMinor: 1 }), invalid],
  ['a price in a line', () => ({ ...good(), lines: [{ ...line(1), unitPriceMinor: 1 }] }), invalid],
  ['a total that it agreed to and that is not so', () => ({ ...good(), expectedTotalMinor: 1 }), '409 price_changed'],
  ['a negative agreed total', () => ({ ...good(), expectedTotalMinor: -1 }), invalid],
  ['a status', () => ({ ...good(), status: 'paid' }), invalid],
  ['a role', () => ({ ...good(), buyer: { name: 'A', email: 'a@b.org', role: 'owner' } }), invalid],
  ['a list', () => [good()], invalid],
  ['a text', () => 'order', invalid],
  ['nothing', () => null, invalid],
]

/** All but how often codes have been tried, which is counted for everybody. */
async function items(): Promise<string[]> {
  const tables = [sales.table, sales.database.tableName('catalog')]
  return (await readAllItems(sales.database.client, tables)).split('\n').filter((item) => !item.includes("'GUESSES#"))
}

const post = (body: unknown) =>
  browser(app).call('POST', '/api/orders', body, { 'idempotency-key': randomUUID(), 'x-viewer-address': randomUUID() })

describe.each([
  ['quantities', quantities],
  ['tickets', tickets],
  ['codes', codes],
  ['people', people],
  ['fields', fields],
])('%s', (_, cases) => {
  test.each(cases)('an order with %s is refused with a code, and writes nothing', async (_what, body, expected) => {
    const before = await items()
    const { status, json, text } = await post(body())
    expect(`${status} ${json.code}`).toBe(expected)
    expect(text).not.toMatch(/zod|stack|node_modules|POOL#|ORDER#/i)
    expect(await items()).toEqual(before)
  })
})

test('the same order without anything bad is placed, and that is seen in the tables', async () => {
  const before = await items()
  expect((await post(good())).status).toBe(201)
  expect(await items()).not.toEqual(before)
})

test.each([
  ['shows', true],
  ['does not show', false],
])('a refusal never says how many are left, where the organiser %s it', async (_, showsRemaining) => {
  const floor = pool(7, 2)
  const few = await sales.addEvent({ showsRemaining, pools: [floor], ticketTypes: [ticketType([floor.id])] })
  const order = (quantity: number) =>
    browser(app).call(
      'POST',
      '/api/orders',
      { ...good(), eventId: few.id, lines: [line(quantity, typeOf(few))] },
      { 'idempotency-key': randomUUID() },
    )
  const fixed = { type: expect.any(String), requestId: expect.any(String), status: 409 }
  expect((await order(8)).json).toStrictEqual({
    ...fixed,
    ...{ code: 'too_few_left', title: 'Fewer tickets are left than you asked for.' },
  })
  expect((await order(7)).status).toBe(201)
  expect((await order(1)).json).toStrictEqual({ ...fixed, code: 'sold_out', title: 'Sold out.' })
  const { json } = await browser(app).call('GET', `/api/events/${few.id}/availability`)
  expect('left' in json.ticketTypes[0]).toBe(showsRemaining)
})
