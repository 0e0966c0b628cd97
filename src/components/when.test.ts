import { expect, test } from 'vitest'
import { clock, dayPieces, daysText, longDay, moment, monthName, shortDay, untilText, zoneName } from './when.ts'

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

test('what goes on for days is told by its first and last day, an evening by its own, past midnight too', () => {
  const fair = { startsAt: '2027-03-12T17:00:00.000Z', endsAt: '2027-03-14T21:00:00.000Z', timeZone: 'Europe/Madrid' }
  const evening = { ...fair, endsAt: '2027-03-13T01:00:00.000Z' }
  expect(daysText(fair, 'en-GB')).toMatch(/^12\s?–\s?14 March 2027$/)
  expect(daysText({ ...fair, endsAt: '2027-05-02T10:00:00.000Z' }, 'de-DE')).toMatch(/^12\. März\s–\s2\. Mai 2027$/)
  expect(daysText(evening, 'en-GB')).toBe('Friday 12 March 2027')
  const words = { until: 'Until {date}', locale: 'en-GB' }
  expect(untilText(fair, words)).toBe('Until Sun 14 Mar')
  expect(untilText(evening, words)).toBe('Until 02:00 CET')
})
