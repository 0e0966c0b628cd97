import { expect, test } from 'vitest'
import { clock, longDay, moment, monthName, shortDay, zoneName } from './when.ts'

test('a day and a time are those of the venue, not of the server', () => {
  expect(longDay('2027-03-13T23:30:00.000Z', 'Europe/Madrid')).toBe('Sunday 14 March 2027')
  expect(shortDay('2027-03-13T23:30:00.000Z', 'America/New_York')).toBe('Sat 13 Mar')
  expect(clock('2027-03-13T23:30:00.000Z', 'Asia/Tokyo')).toBe('08:30')
})

test('a moment names its zone', () => {
  expect(moment('2027-07-01T18:00:00.000Z', 'Europe/Madrid')).toBe('Thu 1 Jul 2027, 20:00 CEST')
})

test('a zone has its English name where there is one', () => {
  expect(zoneName('2027-01-14T20:00:00.000Z', 'America/New_York')).toBe('EST')
  expect(zoneName('2027-07-14T20:00:00.000Z', 'Europe/London')).toBe('BST')
  expect(zoneName('2027-07-14T20:00:00.000Z', 'Asia/Tokyo')).toBe('GMT+9')
})

test('midnight is 00:00', () => {
  expect(clock('2027-03-13T23:00:00.000Z', 'Europe/Madrid')).toBe('00:00')
})

test('a month is named in words', () => {
  expect(monthName('2027-03')).toBe('March 2027')
})
