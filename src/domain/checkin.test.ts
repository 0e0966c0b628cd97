import { expect, test } from 'vitest'
import { isScannable, judgeScan, scanInstant } from './checkin.ts'

const event = { status: 'published', startsAt: '2027-03-01T19:00:00.000Z', endsAt: '2027-03-01T22:00:00.000Z' } as const
const valid = { status: 'valid', admission: null } as const
const admission = { scanId: 'scn_01jd0zq8x4m6v2t9r3k5c7b1wy', at: '2027-03-01T18:31:00.000Z', gate: 'North' }
const doors = '2027-03-01T18:30:00.000Z'

test('a valid ticket is admitted at the door', () => {
  expect(judgeScan(valid, event, doors, 'in')).toEqual({ verdict: 'admitted' })
})

test('a ticket that was admitted answers when and where it was', () => {
  expect(judgeScan({ ...valid, admission }, event, doors, 'in')).toEqual({
    verdict: 'already_admitted',
    firstScan: admission,
  })
})

test('a revoked ticket stays out, even if it once came in; a ticket that does not exist is unknown', () => {
  expect(judgeScan({ status: 'revoked', admission }, event, doors, 'in')).toEqual({ verdict: 'revoked' })
  expect(judgeScan(null, event, doors, 'in')).toEqual({ verdict: 'unknown' })
})

test('a scan on the way out admits nobody', () => {
  expect(judgeScan(valid, event, doors, 'out')).toEqual({ verdict: 'not_valid_now' })
  expect(judgeScan({ ...valid, admission }, event, doors, 'out').verdict).toBe('already_admitted')
})

test('doors open 24 hours before the start and close 12 hours after the end, to the millisecond', () => {
  expect(isScannable(event, '2027-02-28T19:00:00.000Z')).toBe(true)
  expect(isScannable(event, '2027-02-28T18:59:59.999Z')).toBe(false)
  expect(isScannable(event, '2027-03-02T10:00:00.000Z')).toBe(true)
  expect(isScannable(event, '2027-03-02T10:00:00.001Z')).toBe(false)
  expect(judgeScan(valid, event, '2027-02-20T19:00:00.000Z', 'in')).toEqual({ verdict: 'not_valid_now' })
})

test('a cancelled event and a draft admit nobody', () => {
  expect(judgeScan(valid, { ...event, status: 'cancelled' }, doors, 'in')).toEqual({ verdict: 'not_valid_now' })
  expect(judgeScan(valid, { ...event, status: 'draft' }, doors, 'in')).toEqual({ verdict: 'not_valid_now' })
})

test('a device whose clock runs more than five minutes ahead is given our time, an offline scan keeps its own', () => {
  const now = '2027-03-01T18:30:00.000Z'
  expect(scanInstant('2027-03-01T18:35:00.000Z', now)).toBe('2027-03-01T18:35:00.000Z')
  expect(scanInstant('2027-03-01T18:35:00.001Z', now)).toBe(now)
  expect(scanInstant('2027-03-01T17:00:00.000Z', now)).toBe('2027-03-01T17:00:00.000Z')
})
