import { expect, test } from 'vitest'
import { bucketNamed, bucketsOf, parentOf, partsOf, windowOf } from './buckets.ts'

const named = (name: string) => {
  const bucket = bucketNamed(name)
  if (!bucket) throw new Error(`${name} names no bucket`)
  return bucket
}
const names = (buckets: readonly { name: string }[]) => buckets.map(({ name }) => name)

test('an event lies in the month, the week and the day of the venue’s calendar', () => {
  expect(names(bucketsOf('2027-03-31T22:30:00.000Z', 'Europe/Madrid'))).toEqual([
    '2027-04',
    '2027-04-01-07',
    '2027-04-01',
  ])
  expect(names(bucketsOf('2027-03-31T22:30:00.000Z', 'UTC'))).toEqual(['2027-03', '2027-03-29-31', '2027-03-31'])
})

test('the parts of a month are its weeks, those of a week its days, and every day is in one of each', () => {
  expect(names(partsOf(named('2027-03')))).toEqual([
    '2027-03-01-07',
    '2027-03-08-14',
    '2027-03-15-21',
    '2027-03-22-28',
    '2027-03-29-31',
  ])
  expect(names(partsOf(named('2027-02')))).toHaveLength(4)
  expect(names(partsOf(named('2027-03-29-31')))).toEqual(['2027-03-29', '2027-03-30', '2027-03-31'])
  expect(partsOf(named('2027-03-29'))).toEqual([])
  for (const week of partsOf(named('2028-12'))) {
    expect(parentOf(week)).toEqual(named('2028-12'))
    for (const day of partsOf(week)) expect(parentOf(day)).toEqual(week)
  }
})

test('the last week of a leap year’s February is one day', () => {
  expect(names(partsOf(named('2028-02'))).at(-1)).toBe('2028-02-29')
  expect(parentOf(named('2028-02-29'))).toEqual(named('2028-02'))
  expect(partsOf(named('2028-02-29'))).toEqual([])
})

test('only the names of buckets name one', () => {
  for (const name of [
    '2027-13',
    '2027-3',
    '2027-03-09-15',
    '2027-03-08-13',
    '2027-02-30',
    '2027-03-00',
    '1999-01',
    'all',
  ])
    expect(bucketNamed(name)).toBeNull()
  for (const name of ['2027-03', '2027-03-08-14', '2027-03-08']) expect(bucketNamed(name)?.name).toBe(name)
})

test('the window of a bucket holds its first and last minute in every zone', () => {
  const { from, before } = windowOf(named('2027-03-08'))
  expect(from <= '2027-03-07T10:00:00.000Z').toBe(true)
  expect(before >= '2027-03-09T11:59:00.000Z').toBe(true)
})
