import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chargeModes, type EventRecord, type TicketType } from './catalog.ts'
import { sumCharges } from './charges.ts'
import type { DiscountCode } from './discount-codes.ts'
import { codeUseOf, type NewOrder, newTicketsOf, type OrderChange, sellHold, startOrder } from './order-changes.ts'
import type { Ticket } from './orders.ts'
import { allotmentsOf } from './price-phases.ts'
import { type PricedOrder, priceOrder } from './pricing.ts'
import { refundOrder } from './refunds.ts'
import { demandOf } from './stock.ts'

const now = '2027-03-01T12:00:00.000Z'
const payment = { attempt: 1, sessionId: 'cs_1', url: '', paymentIntentId: 'pi_1' }

const tens = (max: number) => fc.integer({ min: 0, max }).map((ten) => ten * 10)
const mode = fc.constantFrom(...chargeModes)
const fee = fc.record({ fixedMinor: tens(30), basisPoints: fc.integer({ min: 0, max: 2500 }), mode })
const tax = fc.record({ name: fc.constant('VAT'), basisPoints: fc.integer({ min: 1, max: 2700 }), mode })
const discount = fc.oneof(
  fc.record({ kind: fc.constant('percent' as const), basisPoints: fc.integer({ min: 1, max: 10_000 }) }),
  fc.record({ kind: fc.constant('fixed' as const), amountMinor: tens(500) }),
)
const typeIds = ['tty_a', 'tty_b'] as const
const code = fc.record({ discount, ticketTypeIds: fc.constantFrom(null, ['tty_a'], ['tty_b']) }).map(
  (chosen): DiscountCode => ({
    ...{ eventId: 'evt_1', code: 'CODE', version: 1, uses: 0, spentMinor: 0, unlocks: [], ...chosen },
    ...{ maxUses: null, budgetMinor: null, validFrom: null, validUntil: null },
  }),
)

const sale = fc.record({
  currency: fc.constantFrom('EUR', 'JPY', 'KWD'),
  fee: fc.option(fee, { nil: undefined }),
  tax: fc.option(tax, { nil: undefined }),
  code: fc.option(code),
  prices: fc.tuple(tens(2000), tens(2000), tens(2000)),
  earlyBirds: fc.integer({ min: 0, max: 6 }),
  quantities: fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 })),
  turns: fc.infiniteStream(fc.nat()),
})
type Sale = typeof sale extends fc.Arbitrary<infer T> ? T : never

function eventOf({ currency, fee, tax, prices: [early, first, second] }: Sale): EventRecord {
  const common = { name: 'T', description: '', maxPerOrder: 10, hidden: false }
  const ticketTypes: TicketType[] = [
    {
      ...{ ...common, id: typeIds[0], priceMinor: first, poolIds: ['floor'] },
      phases: [{ name: 'Early bird', priceMinor: early, poolId: 'early' }],
    },
    { ...common, id: typeIds[1], priceMinor: second, poolIds: ['floor', 'seats'] },
  ]
  return {
    ...{ id: 'evt_1', organisationId: 'org_1', organiser: { slug: 'o', name: 'O', accent: '#000000' }, slug: 'e' },
    ...{ version: 1, status: 'published', saleState: 'on_sale', name: 'E', summary: '', description: '' },
    ...{ category: 'music', startsAt: '2027-03-10T20:00:00.000Z', endsAt: '2027-03-10T23:00:00.000Z' },
    ...{ timeZone: 'Europe/Madrid', currency, picture: null, accessibility: '', createdAt: now, updatedAt: now },
    venue: { name: 'V', street: 'S', postalCode: '1', city: 'C', citySlug: 'c', country: 'ES' },
    ...{ cancellation: { refundableUntilHours: null }, showsRemaining: false, highDemand: false },
    ...{ maxPerOrder: 20, maxPerBuyer: 20, ticketTypes, pools: [], fee, tax },
  }
}

function price(sold: Sale): PricedOrder | null {
  const event = eventOf(sold)
  const lines = typeIds.map((ticketTypeId, at) => ({ ticketTypeId, quantity: sold.quantities[at] ?? 1 }))
  const allotments = new Map(allotmentsOf(event.ticketTypes, now).map((id) => [id, sold.earlyBirds]))
  const priced = priceOrder(event, { lines, attendeeCount: 0 }, now, { code: sold.code, allotments })
  return priced.ok && priced.value.totalMinor > 0 ? priced.value : null
}

function draftOf(sold: Sale, { lines, totalMinor, discountCode }: PricedOrder): NewOrder {
  return {
    ...{ id: 'ord_1', eventId: 'evt_1', eventName: 'E', timeZone: 'Europe/Madrid', organisationId: 'org_1' },
    ...{ buyer: { name: 'Ada', email: 'ada@example.org' }, attendees: [], isBuyerLimited: true, requestHash: 'x' },
    ...{ lines, total: { amountMinor: totalMinor, currency: sold.currency }, createdAt: now },
    ...(discountCode ? { discountCode } : {}),
  }
}

/** Gives the tickets back one by one, in the order that `turns` draws; one that cost nothing ends and returns nothing. */
function refundSingly(paid: OrderChange, tickets: readonly Ticket[], turns: Iterator<number>): OrderChange[] {
  const changes: OrderChange[] = []
  const left = tickets.map(({ id }) => id)
  let book = tickets
  let order = paid.after
  while (left.length > 0) {
    const [id = ''] = left.splice((turns.next().value ?? 0) % left.length, 1)
    const why = { reason: 'r', request: { key: id, hash: id } }
    const result = refundOrder(order, book, { kind: 'tickets', ticketIds: [id] }, why, now)
    if (!result.ok) throw new Error(result.refusal.code)
    changes.push(result.value)
    order = result.value.after
    book = book.map((ticket) => (ticket.id === id ? { ...ticket, status: 'revoked' } : ticket))
  }
  return changes
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

test('with fees, taxes, codes and phases the refunds of single tickets sum to the total, in any order', () => {
  let [withPhases, withCodes] = [0, 0]
  fc.assert(
    fc.property(sale, (sold) => {
      const priced = price(sold)
      fc.pre(priced !== null)
      if (priced.lines.length > typeIds.length) withPhases++
      if (priced.discountCode) withCodes++
      const draft = draftOf(sold, priced)
      const stock = demandOf(priced.lines).map((demand) => ({ ...demand, shard: 0 }))
      const ids = Array.from({ length: priced.quantity }, (_, at) => `tkt_${at}`)
      const tickets = newTicketsOf(draft, ids, now)
      const held = startOrder(draft, stock, [])
      const paid = sellHold(held.after, payment, tickets, now)
      const changes = refundSingly(paid, tickets, sold.turns)
      const last = changes.at(-1)?.after

      const backs = last?.refunds.map(({ amountMinor }) => amountMinor) ?? []
      expect(sum(backs)).toBe(priced.totalMinor)
      for (const [at, back] of backs.entries()) {
        const [ticketId] = last?.refunds[at]?.ticketIds ?? []
        expect(back).toBe(tickets.find(({ id }) => id === ticketId)?.price.amountMinor)
        expect(back % (sold.currency === 'KWD' ? 10 : 1)).toBe(0)
      }

      expect(sum(changes.map(({ sales }) => sales?.refundedMinor ?? 0))).toBe(paid.sales?.revenueMinor)
      expect(paid.sales?.charges).toEqual(sumCharges(priced.lines))
      expect(changes.filter(({ sales }) => sales?.charges !== undefined)).toEqual([])

      expect(last?.status).toBe('refunded')
      expect([last?.stock, sum(changes.map(({ sales }) => sales?.sold ?? 0))]).toEqual([[], -ids.length])
      const uses = [held, paid, ...changes].map((change) => codeUseOf(change)?.uses ?? 0)
      expect(sum(uses)).toBe(0)
    }),
    { numRuns: 500 },
  )
  expect(withPhases).toBeGreaterThan(50)
  expect(withCodes).toBeGreaterThan(50)
})
