import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventRecord, TicketType } from './catalog.ts'
import { canonicalCode, codePattern, codeProblems, type DiscountCode, hasRoomFor } from './discount-codes.ts'
import { priceOrder } from './pricing.ts'

const now = '2027-03-01T12:00:00.000Z'
const type = (id: string, priceMinor: number, changes: Partial<TicketType> = {}): TicketType => ({
  ...{ id, name: id, description: '', priceMinor, poolIds: ['poo_1'], maxPerOrder: 20, hidden: false },
  ...changes,
})
const event: EventRecord = {
  ...{ id: 'evt_1', organisationId: 'org_1', organiser: { slug: 'o', name: 'O', accent: '#000000' }, slug: 'e' },
  ...{ version: 1, status: 'published', saleState: 'on_sale', name: 'E', summary: '', description: '' },
  ...{ category: 'music', startsAt: '2027-03-10T20:00:00.000Z', endsAt: '2027-03-10T23:00:00.000Z' },
  ...{ timeZone: 'Europe/Madrid', currency: 'EUR', picture: null, accessibility: '' },
  venue: { name: 'V', street: 'S', postalCode: '1', city: 'C', citySlug: 'c', country: 'ES' },
  cancellation: { refundableUntilHours: null },
  ...{ showsRemaining: false, highDemand: false, maxPerOrder: 50, maxPerBuyer: null, pools: [] },
  ticketTypes: [type('tty_a', 1999), type('tty_b', 4000), type('tty_secret', 1000, { hidden: true })],
  ...{ createdAt: now, updatedAt: now },
}
const code = (changes: Partial<DiscountCode> = {}): DiscountCode => ({
  ...{ eventId: 'evt_1', code: 'HALF', version: 1, uses: 0, spentMinor: 0 },
  discount: { kind: 'percent', basisPoints: 5000 },
  ...{ unlocks: [], ticketTypeIds: null, maxUses: null, budgetMinor: null, validFrom: null, validUntil: null },
  ...changes,
})

const price = (lines: Record<string, number>, used: DiscountCode | null, changes: Partial<EventRecord> = {}) =>
  priceOrder(
    { ...event, ...changes },
    { lines: Object.entries(lines).map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity })), attendeeCount: 0 },
    now,
    { code: used, allotments: new Map() },
  )

test('a share is rounded for each ticket, so that tickets of one line cost the same', () => {
  expect(price({ tty_a: 3 }, code())).toMatchObject({
    value: {
      lines: [{ unitPriceMinor: 999, totalMinor: 2997, charges: { discountMinor: 3000 } }],
      discountCode: { code: 'HALF', uses: 3, discountMinor: 3000 },
    },
  })
})

test('a fixed amount is taken off each ticket, never more than it costs', () => {
  const fixed = code({ discount: { kind: 'fixed', amountMinor: 2500 } })
  expect(price({ tty_a: 1, tty_b: 1 }, fixed)).toMatchObject({
    value: { totalMinor: 1500, discountCode: { uses: 2, discountMinor: 4499 } },
  })
})

test('a code for one type leaves the others alone and counts only what it was used for', () => {
  expect(price({ tty_a: 2, tty_b: 1 }, code({ ticketTypeIds: ['tty_b'] }))).toMatchObject({
    value: { totalMinor: 5998, discountCode: { uses: 1, discountMinor: 2000 } },
  })
})

test('a hidden type is sold to those who have its code, and its tickets count as uses', () => {
  const key = code({ discount: { kind: 'none' }, unlocks: ['tty_secret'] })
  expect(price({ tty_secret: 2 }, key)).toMatchObject({ value: { totalMinor: 2000, discountCode: { uses: 2 } } })
  expect(price({ tty_secret: 2 }, null)).toEqual({ ok: false, refusal: { code: 'unknown_ticket_type' } })
  expect(price({ tty_secret: 2 }, code())).toEqual({ ok: false, refusal: { code: 'unknown_ticket_type' } })
})

test.each<[string, Partial<DiscountCode>, string]>([
  ['before its time', { validFrom: '2027-03-01T12:00:00.001Z' }, 'code_not_valid_now'],
  ['after its time', { validUntil: now }, 'code_not_valid_now'],
  ['for other tickets', { ticketTypeIds: ['tty_b'] }, 'code_not_for_these'],
  ['that leaves less than a card can pay', { discount: { kind: 'fixed', amountMinor: 1950 } }, 'total_too_small'],
])('a code %s is refused', (_, changes, refusal) => {
  expect(price({ tty_a: 1 }, code(changes))).toEqual({ ok: false, refusal: { code: refusal } })
})

test('an order that costs more than the buyer was shown is refused; one that costs less is his luck', () => {
  const order = (expectedTotalMinor: number) =>
    priceOrder(event, { lines: [{ ticketTypeId: 'tty_b', quantity: 1 }], attendeeCount: 0, expectedTotalMinor }, now)
  expect(order(3999)).toEqual({ ok: false, refusal: { code: 'price_changed', totalMinor: 4000 } })
  expect(order(4000)).toMatchObject({ ok: true })
  expect(order(4001)).toMatchObject({ value: { totalMinor: 4000 } })
})

test('limits count tickets and money, to the last one', () => {
  const use = { code: 'HALF', uses: 2, discountMinor: 500 }
  expect(hasRoomFor(code({ maxUses: 10, uses: 8 }), use)).toBe(true)
  expect(hasRoomFor(code({ maxUses: 10, uses: 9 }), use)).toBe(false)
  expect(hasRoomFor(code({ budgetMinor: 1000, spentMinor: 500 }), use)).toBe(true)
  expect(hasRoomFor(code({ budgetMinor: 1000, spentMinor: 501 }), use)).toBe(false)
})

test('people type codes as they like; what is stored has one spelling', () => {
  expect(canonicalCode(' half-price ')).toBe('HALF-PRICE')
  for (const good of ['ABC', 'HALF-PRICE_2', '0'.repeat(40)]) expect(good).toMatch(codePattern)
  for (const bad of ['AB', '-ABC', 'A B C', 'half', 'Ä12', '0'.repeat(41), 'A#B']) expect(bad).not.toMatch(codePattern)
})

test.each<[string, Partial<DiscountCode>, string]>([
  ['that does nothing', { discount: { kind: 'none' } }, 'discount'],
  ['that unlocks a type of another event', { unlocks: ['tty_x'] }, 'unlocks'],
  ['for a type of another event', { ticketTypeIds: ['tty_x'] }, 'ticketTypeIds'],
  ['for no type at all', { ticketTypeIds: [] }, 'ticketTypeIds'],
  ['that ends before it begins', { validFrom: now, validUntil: now }, 'validUntil'],
])('a code %s is refused with its field', (_, changes, field) => {
  expect(codeProblems(code(changes), event).map((problem) => problem.field)).toEqual([field])
})

describe('for any event, code and order', () => {
  const discount: fc.Arbitrary<DiscountCode['discount']> = fc.oneof(
    fc.record({ kind: fc.constant('percent' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
    fc.record({ kind: fc.constant('fixed' as const), amountMinor: fc.integer({ min: 1, max: 9000 }) }),
  )
  const charge = {
    basisPoints: fc.integer({ min: 1, max: 3000 }),
    mode: fc.constantFrom('inclusive' as const, 'added' as const),
  }
  const world = fc.record({
    prices: fc.array(fc.constantFrom(0, 50, 99, 1999, 123_457), { minLength: 3, maxLength: 3 }),
    quantities: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 3, maxLength: 3 }),
    early: fc.integer({ min: 0, max: 14 }),
    used: fc.option(discount),
    fee: fc.option(fc.record({ fixedMinor: fc.integer({ min: 0, max: 300 }), ...charge }), { nil: undefined }),
    tax: fc.option(fc.record({ name: fc.constant('VAT'), ...charge }), { nil: undefined }),
    currency: fc.constantFrom('EUR', 'JPY'),
    order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4 }),
  })

  test('the order of its lines changes nothing, sums are exact, and a discount never costs anything', () => {
    fc.assert(
      fc.property(world, ({ prices, quantities, early, used, fee, tax, currency, order }) => {
        const phases = [{ name: 'Early', priceMinor: 50, poolId: 'poo_early' }]
        const ticketTypes = prices.map((minor, at) => type(`tty_${at}`, minor, minor > 50 ? { phases } : {}))
        const shop = { ...event, ticketTypes, fee, tax, currency }
        // The first type comes in two lines, which add up.
        const lines = [0, 1, 2, 0].map((at) => ({ ticketTypeId: `tty_${at}`, quantity: quantities[at] ?? 1 }))
        const run = (some: typeof lines, chosen: DiscountCode | null) =>
          priceOrder(shop, { lines: some, attendeeCount: 0 }, now, {
            code: chosen,
            allotments: new Map([['poo_early', early]]),
          })
        const chosen = used ? code({ discount: used }) : null
        const result = run(lines, chosen)
        const turned = run(
          order.flatMap((at) => lines[at] ?? []),
          chosen,
        )
        expect(turned).toEqual(result)
        if (!result.ok) return
        const { value } = result
        const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)
        expect(value.totalMinor).toBe(sum(value.lines.map(({ totalMinor }) => totalMinor)))
        expect(value.quantity).toBe(sum(lines.map(({ quantity }) => quantity)))
        const cheap = value.lines.filter(({ phase }) => phase === 'Early')
        expect(sum(cheap.map(({ quantity }) => quantity))).toBeLessThanOrEqual(early)
        for (const { totalMinor, unitPriceMinor } of value.lines)
          expect(Math.min(totalMinor, unitPriceMinor)).toBeGreaterThanOrEqual(0)
        expect(value.discountCode?.discountMinor ?? 0).toBe(
          sum(value.lines.map((one) => one.charges?.discountMinor ?? 0)),
        )
        const full = run(lines, null)
        if (full.ok) expect(value.totalMinor).toBeLessThanOrEqual(full.value.totalMinor)
      }),
      { numRuns: 500 },
    )
  })
})
