import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { parseOrder } from '#functions/store/orders.ts'
import { faults } from './faults.ts'
import { scenario } from './scenario.ts'
import { play } from './simulate.ts'

vi.mock('node:timers/promises', () => import('./virtual-timers.ts'))

/** A simulation in which nothing happens finds nothing. */
const mustHappen = [
  ...['nothing to held', 'nothing to paid', 'held to paid', 'held to expired', 'held to cancelled'],
  ...['expired to paid', 'cancelled to paid', 'paid to cancelled'],
  ...['stock of several shards', 'a second payment page', 'an extended hold'],
  ...['refund requested', 'refund no_tickets', 'refund duplicate', 'refund succeeded', 'refund failed'],
  ...['scan admitted', 'scan already_admitted', 'scan revoked'],
  ...faults.map((fault) => `fault ${fault}`),
]

test('the interleavings come through every state, and meet every fault', { timeout: 0 }, async () => {
  const seen = new Set<string>()
  for (const one of fc.sample(scenario, { numRuns: 1500, seed: 1 })) {
    const { world, transitions } = await play(one)
    for (const transition of transitions) seen.add(transition)
    for (const fault of world.faults.seen) seen.add(`fault ${fault}`)
    for (const item of world.database.itemsOf('sales')) {
      if (item.verdict !== undefined) seen.add(`scan ${item.verdict}`)
      if (item.sk !== 'ORDER') continue
      const { stock, payment, holdExtended, refunds } = parseOrder(item)
      if (stock.length > new Set(stock.map(({ poolId }) => poolId)).size) seen.add('stock of several shards')
      if (payment && payment.attempt > 1) seen.add('a second payment page')
      if (holdExtended) seen.add('an extended hold')
      for (const { cause, status } of refunds) seen.add(`refund ${cause}`).add(`refund ${status}`)
    }
  }
  expect(mustHappen.filter((one) => !seen.has(one))).toEqual([])
})

test('one seed is one run, step by step', async () => {
  for (const one of fc.sample(scenario, { numRuns: 50, seed: 2 })) {
    const [first, second] = [await play(one), await play(one)]
    expect(second.world.scheduler.count()).toBe(first.world.scheduler.count())
    expect(second.world.database.itemsOf('sales')).toEqual(first.world.database.itemsOf('sales'))
  }
})
