import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Hono } from 'hono'
import Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiRoutes } from '#contracts/routes.ts'
import { type AppEnv, createApp } from '#functions/http/app.ts'
import { app as organiser } from '#functions/organiser/routes.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { catalogAccess, clock, orderStore, tableNames, ticketSigner } from '#functions/wiring.ts'
import { functions } from '#infra/functions.ts'
import { routeMatcher } from '#infra/local/gateway/match-route.ts'
import { type RunningS3, startS3Server } from '#infra/local/s3/server.ts'
import { routes as edgeRoutes } from '#infra/routes.ts'
import { readAllItems } from '#tests/support/all-items.ts'
import { type Browser, browser, signedIn, testEnvironment } from '#tests/support/api.ts'
import { type Desk, eventInput, makeEvent, newId, newKey, people, startDesk } from '#tests/support/desk.ts'
import { type Caller, callers, isSignedIn, personOf } from './callers.ts'
import { matrix, type Row } from './matrix.ts'
import { apps, differences, servedRoutes } from './served-routes.ts'

const routes = servedRoutes(apps)

let desk: Desk
let s3: RunningS3
let folder: string
let parameters: Readonly<Record<string, string>>
let keyOf: Partial<Record<Caller, string>>

beforeAll(async () => {
  desk = await startDesk()
  folder = await mkdtemp(join(tmpdir(), 'authorisation-'))
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  s3 = await startS3Server({ port: 0, folder, ...credentials, region: 'us-east-1', buckets: ['files'] })
  process.env.AWS_ENDPOINT_URL_S3 = s3.url

  const changes = { cancellation: { refundableUntilHours: null } }
  const { id: eventId, ticketTypeId, poolId } = await makeEvent(desk, organiser, { priceMinor: 0, changes })
  const place = async () => {
    const request = { eventId, lines: [{ ticketTypeId, quantity: 1 }], buyer: { name: 'Ada', email: people.buyer } }
    const placed = await placeOrder(
      { orders: orderStore(), getEvent: catalogAccess().event, now: clock.now },
      request,
      newKey(),
    )
    if (!placed.ok) throw new Error(placed.refusal.code)
    return placed.value
  }
  const [order, another] = [await place(), await place()]
  keyOf = { guest: ticketSigner().orderKey(order.id), otherGuest: ticketSigner().orderKey(another.id) }
  await putCode(eventId, 'HALF')
  const organisationId = desk.organisation.id
  parameters = {
    ...{ eventId, ticketTypeId, poolId, organisationId, orderId: order.id, email: people.owner, code: 'HALF' },
    file: `${order.ticketIds[0]}.pdf`,
    uploadId: await beginUpload(`/api/organiser/events/${eventId}/picture-uploads`),
    logoId: await beginUpload(`/api/organiser/organisations/${organisationId}/logo-uploads`),
  }
})
afterAll(async () => {
  await Promise.all([desk.close(), s3.close()])
  await rm(folder, { recursive: true })
})

test('apps, contract and matrix know the same routes', () => {
  expect(routes.length).toBeGreaterThan(30)
  expect(differences(routes, apiRoutes, Object.keys(matrix))).toEqual([])
})

test('a route that is added without a row is noticed, wherever it is added', () => {
  const planted = createApp().get('/api/orders/:id/secrets', (c) => c.text(''))
  const found = differences(servedRoutes({ ...apps, planted }), apiRoutes, Object.keys(matrix))
  expect(found).toEqual(['GET /api/orders/:id/secrets has no row', 'GET /api/orders/*/secrets is in no contract'])
  const open = servedRoutes({ planted: createApp().all('/api/everything', (c) => c.text('')) })
  expect(open.map(({ name }) => name)).toEqual(['ALL /api/everything'])
  const wild = servedRoutes({ planted: createApp().all('*', (c) => c.text('')) })
  expect(wild.map(({ name }) => name)).toEqual(['ALL /*'])
  const promised = [...apiRoutes, { method: 'get', path: '/api/orders/{orderId}/secrets' } as const]
  const names = [...Object.keys(matrix), 'GET /api/gone']
  expect(differences(routes, promised, names)).toEqual([
    'GET /api/gone is a row without a route',
    'GET /api/orders/*/secrets is served by nobody',
  ])
})

test('each function that answers HTTP is in the matrix, and the edge leads each route to the function that serves it', () => {
  const files = ['missing', 'feeds']
  const open = functions.filter(({ trigger, name }) => trigger.includes('http') && !files.includes(name))
  expect(Object.keys(apps).toSorted()).toEqual(open.map(({ name }) => name).toSorted())
  const match = routeMatcher(edgeRoutes)
  for (const { functionName, method, path } of routes) {
    const edge = match(fill(path, parameters))
    expect([path, edge?.target]).toEqual([path, { function: functionName }])
    if (method !== 'GET') expect([path, edge?.methods]).toEqual([path, 'all'])
  }
})

test('one write is noticed', async () => {
  const before = await items()
  expect(await items()).toBe(before)
  await putCode(parameters.eventId ?? '', 'MORE')
  expect(await items()).not.toBe(before)
})

describe('who is answered what', () => {
  test.each(routes)('$name', async ({ app, method, path, name }) => {
    const row = rowOf(name)
    const answers: Partial<Record<Caller, string>> = {}
    for (const who of callers) {
      const before = await items()
      const { status, json, text } = await ask(app, who, method, fill(path, parameters), bodyOf(row, name))
      const answer = typeof json?.code === 'string' ? `${status} ${json.code}` : String(status)
      const isWritten = !row.allowed.includes(who) && (await items()) !== before
      answers[who] = `${answer}${row.finders && isFoundIn(text) ? ' with ours' : ''}${isWritten ? ' and wrote' : ''}`
    }
    expect(answers).toEqual(Object.fromEntries(callers.map((who) => [who, expected(row, who)])))
  })
})

describe('an id that does not exist, or is none, is answered as another tenant’s', () => {
  const named = routes.filter(
    ({ path, name }) => /:(id|eventId|orderId|organisationId|file)\b/.test(path) && !isOpen(name),
  )
  test.each(named)('$name', async ({ app, method, path, name }) => {
    for (const strange of [newId('evt').replace(/.$/, '0'), 'evt_1', '..%2f..', '%27', 'null']) {
      const as = (prefix: string) => strange.replace('evt_', `${prefix}_`)
      const ids = { eventId: strange, organisationId: as('org'), orderId: as('ord'), file: `${as('tkt')}.pdf` }
      const address = fill(path, { ...parameters, ...ids })
      const { status, json } = await ask(app, 'owner', method, address, bodyOf(rowOf(name), name))
      expect([address, status, json.code]).toEqual([address, 404, 'not_found'])
    }
  })
})

function rowOf(name: string): Row {
  const row = matrix[name]
  if (!row) throw new Error(`${name} has no row`)
  return row
}

const isOpen = (name: string): boolean => rowOf(name).allowed.length === callers.length

const expected = (row: Row, who: Caller): string =>
  row.allowed.includes(who) ? row.answer + (row.finders?.includes(who) ? ' with ours' : '') : row.refusal(who)

const isFoundIn = (text: string): boolean =>
  [parameters.eventId, parameters.orderId].some((ours) => ours !== undefined && text.includes(ours))

const putCode = (eventId: string, name: string) => {
  const code = { version: 0, discount: { kind: 'percent', basisPoints: 5000 } }
  return desk.as('owner', organiser).call('PUT', `/api/organiser/events/${eventId}/codes/${name}`, code)
}

async function beginUpload(path: string): Promise<string> {
  const picture = { contentType: 'image/png', bytes: 1, alt: 'A mill' }
  const begun = await desk.as('owner', organiser).call('POST', path, picture, { 'idempotency-key': newKey() })
  return begun.json.upload.id
}

const items = () => readAllItems(desk.database.client, Object.values(tableNames()))

function ask(app: Hono<AppEnv>, who: Caller, method: string, path: string, body: object | undefined) {
  const visitor = visitorOf(who, app)
  const sent = body ?? (method === 'GET' || method === 'DELETE' ? undefined : {})
  const key = keyOf[who]
  const headers = {
    ...(key === undefined ? {} : { 'x-order-key': key }),
    ...(who === 'stripe' ? { 'stripe-signature': signatureOf(sent) } : {}),
  }
  return visitor.call(method, path, sent, headers)
}

function visitorOf(who: Caller, app: Hono<AppEnv>): Browser {
  if (who === 'unverified') return signedIn(app, desk.tokens.idToken(people.buyer, { email_verified: false }))
  return isSignedIn(who) ? desk.as(personOf[who], app) : browser(app)
}

const signatureOf = (body: object | undefined): string =>
  Stripe.webhooks.generateTestHeaderString({
    payload: JSON.stringify(body),
    secret: testEnvironment.STRIPE_WEBHOOK_SECRET,
  })

const bodyOf = (row: Row, name: string): object | undefined =>
  name === 'POST /api/organiser/events' ? eventInput(desk.organisation.id) : row.body

/** `:id` is the event's or the order's, by what stands before it. */
function fill(path: string, values: Readonly<Record<string, string>>): string {
  const named = path.replace('/events/:id', '/events/:eventId').replace('/orders/:id', '/orders/:orderId')
  return named.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => values[name] ?? '')
}
