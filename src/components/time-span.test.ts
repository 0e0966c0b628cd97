import { expect, test } from 'vitest'
import { timeSpan, withOffset } from './time-span.ts'

test('a night that ends after midnight is still one span of hours', () => {
  expect(timeSpan('2027-03-13T21:00:00.000Z', '2027-03-14T02:00:00.000Z', 'Europe/Madrid', 'en-GB')).toBe('22:00–03:00')
})

test('an event of several days names the day at both ends', () => {
  expect(timeSpan('2027-03-12T17:00:00.000Z', '2027-03-14T22:00:00.000Z', 'Europe/Madrid', 'en-GB')).toBe(
    'Fri 12 Mar, 18:00 – Sun 14 Mar, 23:00',
  )
})

test('a machine-readable time carries the offset of that day', () => {
  expect(withOffset('2027-01-14T19:00:00.000Z', 'Europe/Madrid')).toBe('2027-01-14T20:00+01:00')
  expect(withOffset('2027-07-14T18:00:00.000Z', 'Europe/Madrid')).toBe('2027-07-14T20:00+02:00')
  expect(withOffset('2027-07-14T18:00:00.000Z', 'America/St_Johns')).toBe('2027-07-14T15:30-02:30')
})
