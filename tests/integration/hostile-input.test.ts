import { afterAll, beforeAll, expect, test } from 'vitest'
import { app as orders } from '#functions/orders/routes.ts'
import { app } from '#functions/organiser/routes.ts'
import { siteReader } from '#functions/wiring.ts'
import { type Browser, browser } from '#tests/support/api.ts'
import { type Desk, eventInput, makeEvent, newId, newKey, startDesk } from '#tests/support/desk.ts'

let desk: Desk
let owner: Browser
let stranger: Browser

beforeAll(async () => {
  desk = await startDesk()
  owner = desk.as('owner', app)
  stranger = desk.as('otherOwner', app)
})
afterAll(() => desk.close())

const create = (changes: object) =>
  owner.call('POST', '/api/organiser/events', eventInput(desk.organisation.id, changes), {
    'idempotency-key': newKey(),
  })

const cursorOf = (text: string): string => Buffer.from(text).toString('base64url')

test.each(['x', '~~~~', 'EVENT#', 'MEMBER#owner@mill.example'])(
  'the cursor %s is refused, not a fault',
  async (text) => {
    const { path } = await makeEvent(desk, app)
    for (const list of ['/api/organiser/events', `${path}/attendees`]) {
      const { status } = await owner.call('GET', `${list}?cursor=${cursorOf(text)}`)
      expect([200, 422]).toContain(status)
    }
  },
)

test.each([
  { startsAt: '9999-12-01T00:00:00Z', endsAt: '9999-12-02T00:00:00Z' },
  { startsAt: '9999-12-31T20:00:00Z', endsAt: '9999-12-31T23:59:59Z', timeZone: 'Asia/Tokyo' },
  { startsAt: '0050-01-01T00:00:00Z', endsAt: '0050-01-02T00:00:00Z' },
  { doorsAt: '0000-01-01T00:00:00Z' },
])(
  'an event at %o, whose pages cannot be made and keep those of others from being made, is refused',
  async (changes) => {
    expect((await create(changes)).status).toBe(422)
    const { path, event } = await makeEvent(desk, app)
    expect((await owner.call('PATCH', path, { version: event.version, ...changes })).status).toBe(422)
  },
)

test('half a character, which no address and no file can hold, is refused in every text', async () => {
  expect((await create({ name: 'Half \ud800' })).status).toBe(422)
  expect((await create({ description: 'Half \udc00' })).status).toBe(422)
  expect((await create({ name: 'Whole \u{1f3b7}' })).status).toBe(201)
})

test('more texts in more languages than a database item holds are refused, not a fault', async () => {
  const { path, event } = await makeEvent(desk, app)
  const words = (letters: number, types: number) => ({
    ...{ name: '祭', summary: '夜', description: '夜'.repeat(letters) },
    ticketTypes: Object.fromEntries(
      Array.from({ length: types }, () => [newId('tty'), { name: '券', description: '夜'.repeat(500) }]),
    ),
  })
  const translate = (letters: number, types: number) => {
    const translations = { de: words(letters, types), es: words(letters, types), ja: words(letters, types) }
    return owner.call('PATCH', path, { version: event.version, translations })
  }
  expect((await translate(10_000, 100)).json).toMatchObject({ status: 422, errors: [{ field: 'translations' }] })
  expect((await translate(10_000, 30)).status).toBe(200)
})

test('a postal code is one line, and a place on Earth that no database can hold is rounded', async () => {
  const { venue } = eventInput('')
  expect((await create({ venue: { ...venue, postalCode: '1\r\nX: \u0000' } })).status).toBe(422)
  expect((await create({ venue: { ...venue, postalCode: '' } })).status).toBe(201)
  expect((await create({ venue: { ...venue, latitude: 1e-320, longitude: 1e-320 } })).status).toBe(201)
})

test('what Unicode gives to nobody and XML has no place for is refused in every text', async () => {
  for (const one of ['\ufffe', '\uffff', '\ufdd0', '\u{1ffff}']) {
    expect((await create({ name: `Jazz ${one}` })).status).toBe(422)
    expect((await create({ description: `Jazz ${one}` })).status).toBe(422)
  }
})

test('what turns round the words behind it is taken out of every line; the marks that Arabic and Hebrew need stay', async () => {
  const { venue } = eventInput('')
  for (const one of ['\u202a', '\u202e', '\u2066', '\u2069']) {
    const written = await create({ name: `Jazz ${one}gnp.exe`, venue: { ...venue, city: `${one} Sevilla` } })
    expect(written.json.event).toMatchObject({ name: 'Jazz gnp.exe', venue: { city: 'Sevilla' } })
    expect((await create({ name: one })).status).toBe(422)
  }
  for (const one of ['\u200e', '\u200f', '\u061c'])
    expect((await create({ name: `Jazz ${one}2027` })).json.event).toMatchObject({ name: `Jazz ${one}2027` })
})

test('a country that is none is refused', async () => {
  const { venue } = eventInput('')
  const at = async (country: string) => (await create({ venue: { ...venue, country } })).json.errors
  for (const country of ['ZZ', 'QQ']) expect(await at(country)).toMatchObject([{ field: 'venue.country' }])
  expect(await at('JP')).toBeUndefined()
})

test('a text of nothing that can be seen is no name', async () => {
  for (const name of ['\u200b\u2060', '\u3164', '\u115f', '\u2800\u2800', '\u034f', '\uffa0 \u3164'])
    expect([name, (await create({ name })).status]).toEqual([name, 422])
  for (const name of ['!', '🎷', '祭', '4′33″']) expect([name, (await create({ name })).status]).toEqual([name, 201])
})

test('a zone is a place of IANA’s, under whichever of its names, or UTC; what one engine alone knows is refused', async () => {
  for (const timeZone of [
    'Europe/Kyiv',
    'Europe/Kiev',
    'Asia/Kolkata',
    'America/Argentina/Ushuaia',
    'Etc/GMT+3',
    'UTC',
  ])
    expect([timeZone, (await create({ timeZone })).status]).toEqual([timeZone, 201])
  for (const timeZone of ['SystemV/PST8PDT', 'US/Pacific-New', 'US/Eastern', 'Europe/Atlantis', 'EST', '+02:00'])
    expect([timeZone, (await create({ timeZone })).json.errors]).toMatchObject([timeZone, [{ field: 'timeZone' }]])
})

test('half of a place on Earth is none', async () => {
  const { venue } = eventInput('')
  const errors = async (half: object) => (await create({ venue: { ...venue, ...half } })).json.errors
  const nowhere = { latitude: undefined, longitude: undefined }
  expect(await errors({ ...nowhere, latitude: 37.4 })).toMatchObject([{ field: 'venue.longitude' }])
  expect(await errors({ ...nowhere, longitude: -6 })).toMatchObject([{ field: 'venue.latitude' }])
  expect(await errors(nowhere)).toBeUndefined()
})

test('a translation that only names ticket types of another event says nothing', async () => {
  const { path, event } = await makeEvent(desk, app)
  const translate = (ticketTypeId: string) =>
    owner.call('PATCH', path, {
      version: event.version,
      translations: { de: { ticketTypes: { [ticketTypeId]: { name: 'Sitz' } } } },
    })
  expect((await translate(newId('tty'))).json.errors).toMatchObject([{ field: 'translations.de' }])
  expect((await translate(event.ticketTypes[0].id)).status).toBe(200)
})

test('performers are twenty at most, each a name that can be seen', async () => {
  const names = Array.from({ length: 21 }, (_, at) => `</script> ${at}`)
  expect((await create({ performers: names })).status).toBe(422)
  expect((await create({ performers: ['Lucía Vargas', '\u200b'] })).json.errors).toMatchObject([
    { field: 'performers.1' },
  ])
  expect((await create({ performers: names.slice(1) })).json.event.performers).toEqual(names.slice(1))
})

test('an address that no mail can be sent to buys nothing', async () => {
  const { id, ticketTypeId } = await makeEvent(desk, app, { priceMinor: 0 })
  const order = (email: string, attendees?: object[]) =>
    browser(orders).call(
      'POST',
      '/api/orders',
      { eventId: id, lines: [{ ticketTypeId, quantity: 1 }], buyer: { name: 'Ada', email }, attendees },
      { 'idempotency-key': newKey() },
    )
  expect((await order(`${'a'.repeat(65)}@example.org`)).status).toBe(422)
  expect((await order('ada@example.org', [{ name: 'Ada', email: `${'a'.repeat(65)}@example.org` }])).status).toBe(422)
  expect((await order(`${'a'.repeat(64)}@example.org`)).status).toBe(201)
})

test('one organiser cannot rename the city of all others', async () => {
  const venue = eventInput('').venue
  await makeEvent(desk, app, { changes: { venue: { ...venue, city: 'Málaga' } } })
  await makeEvent(desk, app, { changes: { venue: { ...venue, city: 'MALAGA !!!', country: 'US' } } })
  const cities = await siteReader().cities()
  expect(cities.find(({ slug }) => slug === 'malaga')).toEqual({ slug: 'malaga', name: 'Málaga', country: 'ES' })
})

test("a draft that names another organisation's pool learns nothing of its sales", async () => {
  const { poolId } = await makeEvent(desk, app, { capacity: 37 })
  const input = eventInput(desk.other.id)
  const { json } = await stranger.call('POST', '/api/organiser/events', input, { 'idempotency-key': newKey() })
  const path = `/api/organiser/events/${json.event.id}`
  await stranger.call('PUT', `${path}/pools/${poolId}`, { version: 1, name: 'Spy', capacity: 5 })
  const { status, text } = await stranger.call('GET', `${path}/stats`)
  expect(status).toBe(200)
  // As a number: an identifier or a time may hold these digits.
  expect(text).not.toMatch(/:37[,}\]]/)
})
