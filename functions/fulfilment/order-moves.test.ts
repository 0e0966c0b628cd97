import { expect, test } from 'vitest'
import { readFailedRefunds } from './order-moves.ts'

const image = (...refunds: readonly (readonly [id: string, status: string])[]) => ({
  refunds: { L: refunds.map(([id, status]) => ({ M: { id: { S: id }, status: { S: status } } })) },
})
const Keys = { pk: { S: 'ORDER#ord_1' }, sk: { S: 'ORDER' } }

test('a refund that fails is told once, by the change in which it does', () => {
  const [pending, failed] = [image(['r1', 'pending'], ['r2', 'failed']), image(['r1', 'failed'], ['r2', 'failed'])]
  expect(readFailedRefunds({ dynamodb: { Keys, OldImage: pending, NewImage: failed } })).toEqual(['r1'])
  expect(readFailedRefunds({ dynamodb: { Keys, OldImage: failed, NewImage: failed } })).toEqual([])
  expect(readFailedRefunds({ dynamodb: { Keys, NewImage: pending } })).toEqual(['r2'])
})

test('items that are no orders say nothing of refunds', () => {
  expect(readFailedRefunds({ dynamodb: { Keys: { pk: { S: 'TICKET#1' }, sk: { S: 'TICKET' } } } })).toEqual([])
  expect(readFailedRefunds({})).toEqual([])
})
