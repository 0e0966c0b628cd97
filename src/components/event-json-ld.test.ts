import { describe, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { eventJsonLd, staticStateOf } from './event-json-ld.ts'

const ticketType = {
  id: 'tty_1',
  name: 'Standard',
  description: '',
  priceMinor: 1850,
  poolIds: ['poo_1'],
  maxPerOrder: 6,
  hidden: false,
}
const event: EventRecord = {
  id: 'evt_1',
  organisationId: 'org_1',
  organiser: { slug: 'teatro', name: 'Teatro', accent: '#1b998b' },
  slug: 'night-train',
  version: 1,
  status: 'published',
  saleState: 'on_sale',
  name: 'Night train',
  summary: 'The last train home.',
  description: '',
  category: 'music',
  startsAt: '2027-03-01T19:00:00.000Z',
  endsAt: '2027-03-01T22:00:00.000Z',
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  venue: { name: 'Sala', street: 'Calle 1', postalCode: '41001', city: 'Seville', citySlug: 'seville', country: 'ES' },
  picture: { base: '/media/evt_1/poster', widths: [480, 1600], aspectRatio: 1.6, alt: 'A train', colour: '#112233' },
  accessibility: '',
  cancellation: { refundableUntilHours: null },
  showsRemaining: false,
  highDemand: false,
  maxPerOrder: 8,
  maxPerBuyer: null,
  ticketTypes: [ticketType, { ...ticketType, id: 'tty_2', name: 'Secret', hidden: true }],
  pools: [],
  createdAt: '2026-10-01T00:00:00.000Z',
  updatedAt: '2026-10-01T00:00:00.000Z',
  publishedAt: '2026-10-02T00:00:00.000Z',
}
const now = '2026-12-01T00:00:00.000Z'
const site = 'https://marquee.example'

test('who performs is named, and nobody when nobody is known', () => {
  const performers = ['Lucía Vargas', '</script>']
  expect(eventJsonLd({ ...event, performers }, site, now)).toMatchObject({
    performer: [
      { '@type': 'PerformingGroup', name: 'Lucía Vargas' },
      { '@type': 'PerformingGroup', name: '</script>' },
    ],
  })
  expect(eventJsonLd(event, site, now)).not.toHaveProperty('performer')
})

test('a search engine learns all that it shows of an event', () => {
  expect(eventJsonLd(event, site, now, 'en', '/media/evt_1/share.jpg')).toEqual({
    '@context': 'https://schema.org',
    '@type': 'Event',
    name: 'Night train',
    description: 'The last train home.',
    inLanguage: 'en',
    url: 'https://marquee.example/events/night-train/',
    startDate: '2027-03-01T20:00+01:00',
    endDate: '2027-03-01T23:00+01:00',
    eventStatus: 'https://schema.org/EventScheduled',
    eventAttendanceMode: 'https://schema.org/OfflineEventAttendanceMode',
    location: {
      '@type': 'Place',
      name: 'Sala',
      address: {
        '@type': 'PostalAddress',
        streetAddress: 'Calle 1',
        postalCode: '41001',
        addressLocality: 'Seville',
        addressCountry: 'ES',
      },
    },
    image: ['https://marquee.example/media/evt_1/poster-1600.jpg', 'https://marquee.example/media/evt_1/share.jpg'],
    organizer: { '@type': 'Organization', name: 'Teatro', url: 'https://marquee.example/organiser/teatro/' },
    offers: [
      {
        '@type': 'Offer',
        name: 'Standard',
        price: '18.50',
        priceCurrency: 'EUR',
        availability: 'https://schema.org/InStock',
        validFrom: '2026-10-02T00:00:00.000Z',
        validThrough: '2027-03-01T22:00:00.000Z',
        url: 'https://marquee.example/events/night-train/',
      },
    ],
  })
})

test('a cancelled event says so and offers nothing', () => {
  expect(eventJsonLd({ ...event, status: 'cancelled' }, site, now)).toMatchObject({
    eventStatus: 'https://schema.org/EventCancelled',
    offers: [{ availability: 'https://schema.org/SoldOut' }],
  })
})

test('a rescheduled event says from when, in the time of its place, and still does when it is cancelled', () => {
  const moved = { ...event, previousStarts: ['2027-02-01T19:00:00.000Z', '2027-07-01T18:00:00.000Z'] }
  const previousStartDate = ['2027-02-01T20:00+01:00', '2027-07-01T20:00+02:00']
  expect(eventJsonLd(moved, site, now)).toMatchObject({
    eventStatus: 'https://schema.org/EventRescheduled',
    previousStartDate,
  })
  expect(eventJsonLd({ ...moved, status: 'cancelled' }, site, now)).toMatchObject({
    eventStatus: 'https://schema.org/EventCancelled',
    previousStartDate,
  })
})

describe('an offer has the price of its phase', () => {
  const phases = [
    { name: 'Early bird', priceMinor: 1000, endsAt: '2026-12-24T00:00:00.000Z', poolId: 'poo_early' },
    { name: 'Presale', priceMinor: 1500, endsAt: '2027-01-24T00:00:00.000Z' },
  ]
  const phased = { ...event, ticketTypes: [{ ...ticketType, phases }] }
  const offerAt = (at: string, emptyPoolIds: string[] = []) => eventJsonLd({ ...phased, emptyPoolIds }, site, at)

  test('while it lasts, and until when', () =>
    expect(offerAt(now)).toMatchObject({ offers: [{ price: '10.00', priceValidUntil: '2026-12-24T00:00:00.000Z' }] }))
  test('until its allotment is gone', () =>
    expect(offerAt(now, ['poo_early'])).toMatchObject({
      offers: [{ price: '15.00', priceValidUntil: '2027-01-24T00:00:00.000Z' }],
    }))
  test('until its time is over', () =>
    expect(offerAt('2027-02-01T00:00:00.000Z')).toMatchObject({ offers: [{ price: '18.50' }] }))
})

test('a currency without minor digits has a price without them', () => {
  expect(eventJsonLd({ ...event, currency: 'JPY' }, site, now)).toMatchObject({ offers: [{ price: '1850' }] })
})

describe('what the page says of a ticket type', () => {
  test('follows its sale window', () => {
    expect(staticStateOf(event, { ...ticketType, salesStartAt: '2027-01-01T00:00:00.000Z' }, now)).toBe('not_yet')
    expect(staticStateOf(event, { ...ticketType, salesEndAt: '2026-11-01T00:00:00.000Z' }, now)).toBe('ended')
    expect(staticStateOf(event, ticketType, '2027-03-01T22:00:00.000Z')).toBe('ended')
  })
  test('is sold out with the event', () => {
    expect(staticStateOf({ ...event, saleState: 'sold_out' }, ticketType, now)).toBe('sold_out')
  })
  test('is sold out when one of its pools is empty, though others sell', () => {
    expect(staticStateOf({ ...event, emptyPoolIds: ['poo_1'] }, ticketType, now)).toBe('sold_out')
    expect(staticStateOf({ ...event, emptyPoolIds: ['poo_2'] }, ticketType, now)).toBe('on_sale')
  })
  test('is on sale otherwise', () => expect(staticStateOf(event, ticketType, now)).toBe('on_sale'))
})
