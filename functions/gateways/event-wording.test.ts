import { expect, test } from 'vitest'
import { describeEventTimes, describePrice, supportedLocale } from './event-wording.ts'

const concert = { startsAt: '2027-03-14T19:30:00.000Z', endsAt: '2027-03-14T22:00:00.000Z', timeZone: 'Europe/Madrid' }

test('times are those of the venue, whatever the zone of the machine', () => {
  expect(describeEventTimes({ ...concert, doorsAt: '2027-03-14T18:45:00.000Z' }, 'en-GB')).toEqual({
    date: expect.stringMatching(/^Sunday,? 14 March 2027$/),
    time: '20:30 – 23:00',
    zone: 'Central European Standard Time',
    doors: '19:45',
  })
  expect(describeEventTimes({ ...concert, timeZone: 'Asia/Tokyo' }, 'en-GB')).toMatchObject({
    date: expect.stringMatching(/^Monday,? 15 March 2027$/),
    time: '4:30 – 7:00',
    zone: 'Japan Standard Time',
    doors: null,
  })
})

test('in summer the zone is called by its summer name', () => {
  const summer = { ...concert, startsAt: '2027-07-14T19:30:00.000Z', endsAt: '2027-07-14T22:00:00.000Z' }
  expect(describeEventTimes(summer, 'en-GB')).toMatchObject({
    time: '21:30 – 0:00',
    zone: 'Central European Summer Time',
  })
})

test('a night that ends in the morning is one day; a festival shows its days', () => {
  expect(describeEventTimes({ ...concert, endsAt: '2027-03-15T05:00:00.000Z' }, 'en-GB')).toMatchObject({
    time: '20:30 – 6:00',
  })
  expect(describeEventTimes({ ...concert, endsAt: '2027-03-16T21:00:00.000Z' }, 'en-GB')).toMatchObject({
    date: expect.stringMatching(/14\s?–\s?16 March 2027/),
    time: 'Sun 20:30 – Tue 22:00',
  })
})

test.each([
  [{ amountMinor: 2450, currency: 'EUR' }, 'en', '€24.50'],
  [{ amountMinor: 4800, currency: 'JPY' }, 'en', 'JP¥4,800'],
  [{ amountMinor: 1500, currency: 'KWD' }, 'en', 'KWD\u00a01.500'],
  [{ amountMinor: 0, currency: 'EUR' }, 'de', 'Kostenlos'],
] as const)('%j in %s reads %s', (price, language, words) => {
  expect(describePrice(price, language)).toBe(words)
})

test.each(['xx_bad', '', 'zz', '"><script>'])('the locale %j falls back instead of throwing', (locale) => {
  expect(supportedLocale(locale)).toBe('en-GB')
})
