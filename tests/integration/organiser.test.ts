import { UpdateCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EventRecord } from '#domain/catalog.ts'
import { putPool } from '#domain/event-rules.ts'
import { app } from '#functions/organiser/routes.ts'
import { salesKeys } from '#functions/store/keys.ts'
import { changeEvent } from '#functions/usecases/change-event.ts'
import { moveDueEvents, refreshSaleState } from '#functions/usecases/refresh-sale-state.ts'
import { dynamo, eventChangePorts, eventStore, saleStatePorts, stockStore, tableNames } from '#functions/wiring.ts'
import { type Browser, browser, signedIn } from '#tests/support/api.ts'
import { type Desk, eventInput, makeEvent, newId, newKey, people, startDesk } from '#tests/support/desk.ts'

let desk: Desk
let owner: Browser

beforeAll(async () => {
  desk = await startDesk()
  owner = desk.as('owner', app)
})
afterAll(() => desk.close())

const create = (input: object, key = newKey()) =>
  owner.call('POST', '/api/organiser/events', input, { 'idempotency-key': key })

const stored = async (eventId: string): Promise<EventRecord> => {
  const event = await eventStore().getEvent(eventId)
  if (!event) throw new Error('the event is not stored')
  return event
}

test('an event is drafted, given places and a ticket type, published, then cancelled', async () => {
  const { id, path, poolId, ticketTypeId, event } = await makeEvent(desk, app, { capacity: 40 })
  expect(event).toMatchObject({ status: 'published', saleState: 'on_sale', version: 4, role: 'owner' })
  expect(event.path).toBe(`/events/${event.slug}/`)
  expect(await stockStore().readShards(event.pools)).toEqual([
    { poolId, shard: 0, capacity: 40, left: 40, held: 0, sold: 0 },
  ])
  expect((await owner.call('GET', path)).json.event).toEqual(event)
  expect(event.ticketTypes).toMatchObject([{ id: ticketTypeId, priceMinor: 1500, poolIds: [poolId] }])

  const cancelled = await owner.call('POST', `${path}/cancel`, { version: 4 })
  expect(cancelled.json.event).toMatchObject({ status: 'cancelled', saleState: 'cancelled', version: 5 })
  expect((await owner.call('PATCH', path, { version: 5, name: 'Back' })).json.code).toBe('wrong_status')
  expect(await stored(id)).toMatchObject({ status: 'cancelled', version: 5 })
})

test('a draft that lacks something is not published, and the answer names what', async () => {
  const { json } = await create(eventInput(desk.organisation.id))
  const { status, json: problem } = await owner.call('POST', `/api/organiser/events/${json.event.id}/publish`, {
    version: 1,
  })
  expect(status).toBe(409)
  expect(problem).toMatchObject({ code: 'not_publishable', errors: [{ field: 'ticketTypes' }] })
})

test('twenty equal requests under one key in parallel make one event, and all answer it', async () => {
  const key = newKey()
  const input = eventInput(desk.organisation.id, { name: 'Once only' })
  const answers = await Promise.all(Array.from({ length: 20 }, () => create(input, key)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  for (const { json } of answers) expect(json).toEqual(answers[0]?.json)
  const listed = await owner.call('GET', '/api/organiser/events?limit=200')
  expect(listed.json.events.filter(({ name }: { name: string }) => name === 'Once only')).toHaveLength(1)

  const reused = await create({ ...input, name: 'Something else' }, key)
  expect([reused.status, reused.json.code]).toEqual([409, 'idempotency_key_reused'])
  const missing = await owner.call('POST', '/api/organiser/events', input)
  expect([missing.status, missing.json.code]).toEqual([400, 'idempotency_key_missing'])
})

test('a taken slug gets a suffix, a copy too, and a rename keeps the address', async () => {
  const first = (await create(eventInput(desk.organisation.id, { name: 'Twin Fête' }))).json.event
  const second = (await create(eventInput(desk.organisation.id, { name: 'Twin Fête' }))).json.event
  expect([first.slug, second.slug]).toEqual(['twin-fete', `twin-fete-${second.id.slice(-6)}`])
  const copied = await owner.call('POST', `/api/organiser/events/${first.id}/duplicate`, undefined, {
    'idempotency-key': newKey(),
  })
  expect(copied.json.event).toMatchObject({ name: 'Twin Fête', status: 'draft', version: 1 })
  expect(copied.json.event.id).not.toBe(first.id)
  const renamed = await owner.call('PATCH', `/api/organiser/events/${first.id}`, { version: 1, name: 'Triplet' })
  expect(renamed.json.event).toMatchObject({ name: 'Triplet', slug: 'twin-fete', version: 2 })
})

test('of two edits of one version one is kept and the other is told', async () => {
  const { path } = await makeEvent(desk, app, { publish: false })
  const edits = await Promise.all(
    ['A', 'B', 'C', 'D'].map((name) => owner.call('PATCH', path, { version: 3, name: `Edit ${name}` })),
  )
  expect(edits.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409])
  const kept = edits.find(({ status }) => status === 200)?.json.event
  expect((await owner.call('GET', path)).json.event).toEqual(kept)
  expect(edits.find(({ status }) => status === 409)?.json.code).toBe('stale_version')
})

test('unknown fields, and fields that only we write, are refused and change nothing', async () => {
  const { id, path, poolId, ticketTypeId } = await makeEvent(desk, app)
  const before = await stored(id)
  const smuggled = [
    ['PATCH', path, { version: 4, status: 'draft' }],
    ['PATCH', path, { version: 4, saleState: 'sold_out' }],
    ['PATCH', path, { version: 4, organisationId: desk.other.id }],
    ['PATCH', path, { version: 4, slug: 'mine' }],
    ['PATCH', path, { version: 4, ticketTypes: [] }],
    ['PATCH', path, { version: 4, venue: { ...before.venue } }],
    ['PUT', `${path}/pools/${poolId}`, { version: 4, name: 'Hall', capacity: 50, left: 9000 }],
    [
      'PUT',
      `${path}/ticket-types/${ticketTypeId}`,
      { version: 4, name: 'x', priceMinor: 100, poolIds: [poolId], id: 'y' },
    ],
    ['POST', `${path}/cancel`, { version: 4, refund: true }],
  ] as const
  for (const [method, address, body] of smuggled) {
    const { status, json } = await owner.call(method, address, body)
    expect([JSON.stringify(body), status, json.code]).toEqual([JSON.stringify(body), 422, 'invalid_request'])
  }
  const created = await create({ ...eventInput(desk.organisation.id), status: 'published' })
  expect(created.json.code).toBe('invalid_request')
  expect(await stored(id)).toEqual(before)
})

test('what the domain refuses names its field', async () => {
  const input = eventInput(desk.organisation.id)
  const bad = await create({ ...input, endsAt: input.startsAt })
  expect(bad.json).toMatchObject({ code: 'invalid_request', errors: [{ field: 'endsAt' }] })
  const { path, poolId } = await makeEvent(desk, app, { publish: false })
  const cheap = { version: 3, name: 'Cheap', priceMinor: 49, poolIds: [poolId] }
  const answer = await owner.call('PUT', `${path}/ticket-types/${newId('tty')}`, cheap)
  expect([answer.status, answer.json.errors]).toEqual([
    422,
    [{ field: 'ticketTypes.1.priceMinor', message: 'must be 0 or at least 50' }],
  ])
  const wrongPrefix = await owner.call('PUT', `${path}/ticket-types/${newId('poo')}`, { ...cheap, priceMinor: 50 })
  expect(wrongPrefix.status).toBe(404)
  const elsewhere = await makeEvent(desk, app, { publish: false })
  const foreignPool = { ...cheap, priceMinor: 50, poolIds: [elsewhere.poolId] }
  expect((await owner.call('PUT', `${path}/ticket-types/${newId('tty')}`, foreignPool)).json.code).toBe(
    'invalid_request',
  )
})

test('the currency of a published event does not change', async () => {
  const { path } = await makeEvent(desk, app)
  const { status, json } = await owner.call('PATCH', path, { version: 4, currency: 'GBP' })
  expect([status, json.errors[0].field]).toEqual([422, 'currency'])
})

test('a capacity goes down to what is held and sold and no further', async () => {
  const { path, event, poolId } = await makeEvent(desk, app, { capacity: 10 })
  await occupy(poolId, { held: 2, sold: 3 })
  const put = (version: number, capacity: number) =>
    owner.call('PUT', `${path}/pools/${poolId}`, { version, name: 'Hall', capacity })
  expect((await put(4, 4)).json.code).toBe('capacity_below_sold')
  const smallest = await put(4, 5)
  expect(smallest.json.event).toMatchObject({ saleState: 'sold_out', version: 5, pools: [{ capacity: 5 }] })
  expect((await put(5, 105)).json.event).toMatchObject({ saleState: 'on_sale', version: 6 })
  expect(await stockStore().readShards(event.pools)).toMatchObject([{ capacity: 105, left: 100, held: 2, sold: 3 }])
})

test('a pool added after publication is on sale at once, spread over shards where demand is high', async () => {
  const { path } = await makeEvent(desk, app, { capacity: 300, changes: { highDemand: true } })
  const poolId = newId('poo')
  const { json } = await owner.call('PUT', `${path}/pools/${poolId}`, { version: 4, name: 'Balcony', capacity: 100 })
  expect(json.event.pools).toMatchObject([{ shards: 6 }, { id: poolId, shards: 2 }])
  const shards = await stockStore().readShards(json.event.pools)
  expect(shards).toHaveLength(8)
  expect(shards.reduce((sum, { left }) => sum + left, 0)).toBe(400)
})

const race = async (
  saveOf: (ports: ReturnType<typeof eventChangePorts>) => ReturnType<typeof eventChangePorts>['save'],
) => {
  const { id, event, poolId } = await makeEvent(desk, app, { capacity: 50 })
  const sell = async () => {
    for (let count = 0; count < 10; count++) await occupy(poolId, { held: 0, sold: 4 }).catch(() => undefined)
  }
  const shrink = async () => {
    for (const capacity of [40, 30, 20, 10, 4]) {
      const before = await stored(id)
      const ports = { ...eventChangePorts(), save: saveOf(eventChangePorts()) }
      await changeEvent(ports, before, (now, at) => putPool(now, poolId, { name: 'Hall', capacity }, now.version, at))
    }
  }
  await Promise.all([sell(), shrink()])
  const [shard] = await stockStore().readShards(event.pools)
  if (!shard) throw new Error('no stock')
  return { shard, capacity: (await stored(id)).pools[0]?.capacity }
}

test('while tickets sell, a shrinking capacity never falls below what is sold, and both tables agree', async () => {
  const { shard, capacity } = await race((ports) => ports.save)
  expect(shard.left).toBeGreaterThanOrEqual(0)
  expect(shard.left + shard.held + shard.sold).toBe(shard.capacity)
  expect(capacity).toBe(shard.capacity)
})

test('negative control: an edit that does not write the stock with the event leaves them apart', async () => {
  const { shard, capacity } = await race(() => async (before, after) => {
    const outcome = await eventStore().saveEvent(before, after)
    return outcome.ok ? 'saved' : 'stale_version'
  })
  expect(capacity).not.toBe(shard.capacity)
})

test('lists hold the events of the own organisations only, latest start first, in pages', async () => {
  const others = desk.as('otherOwner', app)
  expect((await others.call('GET', '/api/organiser/events')).json).toEqual({ events: [], cursor: null })
  const all = (await owner.call('GET', '/api/organiser/events?limit=200')).json.events
  expect(all.length).toBeGreaterThan(5)
  const starts = all.map(({ startsAt }: { startsAt: string }) => startsAt)
  expect(starts).toEqual(starts.toSorted().reverse())
  const paged: unknown[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: Awaited<ReturnType<Browser['call']>> = await owner.call(
      'GET',
      `/api/organiser/events?limit=3&organisationId=${desk.organisation.id}${cursor ? `&cursor=${cursor}` : ''}`,
    )
    paged.push(...page.json.events)
    cursor = page.json.cursor
  }
  expect(paged).toEqual(all)
  expect((await owner.call('GET', '/api/organiser/events?limit=0')).status).toBe(422)
  expect((await owner.call('GET', '/api/organiser/events?cursor=%21')).status).toBe(422)
  expect((await owner.call('GET', `/api/organiser/events?organisationId=${desk.other.id}`)).status).toBe(404)
})

test('an expired session says so, so that the client renews it and repeats the call', async () => {
  const expired = desk.tokens.idToken(people.owner, {}, -1)
  const visitor = browser(
    app,
    new Map([
      ['__Host-session', expired],
      ['__Host-refresh', 'r'.repeat(64)],
    ]),
  )
  expect((await visitor.call('GET', '/api/organiser/events')).json.code).toBe('session_expired')
  expect((await signedIn(app, expired).call('GET', '/api/organiser/events')).json.code).toBe('not_signed_in')
})

async function occupy(poolId: string, { held, sold }: { held: number; sold: number }): Promise<void> {
  await dynamo().send(
    new UpdateCommand({
      TableName: tableNames().sales,
      Key: salesKeys.stock(poolId, 0),
      UpdateExpression: 'SET #left = #left - :all, held = held + :held, sold = sold + :sold',
      ConditionExpression: '#left >= :all',
      ExpressionAttributeNames: { '#left': 'left' },
      ExpressionAttributeValues: { ':all': held + sold, ':held': held, ':sold': sold },
    }),
  )
}

test('a pool under the id of another event’s pool is refused, at once and for what it is', async () => {
  const taken = await makeEvent(desk, app)
  const { path } = await makeEvent(desk, app)
  const pool = { version: 4, name: 'Balcony', capacity: 10 }
  const { status, json } = await owner.call('PUT', `${path}/pools/${taken.poolId}`, pool)
  expect([status, json.code]).toEqual([409, 'pool_id_taken'])
})

test('a repeated publish or cancel, whose first answer was lost, gets that answer', async () => {
  const { path } = await makeEvent(desk, app, { publish: false })
  const { version } = (await owner.call('GET', path)).json.event
  const ask = (act: string, from: number) => owner.call('POST', `${path}/${act}`, { version: from })
  const published = await ask('publish', version)
  expect((await ask('publish', version)).json).toEqual(published.json)
  const cancelled = await ask('cancel', version + 1)
  expect(cancelled.status).toBe(200)
  expect((await ask('cancel', version + 1)).json).toEqual(cancelled.json)
})

test('an address that answers to other methods says which', async () => {
  const response = await app.request('/api/organiser/events', { method: 'DELETE' })
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST'])
  expect((await app.request('/api/organiser/nothing')).status).toBe(404)
})

test('what the page says after an edit of places is looked at again: sales may have moved while it was decided', async () => {
  const { path, poolId } = await makeEvent(desk, app, { capacity: 10 })
  const pool = { version: 4, name: 'Hall', capacity: 12 }
  expect((await owner.call('PUT', `${path}/pools/${poolId}`, pool)).json.event.saleState).toBe('on_sale')
  await occupy(poolId, { held: 2, sold: 10 })
  await moveDueEvents(saleStatePorts(), Date.now() + 60_000)
  expect((await owner.call('GET', path)).json.event.saleState).toBe('sold_out')
})

test('an event that cannot be moved holds up no other, and is reported; when time is up none is begun', async () => {
  const [bad, good] = [await makeEvent(desk, app, { capacity: 10 }), await makeEvent(desk, app, { capacity: 10 })]
  for (const { path, poolId } of [bad, good]) {
    await owner.call('PUT', `${path}/pools/${poolId}`, { version: 4, name: 'Hall', capacity: 12 })
    await occupy(poolId, { held: 2, sold: 10 })
  }
  const ports = saleStatePorts()
  const reported: string[] = []
  const failing = {
    ...ports,
    getEvent: (id: string) => (id === bad.id ? Promise.reject(new Error('unreadable')) : ports.getEvent(id)),
    report: (_: string, eventId: string) => reported.push(eventId),
  }
  expect(await moveDueEvents(failing, Date.now() - 1)).toBe(0)
  expect(reported).toEqual([])
  await moveDueEvents(failing, Date.now() + 60_000)
  expect(reported).toEqual([bad.id])
  expect((await owner.call('GET', good.path)).json.event.saleState).toBe('sold_out')
})

test('of two who look at the stock at once, the one who saw the older one does not have the last word', async () => {
  const { id, poolId } = await makeEvent(desk, app, { capacity: 100 })
  const ports = saleStatePorts()
  await occupy(poolId, { held: 100, sold: 0 })
  let overtakes = 0
  const slow = {
    ...ports,
    readShards: async (pools: EventRecord['pools']) => {
      const shards = await ports.readShards(pools)
      if (overtakes++ === 0) {
        await occupy(poolId, { held: -100, sold: 0 })
        await refreshSaleState(ports, id)
      }
      return shards
    },
  }
  await refreshSaleState(slow, id)
  expect((await stored(id)).saleState).toBe('on_sale')
})
