import fc from 'fast-check'
import type { Buyer, BuyerAct, ClockAct, Delivery, MoneyAct, OrganiserAct, Scenario } from './acts.ts'
import type { CodeShape, EventShape } from './event.ts'
import { faults } from './faults.ts'

type PlainAct = Exclude<BuyerAct['kind'], 'enter' | 'payElsewhere'>
const act = (kind: PlainAct) => fc.constant<BuyerAct>({ kind })

const enter: fc.Arbitrary<BuyerAct> = fc.record({
  kind: fc.constant('enter' as const),
  ticket: fc.nat({ max: 1 }),
  scans: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 2 }),
  whileCancelling: fc.constantFrom(false, false, false, true),
})

const payElsewhere: fc.Arbitrary<BuyerAct> = fc
  .constantFrom('same' as const, 'less' as const, 'foreign' as const)
  .map((amount) => ({ kind: 'payElsewhere', amount }))

const buyerAct: fc.Arbitrary<BuyerAct> = fc.oneof(
  { weight: 4, arbitrary: act('order') },
  { weight: 8, arbitrary: act('pay') },
  { weight: 2, arbitrary: act('paySlowly') },
  { weight: 6, arbitrary: act('poll') },
  { weight: 2, arbitrary: act('reopen') },
  { weight: 2, arbitrary: act('extend') },
  { weight: 4, arbitrary: act('cancel') },
  { weight: 2, arbitrary: act('wait') },
  { weight: 8, arbitrary: enter },
  { weight: 1, arbitrary: payElsewhere },
)

/** How most visits begin; what follows is anybody's guess. */
const beginnings: readonly (readonly PlainAct[])[] = [
  ['order'],
  ['order', 'pay'],
  ['order', 'pay', 'poll'],
  ['order', 'order', 'pay'],
  ['order', 'paySlowly'],
  ['order', 'wait', 'wait', 'pay'],
  ['order', 'paySlowly', 'wait', 'reopen', 'pay'],
  ['order', 'wait', 'reopen', 'pay'],
]

const buyer: fc.Arbitrary<Buyer> = fc.record({
  address: fc.nat({ max: 1 }),
  standing: fc.integer({ min: 1, max: 3 }),
  seated: fc.nat({ max: 1 }),
  hasCode: fc.constantFrom(true, true, false),
  acts: fc
    .tuple(fc.constantFrom(...beginnings), fc.array(buyerAct, { maxLength: 5 }))
    .map(([first, then]) => [...first.map((kind) => ({ kind })), ...then]),
  beside: fc.oneof(fc.constant([]), fc.array(buyerAct, { maxLength: 4 })),
})

const sweep = fc.constantFrom(1 as const, 1 as const, 2 as const).map((times) => ({ kind: 'sweep' as const, times }))

/** After a day the provider has forgotten what it was asked; that is rare, since much is over by then. */
const minutesThatPass = [...Array.from({ length: 12 }, () => [1, 6, 15, 30, 61]).flat(), 1500]

const clockAct: fc.Arbitrary<ClockAct> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(...minutesThatPass).map((minutes) => ({ kind: 'advance' as const, minutes })),
  },
  { weight: 4, arbitrary: sweep },
  { weight: 1, arbitrary: fc.constant({ kind: 'closePages' as const }) },
  { weight: 1, arbitrary: fc.boolean().map((agree) => ({ kind: 'banks' as const, agree })) },
)

const once = { kind: 'sweep', times: 1 } as const

const beginningsOfTime: readonly (readonly ClockAct[])[] = [
  [],
  [{ kind: 'advance', minutes: 16 }, once],
  [{ kind: 'banks', agree: false }],
  [{ kind: 'closePages' }],
  [once, { kind: 'advance', minutes: 30 }, once, once],
]

/** What can be off a ticket, in a code's edits as in its beginning. */
const codeShape: fc.Arbitrary<CodeShape> = fc.record({
  discount: fc.constantFrom(
    { kind: 'percent' as const, basisPoints: 5000 },
    { kind: 'percent' as const, basisPoints: 3333 },
    { kind: 'percent' as const, basisPoints: 10_000 },
    { kind: 'fixed' as const, amountMinor: 900 },
  ),
  maxUses: fc.option(fc.integer({ min: 1, max: 4 })),
  budgetMinor: fc.option(fc.integer({ min: 900, max: 4000 })),
  unlocksSeats: fc.boolean(),
})

const refund: fc.Arbitrary<OrganiserAct> = fc.record({
  kind: fc.constant('refund' as const),
  buyer: fc.nat({ max: 3 }),
  wish: fc.constantFrom('order' as const, 'amount' as const, 0 as const, 1 as const),
  key: fc.nat({ max: 2 }),
  times: fc.constantFrom(1 as const, 2 as const),
})

const organiserAct: fc.Arbitrary<OrganiserAct> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('resize' as const),
      pool: fc.constantFrom('floor' as const, 'floor' as const, 'floor' as const, 'early' as const),
      capacity: fc.nat({ max: 8 }),
    }),
  },
  { weight: 4, arbitrary: refund },
  { weight: 1, arbitrary: fc.boolean().map((onceSold) => ({ kind: 'cancelEvent' as const, onceSold })) },
  { weight: 1, arbitrary: codeShape.map((code) => ({ kind: 'editCode' as const, code })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, 1200, 3100).map((priceMinor) => ({ kind: 'reprice' as const, priceMinor })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('open' as const, 'over' as const, 'later' as const)
      .map((sales) => ({ kind: 'setWindow' as const, sales })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(null, 2, 3, 4).map((maxPerBuyer) => ({ kind: 'setLimit' as const, maxPerBuyer })),
  },
  { weight: 1, arbitrary: fc.boolean().map((returns) => ({ kind: 'withdraw' as const, returns })) },
  { weight: 1, arbitrary: fc.constantFrom({ kind: 'removeCode' as const }, { kind: 'wait' as const }) },
)

const desk = fc.oneof(
  { weight: 3, arbitrary: fc.array(organiserAct, { minLength: 1, maxLength: 2 }) },
  { weight: 2, arbitrary: fc.array(refund, { minLength: 1, maxLength: 3 }) },
)

const moneyAct: fc.Arbitrary<MoneyAct> = fc.record({
  kind: fc.constantFrom('refundAll', 'refundPart', 'inquire', 'dispute', 'dispute', 'bounce'),
  pick: fc.nat({ max: 3 }),
})

const delivery: fc.Arbitrary<Delivery> = fc.record({
  pick: fc.nat({ max: 5 }),
  how: fc.constantFrom('once', 'once', 'twice', 'never'),
})

const event: fc.Arbitrary<EventShape> = fc.record({
  capacity: fc.integer({ min: 1, max: 6 }),
  shards: fc.integer({ min: 1, max: 4 }),
  seats: fc.option(fc.integer({ min: 1, max: 3 })),
  maxPerBuyer: fc.option(fc.integer({ min: 2, max: 4 })),
  priceMinor: fc.constantFrom(2500, 2500, 2500, 2500, 1999, 1999, 0),
  earlyBirds: fc.option(fc.nat({ max: 3 }), { freq: 2 }),
  fee: fc.constantFrom(
    ...[null, null, null],
    { fixedMinor: 50, basisPoints: 333, mode: 'added' as const },
    { fixedMinor: 0, basisPoints: 700, mode: 'inclusive' as const },
  ),
  tax: fc.constantFrom(
    ...[null, null, null],
    { name: 'VAT', basisPoints: 2100, mode: 'inclusive' as const },
    { name: 'VAT', basisPoints: 725, mode: 'added' as const },
  ),
  code: fc.option(codeShape, { freq: 2 }),
})

/** Reads are most of all steps: what writes, and what asks the provider, meets faults by its name. */
const calls: Readonly<Record<string, number>> = {
  ...{ TransactWriteCommand: 20, UpdateCommand: 6, PutCommand: 8, BatchGetCommand: 4, TransactGetCommand: 1 },
  ...{ openCheckout: 3, readCheckout: 3, closeCheckout: 3, refund: 2, readRefund: 1, readNews: 5, mail: 3 },
}
const faultAt = fc.oneof(
  { weight: 2, arbitrary: fc.nat({ max: 160 }) },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(...Object.entries(calls))
      .chain(([kind, max]) => fc.nat({ max }).map((count) => `${kind} ${count}`)),
  },
)

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  plan: fc.record({ seed: fc.noShrink(fc.nat()), disorder: fc.nat({ max: 500 }) }),
  faults: fc.array(fc.tuple(faultAt, fc.constantFrom(...faults)), { maxLength: 8 }),
  event,
  buyers: fc.array(buyer, { minLength: 1, maxLength: 4 }),
  clock: fc
    .tuple(fc.constantFrom(...beginningsOfTime), fc.array(clockAct, { maxLength: 6 }))
    .map(([first, then]) => [...first, ...then]),
  desks: fc.oneof(
    { weight: 3, arbitrary: fc.array(desk, { maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(desk, { minLength: 2, maxLength: 2 }) },
  ),
  money: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(moneyAct, { maxLength: 3 }) },
  ),
  deliveries: fc.array(delivery, { maxLength: 6 }),
  letters: fc.array(fc.record({ pick: fc.nat({ max: 3 }), times: fc.constantFrom(1, 1, 2) }), { maxLength: 4 }),
  skewsMs: fc.array(fc.constantFrom(0, 0, -2000, 3000, 20_000), { minLength: 1, maxLength: 3 }),
  provider: fc.record({
    knowsAttempts: fc.constant(true),
    knowsRefunds: fc.constant(true),
    capsRefunds: fc.constant(true),
    closesPages: fc.constantFrom(true, true, true, false),
  }),
  refundAnswers: fc.array(fc.constantFrom('succeeded', 'succeeded', 'pending', 'failed'), {
    minLength: 1,
    maxLength: 2,
  }),
  banksAgree: fc.constantFrom(true, true, false),
})
