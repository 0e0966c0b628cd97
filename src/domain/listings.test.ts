import { expect, test } from 'vitest'
import type { EventRecord } from './catalog.ts'
import { editEvent } from './event-rules.ts'
import { cardOf, isFree, isPublic, listingsOf } from './listings.ts'
import { calendarsOf, placesOfChange, saidInCalendar } from './places.ts'
import { moved } from './sale-state.ts'

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

test('an event is free when all of its tickets are: one for children beside others makes none', () => {
  const priced = (...prices: readonly number[]) => {
    const [type] = event.ticketTypes.slice(1)
    if (!type) throw new Error('nothing is for everyone')
    return cardOf({ ...event, ticketTypes: prices.map((priceMinor, at) => ({ ...type, id: `tty_${at}`, priceMinor })) })
  }
  expect(priced(900, 500, 0).priceFrom?.amountMinor).toBe(500)
  expect(priced(0, 0).priceFrom?.amountMinor).toBe(0)
  expect(isFree(priced(900, 0))).toBe(false)
})

test('while an early bird sells, a card shows its price; after it, or when its places have gone, the next one', () => {
  const endsAt = '2026-11-10T10:00:00.000Z'
  const phases = [
    { name: 'Friends', priceMinor: 900, poolId: 'poo_2' },
    { name: 'Early bird', priceMinor: 1200, endsAt },
  ]
  const phased = { ...event, ticketTypes: event.ticketTypes.slice(2).map((type) => ({ ...type, phases })) }
  const priceAt = (updatedAt: string, emptyPoolIds: readonly string[] = []) =>
    cardOf({ ...phased, updatedAt, emptyPoolIds }).priceFrom?.amountMinor
  expect(priceAt(event.updatedAt)).toBe(900)
  expect(priceAt(event.updatedAt, ['poo_2'])).toBe(1200)
  expect(priceAt(endsAt, ['poo_2'])).toBe(1600)
})

test('an event has changed when its page reads otherwise, not when the clock only wrote it again', () => {
  const [before, monday, begun, over] = [event.updatedAt, '2026-12-27T23:00:00.000Z', event.startsAt, event.endsAt]
  const onSale = { saleState: 'on_sale', emptyPoolIds: [] } as const
  const inWeekend = moved(event, onSale, monday)
  expect(cardOf(inWeekend)).toMatchObject({ changedAt: before, updatedAt: monday })
  expect(cardOf(moved(inWeekend, onSale, begun))).toMatchObject({ changedAt: before })
  expect(cardOf(moved(inWeekend, { ...onSale, saleState: 'low' }, begun))).toMatchObject({ changedAt: begun })
  expect(cardOf(moved(inWeekend, onSale, over))).toMatchObject({ changedAt: over })
  const edited = editEvent(inWeekend, { accessibility: 'No steps.' }, event.version, begun)
  expect(edited.ok && cardOf(edited.value)).toMatchObject({ changedAt: begun })
})

const facetsOf = (one: EventRecord) => listingsOf(one).map(({ facet }) => facet)
const pathsOfChange = (before: EventRecord | null, after: EventRecord | null) =>
  placesOfChange(before, after).map(({ path }) => path)
const later = '2026-11-03T10:00:00.000Z'
const edited = { ...event, name: 'Happy new year in Triana', version: 4, updatedAt: later }
const [, ...paidTypes] = event.ticketTypes
const free = { ...event, ticketTypes: paidTypes.map((type) => ({ ...type, priceMinor: 0 })) }

test('an event stands in four lists, a free one or one that many will want in five', () => {
  expect(facetsOf(event)).toEqual(['all', 'city#sevilla', 'category#music', 'organiser#almazara'])
  expect(facetsOf(free).slice(4)).toEqual(['free'])
  expect(facetsOf({ ...event, highDemand: true }).slice(4)).toEqual(['in-demand'])
})

test('from its start to its end, while it sells, an event also stands in the list of what is on, in each of its languages', () => {
  const words = { name: 'Neujahr', summary: '', description: '', accessibility: '', ticketTypes: {} }
  const at = (updatedAt: string, changes: Partial<EventRecord> = {}) =>
    facetsOf({ ...event, translations: { de: words }, updatedAt, ...changes }).filter((facet) => /running/.test(facet))
  const during = '2027-01-01T01:00:00.000Z'
  expect(at(event.startsAt)).toEqual([])
  expect(at(during)).toEqual(['running', 'de/running'])
  expect(at(during, { saleState: 'sold_out' })).toEqual(['running', 'de/running'])
  expect(at(during, { saleState: 'ended' })).toEqual([])
  expect(at(during, { saleState: 'cancelled' })).toEqual([])
  expect(at(event.endsAt)).toEqual([])
})

test('an edit in place touches at most twelve paths, the two calendars among them', () => {
  expect(pathsOfChange(event, edited).length + calendarsOf(cardOf(event)).length).toBeLessThanOrEqual(12)
  expect(calendarsOf(cardOf(event)).map(({ base }) => base)).toEqual(['/month/', '/city/sevilla/'])
  expect(saidInCalendar(cardOf(edited))).not.toBe(saidInCalendar(cardOf(event)))
})

test('an edit of what no list shows touches the event’s own page, and when the sitemap says that it changed', () => {
  const about = { ...event, description: 'Bring a coat.', accessibility: 'No steps.', version: 4, updatedAt: later }
  expect(pathsOfChange(event, about)).toEqual(['/events/new-year-in-triana/', '/sitemap/2026-12-31.xml'])
  expect(pathsOfChange(event, { ...about, summary: 'Thirteen grapes.' })).toContain('/')
})

test('who performs stands on no page but the event’s own', () => {
  expect(pathsOfChange(event, { ...event, performers: ['Lucía Vargas'], updatedAt: later })).toEqual([
    '/events/new-year-in-triana/',
    '/sitemap/2026-12-31.xml',
  ])
})

test('an event that changes its city touches the pages of both', () => {
  const moved = { ...event, venue: { ...event.venue, city: 'Granada', citySlug: 'granada' }, updatedAt: later }
  const paths = pathsOfChange(event, moved)
  expect(paths).toEqual(expect.arrayContaining(['/city/sevilla/', '/city/granada/']))
})

test('an event that becomes free enters the lists of what is free, and leaves them with its price', () => {
  const lists = ['/free/']
  expect(pathsOfChange(event, { ...free, updatedAt: later })).toEqual(expect.arrayContaining(lists))
  expect(pathsOfChange(free, { ...event, updatedAt: later })).toEqual(expect.arrayContaining(lists))
  expect(pathsOfChange(event, edited)).not.toContain('/free/')
})

test('the clock alone brings an event into this weekend, moves it to what is on and out of the lists, and touches nothing else', () => {
  const words = { changedAt: event.updatedAt }
  const soon = { ...event, ...words, startsAt: '2027-01-08T19:00:00.000Z', endsAt: '2027-01-08T22:00:00.000Z' }
  const monday = { ...soon, updatedAt: '2027-01-03T23:00:00.000Z' }
  const begun = { ...soon, updatedAt: '2027-01-08T19:00:30.000Z' }
  const over = { ...soon, updatedAt: '2027-01-08T22:00:30.000Z', saleState: 'ended' as const, changedAt: undefined }
  expect(pathsOfChange(soon, monday)).toEqual(['/weekend/'])
  const lists = [
    '/',
    '/search/city/sevilla.json',
    '/city/sevilla/',
    '/category/music/',
    '/organiser/almazara/',
    '/weekend/',
  ]
  const started = pathsOfChange(monday, begun)
  expect(started).toEqual(expect.arrayContaining(lists))
  expect(started).not.toContain('/events/new-year-in-triana/')
  expect(saidInCalendar(cardOf(begun))).not.toBe(saidInCalendar(cardOf(monday)))
  const ended = pathsOfChange(begun, over)
  expect(ended).toEqual(expect.arrayContaining([...lists, '/events/new-year-in-triana/', '/sitemap/2027-01-08.xml']))
  expect(pathsOfChange(over, { ...over, name: 'New year' })).not.toContain('/')
})

test('drafts touch nothing; what was published and is withdrawn still touches its pages', () => {
  const { publishedAt: _, ...rest } = event
  const draft: EventRecord = { ...rest, status: 'draft' }
  expect(pathsOfChange(null, draft)).toEqual([])
  expect(pathsOfChange(draft, { ...draft, name: 'Other' })).toEqual([])
  expect(pathsOfChange(event, draft)).toEqual(pathsOfChange(null, event))
  expect(isPublic({ ...draft, status: 'cancelled' })).toBe(false)
  expect(isPublic({ ...event, status: 'cancelled' })).toBe(true)
})
