import fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Scenario } from './acts.ts'
import { conditions, controls, twiceAtOnce, without } from './controls.ts'
import { allGuards, type ConditionName, type Guards } from './guards.ts'
import { restoreRules, rules } from './rules.ts'
import { scenario } from './scenario.ts'
import { simulate } from './simulate.ts'

vi.mock('node:timers/promises', () => import('./virtual-timers.ts'))
vi.mock('#domain/order-decisions.ts', async (original) => {
  const real = await original<typeof import('#domain/order-decisions.ts')>()
  const { rules } = await import('./rules.ts')
  return {
    ...real,
    judgePayment: (...[order, payment]: Parameters<typeof real.judgePayment>) =>
      real.judgePayment(order, rules.matchesAmounts ? payment : { ...payment, amount: order.total }),
    isUnchanged: (...[seen, stored]: Parameters<typeof real.isUnchanged>) =>
      !rules.looksAgain || real.isUnchanged(seen, stored),
    isDisputed: (...[order]: Parameters<typeof real.isDisputed>) => rules.waitsForBanks && real.isDisputed(order),
  } satisfies typeof real
})
vi.mock('#domain/order-changes.ts', async (original) => {
  const real = await original<typeof import('#domain/order-changes.ts')>()
  const { rules } = await import('./rules.ts')
  return {
    ...real,
    refundableMinor: (...[order]: Parameters<typeof real.refundableMinor>) =>
      rules.capsRefunds ? real.refundableMinor(order) : order.total.amountMinor,
  } satisfies typeof real
})
vi.mock('#domain/cancellations.ts', async (original) => {
  const real = await original<typeof import('#domain/cancellations.ts')>()
  const { rules } = await import('./rules.ts')
  return {
    ...real,
    afterPage: (...[before, page, ...rest]: Parameters<typeof real.afterPage>) =>
      real.afterPage(before, rules.triesAgain ? page : { ...page, isClean: true }, ...rest),
  } satisfies typeof real
})
vi.mock('#domain/refused-refunds.ts', async (original) => {
  const real = await original<typeof import('#domain/refused-refunds.ts')>()
  const { rules } = await import('./rules.ts')
  return {
    withRefundOwedAgain: (...[decided, ...rest]: Parameters<typeof real.withRefundOwedAgain>) =>
      rules.owesAgain ? real.withRefundOwedAgain(decided, ...rest) : decided,
  } satisfies typeof real
})

/** So many interleavings may pass before a missing guard is noticed. */
const patience = 6000

afterEach(restoreRules)

describe('a guard that is taken away is missed', () => {
  test.each(controls)('$guard', { timeout: 0 }, async ({ guards = allGuards, rule, among = (one) => one, breaks }) => {
    if (rule) rules[rule] = false
    const found = await firstViolation(guards, breaks, among)
    expect(found, `nobody noticed in ${patience} interleavings`).not.toBeNull()
  })
})

const {
  held,
  sold,
  saleStateIsCurrent,
  eventIsCurrent,
  cancellationIsNew,
  orderIsUnchanged,
  ticketIsNew,
  ticketIsUnused,
} = conditions

interface Last {
  readonly guard: string
  readonly others: readonly ConditionName[]
  readonly own: ConditionName
  readonly among?: (one: Scenario) => Scenario
  readonly breaks: RegExp
}

/** Guards that stand behind another one: both away are missed, the first alone lets nothing of this kind through. */
const last: readonly Last[] = [
  {
    guard: 'a ticket is made once, though its order may be sold twice',
    ...{ others: [held, sold, orderIsUnchanged], own: ticketIsNew, breaks: /a ticket is made once/ },
  },
  {
    guard: 'what is sold is not given back twice, though its order may be',
    ...{ others: [orderIsUnchanged, ticketIsUnused], own: sold, breaks: /stock adds up/ },
  },
  {
    guard: 'a cancellation begins once, though its event may be cancelled twice',
    ...{ others: [eventIsCurrent, saleStateIsCurrent], own: cancellationIsNew, breaks: /only goes on/ },
    among: twiceAtOnce,
  },
]

describe('where guards stand behind each other, the last one holds alone', () => {
  test.each(last)('$guard', { timeout: 0 }, async ({ others, own, breaks, among }) => {
    expect(await firstViolation(without(...others, own), breaks, among)).not.toBeNull()
    expect(await firstViolation(without(...others), breaks, among, 500)).toBeNull()
  })
})

async function firstViolation(
  guards: Guards,
  breaks: RegExp,
  among = (one: Scenario): Scenario => one,
  numRuns = patience,
): Promise<Scenario | null> {
  const { counterexample } = await fc.check(
    fc.asyncProperty(scenario.map(among), async (one) => {
      const violations = await simulate(one, guards)
      return !violations.some(({ invariant }) => breaks.test(invariant))
    }),
    { numRuns, endOnFailure: true, seed: 1 },
  )
  return counterexample?.[0] ?? null
}
