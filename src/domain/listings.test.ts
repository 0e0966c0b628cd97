import { expect, test } from 'vitest'
import type { EventRecord } from './catalog.ts'
import { cardOf, isPublic, listingsOf, pathsOfChange } from './listings.ts'

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
  expect(listingsOf(event).map(({ facet }) => facet)).toEqual([
    'all',
    'city#sevilla',
    'category#music',
    'organiser#almazara',
  ])
})

test('an edit in place touches eleven paths, in the month of the venue’s calendar', () => {
  const paths = pathsOfChange(event, { ...event, name: 'Happy new year in Triana', version: 4 })
  expect(paths).toHaveLength(11)
  expect(paths).toContain('/city/sevilla/2027-01/')
  expect(paths).not.toContain('/city/sevilla/2026-12/')
})

test('an event that changes its city touches the pages of both', () => {
  const moved = { ...event, venue: { ...event.venue, city: 'Granada', citySlug: 'granada' } }
  const paths = pathsOfChange(event, moved)
  expect(paths).toEqual(expect.arrayContaining(['/city/sevilla/', '/city/granada/', '/city/sevilla/2027-01/']))
  expect(paths).toHaveLength(13)
})

test('drafts touch nothing; what was published and is withdrawn still touches its pages', () => {
  const { publishedAt: _, ...rest } = event
  const draft: EventRecord = { ...rest, status: 'draft' }
  expect(pathsOfChange(null, draft)).toEqual([])
  expect(pathsOfChange(draft, { ...draft, name: 'Other' })).toEqual([])
  expect(pathsOfChange(event, draft)).toHaveLength(11)
  expect(isPublic({ ...draft, status: 'cancelled' })).toBe(false)
  expect(isPublic({ ...event, status: 'cancelled' })).toBe(true)
})
