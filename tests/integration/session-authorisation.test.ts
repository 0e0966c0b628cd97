import type { Hono } from 'hono'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { app as checkin } from '#functions/checkin/routes.ts'
import type { AppEnv } from '#functions/http/app.ts'
import { app as organiser } from '#functions/organiser/routes.ts'
import { app as session } from '#functions/session/routes.ts'
import { placeOrder } from '#functions/usecases/place-order.ts'
import { catalogAccess, clock, orderStore } from '#functions/wiring.ts'
import { browser } from '#tests/support/api.ts'
import { type Desk, eventInput, makeEvent, newId, newKey, type Person, people, startDesk } from '#tests/support/desk.ts'

const apps = { session, organiser, checkin } satisfies Record<string, Hono<AppEnv>>
const everybody = ['nobody', 'attendee', 'otherOwner', 'door', 'finance', 'manager', 'owner'] as const
type Somebody = (typeof everybody)[number]

/** Who may, and a body that is refused only after it was decided that he may: so that the matrix changes nothing. */
interface Row {
  readonly allowed: readonly Somebody[]
  readonly body?: object
}

const signedIn = everybody.filter((who) => who !== 'nobody')
const members = ['door', 'finance', 'manager', 'owner'] as const
const editors = ['manager', 'owner'] as const
const bookkeepers = ['finance', 'manager', 'owner'] as const
const atTheDoor = ['door', 'manager', 'owner'] as const
const stale = { version: 999 }
const event = '/api/organiser/events/:eventId'
const order = '/api/organiser/orders/:orderId'
const people_ = '/api/organiser/organisations/:organisationId/members'
const read = { allowed: members } as const
const keepsBooks = { allowed: bookkeepers } as const
const edit = { allowed: editors, body: stale } as const

const matrix: Readonly<Record<string, Row>> = {
  'GET /api/session': { allowed: everybody },
  'POST /api/session': { allowed: everybody, body: {} },
  'DELETE /api/session': { allowed: everybody },

  'POST /api/organiser/events': { allowed: editors },
  'GET /api/organiser/events': { allowed: signedIn },
  [`GET ${event}`]: read,
  [`PATCH ${event}`]: edit,
  [`PUT ${event}/ticket-types/:ticketTypeId`]: edit,
  [`PUT ${event}/pools/:poolId`]: edit,
  [`POST ${event}/publish`]: edit,
  [`POST ${event}/cancel`]: edit,
  [`POST ${event}/duplicate`]: edit,
  [`GET ${event}/codes`]: keepsBooks,
  [`GET ${event}/codes/:code`]: keepsBooks,
  [`PUT ${event}/codes/:code`]: {
    allowed: editors,
    body: { version: 999, discount: { kind: 'percent', basisPoints: 1 } },
  },
  [`DELETE ${event}/codes/:code`]: { allowed: editors },
  [`GET ${event}/attendees`]: read,
  [`GET ${event}/attendees.csv`]: read,
  [`GET ${event}/stats`]: read,
  [`GET ${event}/orders`]: keepsBooks,
  [`GET ${order}`]: keepsBooks,
  [`POST ${order}/refunds`]: keepsBooks,
  [`GET ${people_}`]: { allowed: editors },
  [`PUT ${people_}/:email`]: { allowed: ['owner'], body: { role: 'none' } },
  [`DELETE ${people_}/:email`]: { allowed: ['owner'] },

  'GET /api/checkin/events': { allowed: signedIn },
  'POST /api/checkin/:eventId/scans': { allowed: atTheDoor, body: { scans: [] } },
  'GET /api/checkin/:eventId/pack': { allowed: atTheDoor },
}

const routes = Object.values(apps).flatMap((app) =>
  app.routes
    .filter(({ method, path }) => method !== 'ALL' && path !== '/*')
    .map(({ method, path }) => ({ app, method, path, name: `${method} ${path}` })),
)

let desk: Desk
let parameters: Readonly<Record<string, string>>

beforeAll(async () => {
  desk = await startDesk()
  const { id, ticketTypeId, poolId } = await makeEvent(desk, organiser)
  const organisationId = desk.organisation.id
  const placed = await placeOrder(
    { orders: orderStore(), getEvent: catalogAccess().event, now: clock.now },
    { eventId: id, lines: [{ ticketTypeId, quantity: 1 }], buyer: { name: 'Ada', email: 'ada@example.org' } },
    newKey(),
  )
  if (!placed.ok) throw new Error(placed.refusal.code)
  const orderId = placed.value.id
  const code = { version: 0, discount: { kind: 'percent', basisPoints: 5000 } }
  await desk.as('owner', organiser).call('PUT', `/api/organiser/events/${id}/codes/HALF`, code)
  parameters = { eventId: id, ticketTypeId, poolId, organisationId, orderId, email: people.owner, code: 'HALF' }
})
afterAll(() => desk.close())

test('every route has a row in the matrix, and every row a route', () => {
  expect(routes.length).toBeGreaterThan(15)
  expect([...new Set(routes.map(({ name }) => name))].toSorted()).toEqual(Object.keys(matrix).toSorted())
})

describe.each(routes)('$name', ({ app, method, path, name }) => {
  test.each(everybody)('as %s', async (who) => {
    const row = matrix[name]
    if (!row) throw new Error(`${name} has no row`)
    const { status, json } = await ask(app, who, method, fill(path, parameters), bodyOf(row, name))
    const outcome = status === 401 || status === 403 || status === 404 ? json.code : 'allowed'
    expect(outcome).toBe(expected(row, who))
  })
})

describe.each(routes.filter(({ path }) => path.includes(':')))('$name', ({ app, method, path, name }) => {
  test('with an id that does not exist, or is none, answers as for another tenant', async () => {
    const row = matrix[name]
    for (const strange of [newId('evt').replace(/.$/, '0'), 'evt_1', '..%2f..', '%27', 'null']) {
      const orgs = strange.replace('evt_', 'org_')
      const orderId = strange.replace('evt_', 'ord_')
      const address = fill(path, { ...parameters, eventId: strange, organisationId: orgs, orderId })
      const { status, json } = await ask(app, 'owner', method, address, row && bodyOf(row, name))
      expect([address, status, json.code]).toEqual([address, 404, 'not_found'])
    }
  })
})

const expected = (row: Row, who: Somebody): string => {
  if (row.allowed.includes(who)) return 'allowed'
  if (who === 'nobody') return 'not_signed_in'
  return who === 'attendee' || who === 'otherOwner' ? 'not_found' : 'forbidden'
}

function ask(app: Hono<AppEnv>, who: Somebody, method: string, path: string, body: object | undefined) {
  const visitor = who === 'nobody' ? browser(app) : desk.as(who satisfies Person, app)
  const sent = body ?? (method === 'GET' || method === 'DELETE' ? undefined : {})
  return visitor.call(method, path, sent)
}

const bodyOf = (row: Row, name: string): object | undefined =>
  name === 'POST /api/organiser/events' ? eventInput(desk.organisation.id) : row.body

const fill = (path: string, values: Readonly<Record<string, string>>): string =>
  path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? '')
