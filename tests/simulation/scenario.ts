import fc from 'fast-check'
import type { EventShape } from './event.ts'
import { type Fault, faults } from './faults.ts'
import type { ProviderManners } from './provider.ts'
import type { Plan } from './scheduler.ts'

export type BuyerAct =
  | { readonly kind: 'order' | 'pay' | 'paySlowly' | 'poll' | 'reopen' | 'extend' | 'cancel' | 'wait' }
  /** Scans of one ticket at the same moment, perhaps while its buyer cancels. */
  | {
      readonly kind: 'enter'
      readonly ticket: number
      readonly scans: readonly number[]
      readonly whileCancelling: boolean
    }

export interface Buyer {
  /** Two buyers may be one address. */
  readonly address: number
  readonly standing: number
  readonly seated: number
  readonly acts: readonly BuyerAct[]
  /** What happens with the same order at the same time: in a second window, at the door. */
  readonly beside: readonly BuyerAct[]
}

export type ClockAct =
  | { readonly kind: 'advance'; readonly minutes: number }
  | { readonly kind: 'sweep' }
  /** Somebody closes the open pages at the provider's own desk. */
  | { readonly kind: 'closePages' }
  | { readonly kind: 'banks'; readonly agree: boolean }

export type OrganiserAct = { readonly kind: 'resize'; readonly capacity: number } | { readonly kind: 'cancelEvent' }

/** Which of the webhooks that wait, and whether it comes once, twice, or never. */
export interface Delivery {
  readonly pick: number
  readonly how: 'once' | 'twice' | 'never'
}

export interface Scenario {
  readonly plan: Plan
  readonly faults: readonly (readonly [step: number, fault: Fault])[]
  readonly event: EventShape
  readonly buyers: readonly Buyer[]
  readonly clock: readonly ClockAct[]
  /** Of the organiser, and of a colleague at another desk. */
  readonly desks: readonly (readonly OrganiserAct[])[]
  readonly deliveries: readonly Delivery[]
  /** Which of the moved orders' buyers are told now, and whether two of us do it. */
  readonly letters: readonly { readonly pick: number; readonly times: 1 | 2 }[]
  readonly skewsMs: readonly number[]
  readonly provider: ProviderManners
  readonly refundAnswers: readonly ('succeeded' | 'pending' | 'failed')[]
}

const act = (kind: Exclude<BuyerAct['kind'], 'enter'>) => fc.constant<BuyerAct>({ kind })
const enter = fc.record({
  kind: fc.constant('enter' as const),
  ticket: fc.nat({ max: 1 }),
  scans: fc.array(fc.nat({ max: 2 }), { minLength: 1, maxLength: 2 }),
  whileCancelling: fc.constantFrom(false, false, false, true),
})

const buyerAct: fc.Arbitrary<BuyerAct> = fc.oneof(
  { weight: 2, arbitrary: act('order') },
  { weight: 4, arbitrary: act('pay') },
  { weight: 1, arbitrary: act('paySlowly') },
  { weight: 3, arbitrary: act('poll') },
  { weight: 1, arbitrary: act('reopen') },
  { weight: 1, arbitrary: act('extend') },
  { weight: 2, arbitrary: act('cancel') },
  { weight: 1, arbitrary: act('wait') },
  { weight: 4, arbitrary: enter },
)

/** How most visits begin; what follows is anybody's guess. */
const beginnings: readonly (readonly BuyerAct['kind'][])[] = [
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
  acts: fc
    .tuple(fc.constantFrom(...beginnings), fc.array(buyerAct, { maxLength: 5 }))
    .map(([first, then]) => [...first.flatMap((kind) => (kind === 'enter' ? [] : [{ kind }])), ...then]),
  beside: fc.oneof(fc.constant([]), fc.array(buyerAct, { maxLength: 4 })),
})

const clockAct: fc.Arbitrary<ClockAct> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(1, 6, 15, 30, 61).map((minutes) => ({ kind: 'advance' as const, minutes })),
  },
  { weight: 4, arbitrary: fc.constant({ kind: 'sweep' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'closePages' as const }) },
  { weight: 1, arbitrary: fc.boolean().map((agree) => ({ kind: 'banks' as const, agree })) },
)

const beginningsOfTime: readonly (readonly ClockAct[])[] = [
  [],
  [{ kind: 'advance', minutes: 16 }, { kind: 'sweep' }],
  [{ kind: 'banks', agree: false }],
  [{ kind: 'closePages' }],
  [{ kind: 'sweep' }, { kind: 'advance', minutes: 30 }, { kind: 'sweep' }, { kind: 'sweep' }],
]

const organiserAct: fc.Arbitrary<OrganiserAct> = fc.oneof(
  { weight: 5, arbitrary: fc.nat({ max: 8 }).map((capacity) => ({ kind: 'resize' as const, capacity })) },
  { weight: 1, arbitrary: fc.constant({ kind: 'cancelEvent' as const }) },
)

const delivery: fc.Arbitrary<Delivery> = fc.record({
  pick: fc.nat({ max: 5 }),
  how: fc.constantFrom('once', 'once', 'twice', 'never'),
})

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  plan: fc.record({ seed: fc.noShrink(fc.nat()), disorder: fc.nat({ max: 400 }) }),
  faults: fc.array(fc.tuple(fc.nat({ max: 90 }), fc.constantFrom(...faults)), { maxLength: 8 }),
  event: fc.record({
    capacity: fc.integer({ min: 1, max: 6 }),
    shards: fc.integer({ min: 1, max: 4 }),
    seats: fc.option(fc.integer({ min: 1, max: 3 })),
    maxPerBuyer: fc.option(fc.integer({ min: 2, max: 4 })),
    priceMinor: fc.constantFrom(2500, 2500, 2500, 0),
  }),
  buyers: fc.array(buyer, { minLength: 1, maxLength: 4 }),
  clock: fc
    .tuple(fc.constantFrom(...beginningsOfTime), fc.array(clockAct, { maxLength: 6 }))
    .map(([first, then]) => [...first, ...then]),
  desks: fc.oneof(
    { weight: 3, arbitrary: fc.array(fc.array(organiserAct, { minLength: 1, maxLength: 2 }), { maxLength: 1 }) },
    { weight: 1, arbitrary: fc.array(fc.tuple(organiserAct), { minLength: 2, maxLength: 2 }) },
  ),
  deliveries: fc.array(delivery, { maxLength: 5 }),
  letters: fc.array(fc.record({ pick: fc.nat({ max: 3 }), times: fc.constantFrom(1, 1, 2) }), { maxLength: 3 }),
  skewsMs: fc.array(fc.constantFrom(0, 0, -2000, 3000, 20_000), { minLength: 1, maxLength: 3 }),
  provider: fc.record({
    knowsRefunds: fc.constant(true),
    capsRefunds: fc.constant(true),
    closesPages: fc.constantFrom(true, true, true, false),
  }),
  refundAnswers: fc.array(fc.constantFrom('succeeded', 'succeeded', 'pending', 'failed'), {
    minLength: 1,
    maxLength: 2,
  }),
})
