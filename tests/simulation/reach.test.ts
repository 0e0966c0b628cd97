import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { faults } from './faults.ts'
import { reachedBy } from './reached.ts'
import { scenario } from './scenario.ts'
import { play } from './simulate.ts'

vi.mock('node:timers/promises', () => import('./virtual-timers.ts'))

/** A simulation in which nothing happens finds nothing. */
const mustHappen = [
  ...['nothing to held', 'nothing to paid', 'held to paid', 'held to expired', 'held to cancelled'],
  ...['expired to paid', 'cancelled to paid', 'paid to cancelled', 'paid to partly_refunded', 'paid to refunded'],
  ...['partly_refunded to partly_refunded', 'partly_refunded to cancelled', 'partly_refunded to refunded'],
  ...['stock of several shards', 'an order over two prices', 'a second payment page', 'an extended hold'],
  ...['a fee', 'a tax', 'an edited code', 'a removed code', 'a code that leaves nothing to pay'],
  ...['paid', 'expired', 'cancelled', 'refunded'].map((status) => `a code on an order that is ${status}`),
  ...['a payment that does not fit', 'a payment from elsewhere', 'a refund that is asked for twice'],
  ...['a paid order that ended with its event', 'cancellation finished'],
  ...['requested', 'by_organiser', 'at_provider', 'event_cancelled', 'duplicate', 'no_tickets'].flatMap((cause) =>
    ['succeeded', 'failed'].map((status) => `refund ${cause} ${status}`),
  ),
  ...['refund by_organiser of tickets', 'refund at_provider of tickets', 'dispute told won', 'dispute told lost'],
  ...['another price', 'another limit', 'sales that were ended', 'sales that were put off', 'a withdrawn event'],
  ...['an event that was published again', 'tickets that ended without money'],
  ...['scan admitted', 'scan already_admitted', 'scan revoked'],
]

const calls = [
  ...['GetCommand', 'QueryCommand', 'BatchGetCommand', 'UpdateCommand', 'PutCommand', 'TransactWriteCommand'],
  ...['openCheckout', 'readCheckout', 'closeCheckout', 'readNews', 'refund', 'mail'],
]
/** Only where several orders or shards meet. */
const rareCalls = ['TransactGetCommand', 'readRefund']
const mustFail = [
  ...calls.flatMap((call) => faults.filter((fault) => fault !== 'partial').map((fault) => `fault ${fault} at ${call}`)),
  'fault partial at BatchGetCommand',
]

test('the interleavings come through every state, and meet every fault at every call', { timeout: 0 }, async () => {
  const seen = new Set<string>()
  for (const one of fc.sample(scenario, { numRuns: 5000, seed: 1 }))
    for (const reached of reachedBy(await play(one))) seen.add(reached)
  expect([...mustHappen, ...mustFail].filter((one) => !seen.has(one))).toEqual([])
  for (const call of rareCalls)
    expect([...seen].filter((one) => one.endsWith(`at ${call}`)).length, call).toBeGreaterThanOrEqual(4)
})

test('one seed is one run, step by step', async () => {
  for (const one of fc.sample(scenario, { numRuns: 50, seed: 2 })) {
    const [first, second] = [await play(one), await play(one)]
    expect(second.world.scheduler.count()).toBe(first.world.scheduler.count())
    expect(second.world.database.itemsOf('sales')).toEqual(first.world.database.itemsOf('sales'))
  }
})
