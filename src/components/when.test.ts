import { expect, test } from 'vitest'
import { clock, dayPieces, longDay, moment, monthName, shortDay, zoneName } from './when.ts'

test('a day and a time are those of the venue, not of the server', () => {
  expect(longDay('2027-03-13T23:30:00.000Z', 'Europe/Madrid', 'en-GB')).toBe('Sunday 14 March 2027')
  expect(shortDay('2027-03-13T23:30:00.000Z', 'America/New_York', 'en-GB')).toBe('Sat 13 Mar')
  expect(clock('2027-03-13T23:30:00.000Z', 'Asia/Tokyo', 'en-GB')).toBe('08:30')
})

test('a moment names its zone', () => {
  expect(moment('2027-07-01T18:00:00.000Z', 'Europe/Madrid', 'en-GB')).toBe('Thu 1 Jul 2027, 20:00 CEST')
})

test('a zone has its English name where there is one', () => {
  expect(zoneName('2027-01-14T20:00:00.000Z', 'America/New_York', 'en-GB')).toBe('EST')
  expect(zoneName('2027-07-14T20:00:00.000Z', 'Europe/London', 'en-GB')).toBe('BST')
  expect(zoneName('2027-07-14T20:00:00.000Z', 'Asia/Tokyo', 'en-GB')).toBe('GMT+9')
})

test('midnight is 00:00', () => {
  expect(clock('2027-03-13T23:00:00.000Z', 'Europe/Madrid', 'en-GB')).toBe('00:00')
})

test('a month is named in words', () => {
  expect(monthName('2027-03', 'en-GB')).toBe('March 2027')
})

test('each language writes dates its own way', () => {
  const at = ['2027-03-13T19:00:00.000Z', 'Europe/Madrid'] as const
  expect(longDay(...at, 'de-DE')).toBe('Samstag, 13. März 2027')
  expect(shortDay(...at, 'es-ES')).toBe('sáb, 13 mar')
  expect(moment(...at, 'ja-JP')).toBe('2027年3月13日(土) 20:00 CET')
  expect(zoneName(...at, 'de-DE')).toBe('MEZ')
  expect(longDay(...at, 'ar-u-nu-latn')).toBe('السبت، 13 مارس 2027')
})

test('an event in a zone that the visitor’s browser does not know is told by UTC', () => {
  expect(moment('2027-07-01T18:00:00.000Z', 'Europe/Atlantis', 'en-GB')).toBe('Thu 1 Jul 2027, 18:00 UTC')
  expect(dayPieces('2027-07-01T23:30:00.000Z', 'Europe/Atlantis', 'en-GB').date).toBe('1')
})
