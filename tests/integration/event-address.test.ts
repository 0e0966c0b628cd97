import { setTimeout as wait } from 'node:timers/promises'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { app as feeds } from '#functions/feeds/routes.ts'
import { handler as missing } from '#functions/missing/index.ts'
import { app } from '#functions/organiser/routes.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { dynamo, eventStore, movedPorts, placePorts, stockStore } from '#functions/wiring.ts'
import { functionUrlEvent } from '#infra/local/gateway/function-origin.ts'
import type { Browser } from '#tests/support/api.ts'
import { type Desk, eventInput, makeEvent, newId, newKey, startDesk } from '#tests/support/desk.ts'
import { goesWrong } from '#tests/support/race.ts'
import { guards, unguarded } from '#tests/support/unguarded-client.ts'

let desk: Desk
let owner: Browser

beforeAll(async () => {
  desk = await startDesk()
  owner = desk.as('owner', app)
})
beforeEach(() => {
  vi.spyOn(movedPorts(), 'missingPage').mockResolvedValue(null)
})
afterAll(() => desk.close())

/** What the edge is answered for an address without a page. */
async function answerAt(path: string): Promise<APIGatewayProxyStructuredResultV2> {
  const request = { method: 'GET', path, query: '', headers: {}, cookies: [], body: Buffer.alloc(0), ip: '127.0.0.1' }
  const event: APIGatewayProxyEventV2 = JSON.parse(JSON.stringify(functionUrlEvent('missing', request, true)))
  return missing(event)
}
async function visit(path: string): Promise<string> {
  const { statusCode, headers = {} } = await answerAt(path)
  return statusCode === 301 ? `→ ${headers.location}` : String(statusCode)
}

async function publishedEvent() {
  const { id, path, event } = await makeEvent(desk, app, { capacity: 40 })
  let version = event.version
  const moveTo = async (slug: string) => {
    const answer = await owner.call('PUT', `${path}/address`, { version, slug })
    if (answer.status === 200) version = answer.json.event.version
    return answer
  }
  return { id, path, event, slug: event.slug, moveTo, version: () => version }
}

test('former addresses lead to the present one in one step, whichever way the event has gone; none leads to itself', async () => {
  const { slug, moveTo } = await publishedEvent()
  expect((await moveTo('by-the-river')).json.event).toMatchObject({
    slug: 'by-the-river',
    path: '/events/by-the-river/',
  })
  expect(await visit(`/events/${slug}/`)).toBe('→ /events/by-the-river/')
  await moveTo('by-the-sea')
  expect(await visit(`/events/${slug}/index.html`)).toBe('→ /events/by-the-sea/')
  expect(await visit('/events/by-the-river/event.ics')).toBe('→ /events/by-the-sea/event.ics')
  await moveTo(slug)
  expect(await visit('/events/by-the-river/')).toBe(`→ /events/${slug}/`)
  expect(await visit('/events/by-the-sea/')).toBe(`→ /events/${slug}/`)
  expect(await visit(`/events/${slug}/`)).toBe('404')
  expect(await visit('/events/never-was/')).toBe('404')
  expect(await visit('/city/by-the-sea/')).toBe('404')
})

test('no browser keeps the way to a present address: an event that moves back is not gone round to', async () => {
  const { slug, moveTo } = await publishedEvent()
  await moveTo('by-the-bridge')
  expect(await answerAt(`/events/${slug}/`)).toMatchObject({
    statusCode: 301,
    headers: { location: '/events/by-the-bridge/', 'cache-control': 'public, max-age=0, s-maxage=1' },
  })
})

test('the calendar file of an event is made when somebody asks for it, in a language that it is offered in', async () => {
  const { slug } = await publishedEvent()
  expect(await visit(`/events/${slug}/event.ics`)).toBe('200')
  expect(await visit(`/de/events/${slug}/event.ics`)).toBe(`→ /events/${slug}/event.ics`)
  expect(await visit(`/events/${slug}/other.ics`)).toBe('404')
})

test('what of a city was a list of its own leads to the search', async () => {
  expect(await visit('/city/sevilla/weekend/')).toBe('→ /search/?city=sevilla&when=weekend')
  expect(await visit('/de/city/sevilla/free/index.html')).toBe('→ /de/search/?city=sevilla&price=free')
})

test('a feed of an event is found at each of its addresses, so that a widget that names an old one goes on', async () => {
  const { id, slug, moveTo, path, version } = await publishedEvent()
  await moveTo('by-the-lake')
  const feed = async (name: string) => (await feeds.request(`/feeds/events/${name}.json`)).json()
  for (const name of [slug, 'by-the-lake']) expect(await feed(name)).toMatchObject({ items: [{ id }] })
  await owner.call('POST', `${path}/withdraw`, { version: version() })
  for (const name of [slug, 'by-the-lake']) expect(await feed(name)).toMatchObject({ code: 'not_found' })
})

test('an address belongs to the event that had it: no other event takes it, at birth or later', async () => {
  const first = await publishedEvent()
  await first.moveTo('grand-opening')
  await first.moveTo('grander-opening')
  const second = await publishedEvent()
  expect((await second.moveTo('grand-opening')).json.code).toBe('slug_taken')
  const input = eventInput(desk.organisation.id, { name: 'Grand opening' })
  const { json } = await owner.call('POST', '/api/organiser/events', input, { 'idempotency-key': newKey() })
  expect(json.event.slug).toMatch(/^grand-opening-\w{6}$/)
})

test('an address is refused that is none, or that was decided on what somebody has changed since', async () => {
  const { path, moveTo } = await publishedEvent()
  for (const slug of ['Opening', 'grand opening', '-opening', 'a--b', '../x'])
    expect((await moveTo(slug)).json).toMatchObject({ code: 'invalid_request', errors: [{ field: 'slug' }] })
  expect((await owner.call('PUT', `${path}/address`, { version: 1, slug: 'late' })).json.code).toBe('stale_version')
})

test('an event that nobody has bought for is withdrawn with its stock, and published again', async () => {
  const { id, path, slug, version } = await publishedEvent()
  const withdrawn = await owner.call('POST', `${path}/withdraw`, { version: version() })
  expect(withdrawn.json.event).toMatchObject({ status: 'draft', version: version() + 1 })
  expect(await visit(`/events/${slug}/`)).toBe('404')
  const event = await eventStore().getEvent(id)
  expect(await stockStore().readShards(event?.pools ?? [])).toEqual([])
  const again = await owner.call('POST', `${path}/publish`, { version: version() + 1 })
  expect(again.json.event).toMatchObject({ status: 'published', saleState: 'on_sale' })
  expect(await stockStore().readShards(event?.pools ?? [])).toMatchObject([{ capacity: 40, left: 40 }])
})

/** A buyer who has seen the event on sale meets the organiser who takes it off; he comes so much later. */
async function withdrawAgainstHold(laterMs: number) {
  const { id, path, version } = await publishedEvent()
  const seen = await eventStore().getEvent(id)
  const lines = [{ ticketTypeId: seen?.ticketTypes[0]?.id ?? '', quantity: 1 }]
  const order = { eventId: id, lines, buyer: { name: 'Ada', email: 'ada@people.example' } }
  const buy = async () => {
    await wait(laterMs)
    return placeOrder({ ...placePorts(), getEvent: async () => seen }, order, newKey())
  }
  const [placed, withdrawn] = await Promise.all([buy(), owner.call('POST', `${path}/withdraw`, { version: version() })])
  const shards = await stockStore().readShards(seen?.pools ?? [])
  return [placed.ok ? 'held' : placed.refusal.code, withdrawn.json.code ?? 'withdrawn', shards.map(({ held }) => held)]
}

test('an event is withdrawn or a ticket of it is held, whoever is first', async () => {
  const outcomes = new Set<string>()
  for (let round = 0; round < 40 && (round < 8 || outcomes.size < 2); round++)
    outcomes.add(JSON.stringify(await withdrawAgainstHold(round * 2)))
  expect([...outcomes].toSorted()).toEqual(['["held","has_orders",[1]]', '["sold_out","withdrawn",[]]'])
})

test('negative control: without the condition on its stock an event is withdrawn of which a ticket is held', async () => {
  const isBoth = async () => {
    const [placed, withdrawn] = await withdrawAgainstHold(0)
    return placed === 'held' && withdrawn === 'withdrawn'
  }
  expect(await unguarded(dynamo(), [guards.poolIsUntouched], () => goesWrong(isBoth))).toBe(true)
})

test('an event to which large halls were added while it was on sale can be withdrawn', async () => {
  const { id, path } = await makeEvent(desk, app, { capacity: 4000, changes: { highDemand: true } })
  for (let version = 4; version < 12; version++) {
    const hall = { version, name: `Hall ${version}`, capacity: 4000 }
    expect((await owner.call('PUT', `${path}/pools/${newId('poo')}`, hall)).status).toBe(200)
  }
  const event = await eventStore().getEvent(id)
  expect((await owner.call('POST', `${path}/withdraw`, { version: 12 })).json.event?.status).toBe('draft')
  expect(await stockStore().readShards(event?.pools ?? [])).toEqual([])
})

test('a draft that never was public is deleted, and its address is free; what was public is not', async () => {
  const input = eventInput(desk.organisation.id, { name: 'A passing thought' })
  const create = () => owner.call('POST', '/api/organiser/events', input, { 'idempotency-key': newKey() })
  const { id, slug } = (await create()).json.event
  expect((await owner.call('DELETE', `/api/organiser/events/${id}`)).status).toBe(200)
  expect(await eventStore().getEvent(id)).toBeNull()
  expect((await create()).json.event.slug).toBe(slug)
  const { path, version } = await publishedEvent()
  expect((await owner.call('DELETE', path)).json.code).toBe('wrong_status')
  await owner.call('POST', `${path}/withdraw`, { version: version() })
  expect((await owner.call('DELETE', path)).json.code).toBe('wrong_status')
})
