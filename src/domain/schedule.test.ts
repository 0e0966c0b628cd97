import { expect, test } from 'vitest'
import { instantOf, localTimeOf, monthOf, monthWindow, nextMoment, nextMonth, weekOf, weekWindow } from './schedule.ts'

test.each([
  ['2027-07-01T20:30', 'Europe/Madrid', '2027-07-01T18:30:00.000Z'],
  ['2027-01-15T20:30', 'Europe/London', '2027-01-15T20:30:00.000Z'],
  ['2027-03-07T09:00', 'Asia/Tokyo', '2027-03-07T00:00:00.000Z'],
  ['2027-11-01T19:00', 'America/Los_Angeles', '2027-11-02T02:00:00.000Z'],
  ['2027-06-01T12:00', 'Asia/Kathmandu', '2027-06-01T06:15:00.000Z'],
  ['2027-01-01T00:30', 'Pacific/Kiritimati', '2026-12-31T10:30:00.000Z'],
])('%s in %s is %s, and back', (local, zone, instant) => {
  expect(instantOf(local, zone)).toBe(instant)
  expect(localTimeOf(instant, zone)).toBe(local)
})

test('a time that the spring change skips moves forward by the gap', () => {
  expect(instantOf('2027-03-28T02:30', 'Europe/Madrid')).toBe('2027-03-28T01:30:00.000Z')
  expect(localTimeOf('2027-03-28T01:30:00.000Z', 'Europe/Madrid')).toBe('2027-03-28T03:30')
})

test('a time that the autumn change repeats means its first pass', () => {
  expect(instantOf('2027-10-31T02:30', 'Europe/Madrid')).toBe('2027-10-31T00:30:00.000Z')
  expect(localTimeOf('2027-10-31T01:30:00.000Z', 'Europe/Madrid')).toBe('2027-10-31T02:30')
})

test('an event lies in the month that its venue’s calendar shows', () => {
  expect(monthOf('2027-02-28T23:30:00.000Z', 'Europe/Madrid')).toBe('2027-03')
  expect(monthOf('2027-03-01T04:30:00.000Z', 'America/New_York')).toBe('2027-02')
})

test('a month’s window holds its first and last minute in the zones furthest from UTC', () => {
  const { from, before } = monthWindow('2027-12')
  expect(instantOf('2027-12-01T00:00', 'Pacific/Kiritimati') >= from).toBe(true)
  expect(instantOf('2027-12-31T23:59', 'Etc/GMT+12') < before).toBe(true)
  expect(nextMonth('2027-12')).toBe('2028-01')
})

test('a week begins on Monday, in UTC', () => {
  expect(weekOf('2027-03-07T23:59:59.999Z')).toBe('2027-03-01')
  expect(weekOf('2027-03-08T00:00:00.000Z')).toBe('2027-03-08')
  expect(weekWindow('2027-03-01')).toEqual({ from: '2027-03-01T00:00:00.000Z', before: '2027-03-08T00:00:00.000Z' })
})

const event = {
  status: 'published',
  publishedAt: '2027-01-01T00:00:00.000Z',
  startsAt: '2027-05-01T19:00:00.000Z',
  endsAt: '2027-05-01T22:00:00.000Z',
  ticketTypes: [
    { hidden: false, salesStartAt: '2027-02-01T12:00:00.000Z', salesEndAt: '2027-03-01T12:00:00.000Z' },
    { hidden: false },
    { hidden: true, salesStartAt: '2027-01-15T12:00:00.000Z' },
  ],
} as const

test.each([
  ['2027-01-01T00:00:00.000Z', '2027-02-01T12:00:00.000Z'],
  ['2027-02-01T12:00:00.000Z', '2027-03-01T12:00:00.000Z'],
  ['2027-03-01T12:00:00.000Z', '2027-05-01T19:00:00.000Z'],
  ['2027-05-01T19:00:00.000Z', '2027-05-01T22:00:00.000Z'],
  ['2027-05-01T22:00:00.000Z', null],
])('after %s the clock next changes the pages at %s; hidden types do not count', (now, next) => {
  expect(nextMoment(event, now)).toBe(next)
})

test('a cancelled event leaves the lists when it would have begun; a draft stands in none', () => {
  const cancelled = { ...event, status: 'cancelled', ticketTypes: [] } as const
  expect(nextMoment(cancelled, '2027-01-01T00:00:00.000Z')).toBe(event.startsAt)
  const { publishedAt: _, ...draft } = event
  expect(nextMoment({ ...draft, status: 'draft' }, '2027-01-01T00:00:00.000Z')).toBeNull()
  expect(nextMoment({ ...draft, status: 'cancelled' }, '2027-01-01T00:00:00.000Z')).toBeNull()
})
