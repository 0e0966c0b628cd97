import { expect, test } from 'vitest'
import {
  dayAfter,
  instantOf,
  isInWeekend,
  isUtcDay,
  localTimeOf,
  monthOf,
  monthWindow,
  nextClockChange,
  nextMonth,
  weekendWindow,
} from './schedule.ts'

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

test.each(['2027-02-29', '2027-2-01', '2027-13-01', '2027-03-01T', ''])('%j is no day', (text) => {
  expect(isUtcDay(text)).toBe(false)
  expect(isUtcDay('2028-02-29')).toBe(true)
})

test.each([
  ['a concert on Friday at nine', '2027-03-05T20:00:00.000Z', '2027-03-05T22:00:00.000Z', true],
  ['a talk on Friday at four', '2027-03-05T15:00:00.000Z', '2027-03-05T15:59:00.000Z', false],
  ['a festival from Thursday to Saturday', '2027-03-04T10:00:00.000Z', '2027-03-06T20:00:00.000Z', true],
  ['a party until Monday morning', '2027-03-07T22:59:00.000Z', '2027-03-08T05:00:00.000Z', true],
  ['a play on Monday', '2027-03-07T23:00:00.000Z', '2027-03-08T01:00:00.000Z', false],
])('%s is on this weekend or not, by the clock in Seville', (_, startsAt, endsAt, isOn) => {
  const timeZone = 'Europe/Madrid'
  expect(isInWeekend({ startsAt, endsAt, timeZone }, '2027-03-03T12:00:00.000Z')).toBe(isOn)
})

test('this weekend becomes the next one where and when Monday begins', () => {
  const inKyoto = {
    startsAt: '2027-03-12T10:00:00.000Z',
    endsAt: '2027-03-12T12:00:00.000Z',
    timeZone: 'Asia/Tokyo',
  }
  const inChicago = { ...inKyoto, timeZone: 'America/Chicago', endsAt: '2027-03-13T02:00:00.000Z' }
  expect(isInWeekend(inKyoto, '2027-03-07T14:59:59.999Z')).toBe(false)
  expect(isInWeekend(inKyoto, '2027-03-07T15:00:00.000Z')).toBe(true)
  expect(isInWeekend(inChicago, '2027-03-07T15:00:00.000Z')).toBe(false)
  expect(isInWeekend(inChicago, '2027-03-08T06:00:00.000Z')).toBe(true)
})

test('what goes on for weeks is on each weekend until it ends, and the clock comes by when it leaves the last one', () => {
  const ofWeeks = (endsAt: string) => ({
    ...{ startsAt: '2027-03-02T09:00:00.000Z', endsAt, timeZone: 'Europe/Madrid' },
    ...{ status: 'published' as const, ticketTypes: [] },
  })
  const [untilTuesday, untilSunday] = [ofWeeks('2027-03-23T17:00:00.000Z'), ofWeeks('2027-03-21T17:00:00.000Z')]
  const isOn = (event: typeof untilTuesday, now: string) => isInWeekend(event, now)
  expect(isOn(untilTuesday, '2027-02-28T12:00:00.000Z')).toBe(false)
  for (const now of ['2027-03-01T12:00:00.000Z', '2027-03-12T12:00:00.000Z', '2027-03-21T12:00:00.000Z'])
    expect([isOn(untilTuesday, now), isOn(untilSunday, now)]).toEqual([true, true])
  expect(isOn(untilTuesday, '2027-03-22T12:00:00.000Z')).toBe(false)
  const momentsOf = (event: typeof untilTuesday) => {
    const moments: string[] = []
    for (let at: string | null = '2027-01-01T00:00:00.000Z'; at; at = nextClockChange(event, at)) moments.push(at)
    return moments.slice(1)
  }
  expect(momentsOf(untilTuesday)).toEqual([
    '2027-02-28T23:00:00.000Z',
    '2027-03-02T09:00:00.000Z',
    '2027-03-21T23:00:00.000Z',
    '2027-03-23T17:00:00.000Z',
  ])
  expect(momentsOf(untilSunday).slice(2)).toEqual(['2027-03-21T17:00:00.000Z', '2027-03-21T23:00:00.000Z'])
})

test.each(['Pacific/Kiritimati', 'Etc/GMT+12', 'Asia/Kathmandu'])(
  'the window of a weekend holds its week in %s',
  (zone) => {
    for (const now of [
      '2027-03-07T09:59:00.000Z',
      '2027-03-07T10:00:00.000Z',
      '2027-03-08T11:59:00.000Z',
      '2027-03-10T00:00:00.000Z',
    ]) {
      const { friday, before } = weekendWindow(now)
      const today = localTimeOf(now, zone).slice(0, 10)
      const monday = dayAfter(today, -((new Date(today).getUTCDay() + 6) % 7))
      expect(instantOf(`${dayAfter(monday, 4)}T17:00`, zone) >= friday).toBe(true)
      const sunday = new Date(Date.parse(monday) + 6 * 86_400_000).toISOString().slice(0, 10)
      expect(instantOf(`${sunday}T23:59`, zone) < before).toBe(true)
    }
  },
)

const event = {
  status: 'published',
  timeZone: 'Europe/Madrid',
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
  ['2027-03-01T12:00:00.000Z', '2027-04-25T22:00:00.000Z'],
  ['2027-04-25T22:00:00.000Z', '2027-05-01T19:00:00.000Z'],
  ['2027-05-01T19:00:00.000Z', '2027-05-01T22:00:00.000Z'],
  ['2027-05-01T22:00:00.000Z', '2027-05-02T22:00:00.000Z'],
  ['2027-05-02T22:00:00.000Z', null],
])('at %s the clock next moves a sale or a list at %s; hidden types do not count', (now, next) => {
  expect(nextClockChange(event, now)).toBe(next)
})

test('the clock moves nothing of a draft, and the lists in which a cancelled event stands', () => {
  expect(nextClockChange({ ...event, status: 'draft' }, '2027-01-01T00:00:00.000Z')).toBeNull()
  const cancelled = { ...event, status: 'cancelled' } as const
  expect(nextClockChange(cancelled, '2027-01-01T00:00:00.000Z')).toBe('2027-04-25T22:00:00.000Z')
})
