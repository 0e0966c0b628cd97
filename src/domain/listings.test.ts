import { expect, test } from 'vitest'
import type { EventRecord } from './catalog.ts'
import { calendarsOf, cardOf, facetsOf, isPublic, pageKinds, pathsOf, placeOf } from './listings.ts'

const event: EventRecord = {
  id: 'evt_01jd0zq8x4m6v2t9r3k5c7b1wy',
  organisationId: 'org_01jd0zq8x4m6v2t9r3k5c7b1wy',
  organiser: { slug: 'almazara', name: 'Almazara', accent: '#c2410c' },
  slug: 'new-year-in-triana',
  version: 3,
  status: 'published',
  saleState: 'on_sale',
  name: 'New year in Triana',
  summary: 'Twelve grapes and a brass band.',
  description: '',
  category: 'music',
  startsAt: '2026-12-31T23:30:00.000Z',
  endsAt: '2027-01-01T03:00:00.000Z',
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  venue: {
    name: 'Patio',
    street: 'Calle Betis 58',
    postalCode: '41010',
    city: 'Sevilla',
    citySlug: 'sevilla',
    country: 'ES',
  },
  picture: null,
  accessibility: '',
  cancellation: { refundableUntilHours: null },
  showsRemaining: false,
  highDemand: false,
  maxPerOrder: 10,
  maxPerBuyer: null,
  ticketTypes: [
    { id: 'tty_1', name: 'Friends', description: '', priceMinor: 0, poolIds: ['poo_1'], maxPerOrder: 2, hidden: true },
    {
      id: 'tty_2',
      name: 'Chair',
      description: '',
      priceMinor: 2400,
      poolIds: ['poo_1'],
      maxPerOrder: 10,
      hidden: false,
    },
    {
      id: 'tty_3',
      name: 'Bench',
      description: '',
      priceMinor: 1600,
      poolIds: ['poo_1'],
      maxPerOrder: 10,
      hidden: false,
    },
  ],
  pools: [{ id: 'poo_1', name: 'Patio', capacity: 90, shards: 1 }],
  createdAt: '2026-11-01T10:00:00.000Z',
  updatedAt: '2026-11-02T10:00:00.000Z',
  publishedAt: '2026-11-02T10:00:00.000Z',
}

test('a card shows the cheapest ticket that everyone may buy', () => {
  expect(cardOf(event).priceFrom).toEqual({ amountMinor: 1600, currency: 'EUR' })
  expect(cardOf({ ...event, ticketTypes: event.ticketTypes.slice(0, 1) }).priceFrom).toBeNull()
})

test('an event stands in four lists', () => {
  expect(facetsOf(event)).toEqual(['all', 'city#sevilla', 'category#music', 'organiser#almazara'])
})

test('an event has eight files of its own or to share, and stands in three calendars', () => {
  expect(pathsOf(cardOf(event))).toEqual([
    '/events/new-year-in-triana/',
    '/events/new-year-in-triana/event.ics',
    '/',
    '/feed.xml',
    '/organiser/almazara/',
    '/city/sevilla/',
    '/category/music/',
    '/sitemap/2026-12-28.xml',
  ])
  expect(calendarsOf(cardOf(event)).map(({ path }) => path)).toEqual(['/month/', '/city/sevilla/', '/category/music/'])
})

test('each listing shows the next events of its own list', () => {
  const windows = pageKinds.flatMap(({ paths, window }) => {
    const card = cardOf(event)
    return window ? [[...paths(card), window(card).facet]] : []
  })
  expect(windows).toEqual([
    ['/', 'all'],
    ['/feed.xml', 'all'],
    ['/city/sevilla/', 'city#sevilla'],
    ['/category/music/', 'category#music'],
  ])
})

test('an event stands elsewhere when its address, date, city, kind or organiser changes, or when it has begun', () => {
  const other: readonly EventRecord[] = [
    { ...event, slug: 'new-year' },
    { ...event, startsAt: '2026-12-31T22:30:00.000Z' },
    { ...event, timeZone: 'Europe/London' },
    { ...event, venue: { ...event.venue, city: 'Granada', citySlug: 'granada' } },
    { ...event, category: 'talks' },
    { ...event, organiser: { ...event.organiser, slug: 'other' } },
    { ...event, updatedAt: event.startsAt },
  ]
  for (const changed of other) expect(placeOf(changed)).not.toBe(placeOf(event))
  const edited = { ...event, name: 'Twelve grapes', version: 4, updatedAt: '2026-11-03T10:00:00.000Z' }
  expect(placeOf(edited)).toBe(placeOf(event))
})

test('a cancelled event keeps its page if it ever had one', () => {
  const { publishedAt: _, ...draft } = event
  expect(isPublic({ ...draft, status: 'cancelled' })).toBe(false)
  expect(isPublic({ ...event, status: 'cancelled' })).toBe(true)
})
