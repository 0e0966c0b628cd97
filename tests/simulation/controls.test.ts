import { GetCommand } from '@aws-sdk/lib-dynamodb'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import type { Scenario } from './acts.ts'
import { allGuards, type ConditionName, type Guards, withoutConditions } from './guards.ts'
import { isMap, toItem } from './memory-dynamo/values.ts'
import { scenario } from './scenario.ts'
import { simulate } from './simulate.ts'

vi.mock('node:timers/promises', () => import('./virtual-timers.ts'))

/** So many interleavings may pass before a missing guard is noticed. */
const patience = 3000

const conditions = {
  stock: { key: 'POOL#', text: /#left >= :leftNeeded/ },
  held: { key: 'POOL#', text: /#held >= :heldNeeded/ },
  resize: { key: 'POOL#', text: /#left >= :least/ },
  orderIsNew: { key: 'ORDER#', text: /attribute_not_exists/ },
  orderIsUnchanged: { key: 'ORDER#', text: /#version = :version/ },
  withinLimit: { key: 'LIMIT#', text: /taken <= :room/ },
  ticketIsNew: { key: 'TICKET#', text: /attribute_not_exists/ },
  ticketIsUnused: { key: 'TICKET#', text: /^#status = :valid AND admission = :none$/ },
  ticketMayEnter: { key: 'TICKET#', text: /eventId = :eventId/ },
  scanIsNew: { key: 'SCAN#', text: /attribute_not_exists/ },
  eventIsCurrent: { key: 'EVENT#', text: /#version = :version/ },
  letterIsUnclaimed: { key: 'ORDER#', text: /claimedUntil <= :now/ },
} satisfies Record<string, ConditionName>

const without = (...names: ConditionName[]): Guards => ({ ...allGuards, database: withoutConditions(...names) })

/** The stock goes back without asking whether somebody has paid for it meanwhile. */
const withoutAsking: Guards = {
  ...allGuards,
  payments: (acts) => ({
    ...acts,
    closeCheckout: (sessionId) => ({ ...acts.readCheckout(sessionId), state: 'closed' }),
  }),
}

/** The order does not remember which payment it was sold for. */
const forgetfulOrders: Guards = {
  ...allGuards,
  answer(command, answer) {
    if (!(command instanceof GetCommand) || !('Item' in answer)) return answer
    const item = toItem(Object(answer.Item))
    if (!isMap(item.payment)) return answer
    const { paymentIntentId: _, ...payment } = item.payment
    return { Item: { ...item, payment } }
  },
}

/** The news of a payment does not come by itself: whoever gives stock back must ask. */
function loseWebhooks(one: Scenario): Scenario {
  const deliveries = Array.from({ length: 12 }, () => ({ pick: 0, how: 'never' as const }))
  return { ...one, deliveries, provider: { ...one.provider, closesPages: true } }
}

interface Control {
  readonly guard: string
  readonly guards?: Guards
  /** Makes of each scenario one in which the guard matters. */
  readonly among?: (one: Scenario) => Scenario
  /** What must be found to be broken. */
  readonly breaks: RegExp
}

const controls: readonly Control[] = [
  { guard: 'a place is taken only while one is left', guards: without(conditions.stock), breaks: /stock adds up/ },
  { guard: 'capacity shrinks only by what is left', guards: without(conditions.resize), breaks: /stock adds up/ },
  {
    guard: 'one key, one order',
    guards: without(conditions.orderIsNew),
    breaks: /is sold as orders say|holds nothing/,
  },
  {
    guard: 'an order changes only from what was decided on',
    guards: without(conditions.orderIsUnchanged),
    breaks: /stock adds up|is sold as orders say|tickets|refund|unexpected/,
  },
  { guard: 'no buyer goes over the limit', guards: without(conditions.withinLimit), breaks: /buyer within limit/ },
  { guard: 'a used ticket is not given back', guards: without(conditions.ticketIsUnused), breaks: /used ticket/ },
  { guard: 'a ticket enters once', guards: without(conditions.ticketMayEnter), breaks: /enters once|admission/ },
  { guard: 'a scan is recorded once', guards: without(conditions.scanIsNew), breaks: /answered alike|admitted/ },
  {
    guard: 'an edit starts from what is stored',
    guards: without(conditions.eventIsCurrent),
    breaks: /event's capacity/,
  },
  {
    guard: 'the provider is asked before stock goes back',
    guards: withoutAsking,
    among: loseWebhooks,
    breaks: /ends in tickets or a refund/,
  },
  { guard: 'a payment counts once', guards: forgetfulOrders, breaks: /tickets|refund|unexpected/ },
  {
    guard: 'one sender at a time has a letter',
    guards: without(conditions.letterIsUnclaimed),
    among: (one) => ({ ...one, faults: [], skewsMs: [0], clock: [] }),
    breaks: /told once/,
  },
  {
    guard: 'a refund is sent under its own key',
    among: (one) => ({ ...one, provider: { ...one.provider, knowsRefunds: false, capsRefunds: false } }),
    breaks: /books are ours/,
  },
]

describe('a guard that is taken away is missed', () => {
  test.each(controls)('$guard', { timeout: 0 }, async ({ guards = allGuards, among = (one) => one, breaks }) => {
    const found = await firstViolation(guards, breaks, among)
    expect(found, `nobody noticed in ${patience} interleavings`).not.toBeNull()
  })
})

describe('where guards stand behind each other, the last one holds alone', () => {
  test('a ticket is made once, though its order may be sold twice', { timeout: 0 }, async () => {
    const { held, orderIsUnchanged, ticketIsNew } = conditions
    const once = /a ticket is made once/
    expect(await firstViolation(without(held, orderIsUnchanged, ticketIsNew), once)).not.toBeNull()
    expect(await firstViolation(without(held, orderIsUnchanged), once, undefined, 1000)).toBeNull()
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
