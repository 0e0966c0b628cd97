import fc from 'fast-check'
import { expect, test } from 'vitest'
import { demandOf, giveBack, planTake, type ShardStock, sellHeld, splitCapacity, sumShards, takeInto } from './stock.ts'

const shard = (at: number, left: number): ShardStock => ({
  poolId: 'poo_1',
  shard: at,
  capacity: 10,
  left,
  held: 10 - left,
  sold: 0,
})

test('a type that draws on two pools needs both, and pools that types share are added up', () => {
  const line = { ticketTypeName: '', unitPriceMinor: 0, totalMinor: 0 }
  const lines = [
    { ...line, ticketTypeId: 'standing', quantity: 3, poolIds: ['floor'] },
    { ...line, ticketTypeId: 'seated', quantity: 2, poolIds: ['floor', 'seats'] },
  ]
  expect(demandOf(lines)).toEqual([
    { poolId: 'floor', quantity: 5 },
    { poolId: 'seats', quantity: 2 },
  ])
})

test('one shard that has enough serves the whole order, counted from the preferred one', () => {
  expect(planTake([shard(0, 9), shard(1, 1), shard(2, 4)], 4, 1)).toEqual([{ poolId: 'poo_1', shard: 2, quantity: 4 }])
  expect(planTake([shard(0, 9), shard(1, 5)], 4, 1)).toEqual([{ poolId: 'poo_1', shard: 1, quantity: 4 }])
})

test('the last places are taken together from several shards, the fullest first', () => {
  expect(planTake([shard(0, 1), shard(1, 3), shard(2, 2)], 4, 0)).toEqual([
    { poolId: 'poo_1', shard: 1, quantity: 3 },
    { poolId: 'poo_1', shard: 2, quantity: 1 },
  ])
})

test('a plan takes exactly what is asked and never more than a shard has; there is one whenever there is enough', () => {
  const shards = fc
    .array(fc.nat(20), { minLength: 1, maxLength: 32 })
    .map((lefts) => lefts.map((left, at) => shard(at, left)))
  fc.assert(
    fc.property(shards, fc.integer({ min: 1, max: 50 }), fc.nat(31), (stock, quantity, preferred) => {
      const plan = planTake(stock, quantity, preferred)
      const total = stock.reduce((sum, { left }) => sum + left, 0)
      expect(plan !== null).toBe(total >= quantity)
      for (const taken of plan ?? []) expect(taken.quantity).toBeLessThanOrEqual(stock[taken.shard]?.left ?? 0)
      if (plan) expect(plan.reduce((sum, taken) => sum + taken.quantity, 0)).toBe(quantity)
      if (plan) expect(new Set(plan.map((taken) => taken.shard)).size).toBe(plan.length)
    }),
  )
})

test('every move keeps left + held + sold', () => {
  const taken = [{ poolId: 'poo_1', shard: 0, quantity: 3 }]
  const moves = [
    takeInto('held', taken),
    takeInto('sold', taken),
    sellHeld(taken),
    giveBack('held', taken),
    giveBack('sold', taken),
  ]
  for (const [move] of moves) expect((move?.left ?? 1) + (move?.held ?? 0) + (move?.sold ?? 0)).toBe(0)
  expect(takeInto('held', taken)).toEqual([{ poolId: 'poo_1', shard: 0, left: -3, held: 3, sold: 0 }])
})

test('a capacity is split to the last place', () => {
  expect(splitCapacity(10, 4)).toEqual([3, 3, 2, 2])
  expect(splitCapacity(0, 2)).toEqual([0, 0])
})

test('a pool is the sum of its shards', () => {
  expect(sumShards([shard(0, 4), shard(1, 1)])).toEqual([{ poolId: 'poo_1', capacity: 20, left: 5, held: 15, sold: 0 }])
})
