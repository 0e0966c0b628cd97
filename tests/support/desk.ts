import { randomBytes } from 'node:crypto'
import type { Hono } from 'hono'
import type { Organisation, Role } from '#domain/catalog.ts'
import { type IdPrefix, makeId } from '#domain/ids.ts'
import type { AppEnv } from '#functions/http/app.ts'
import { memberStore, organisationStore, tokenVerifier } from '#functions/wiring.ts'
import { signedIn, testEnvironment } from './api.ts'
import { startTestDynamoDb } from './dynamodb.ts'
import { tokenMaker } from './tokens.ts'

export const newId = <P extends IdPrefix>(prefix: P) => makeId(prefix, Date.now(), randomBytes(10))

export const people = {
  owner: 'owner@mill.example',
  manager: 'manager@mill.example',
  finance: 'finance@mill.example',
  door: 'door@mill.example',
  attendee: 'attendee@people.example',
  buyer: 'buyer@people.example',
  otherOwner: 'owner@other.example',
  otherManager: 'manager@other.example',
  otherFinance: 'finance@other.example',
  otherDoor: 'door@other.example',
} as const
export type Person = keyof typeof people

export type Desk = Awaited<ReturnType<typeof startDesk>>

/** Two organisations with their people, over an empty database, behind the functions' own wiring. */
export async function startDesk() {
  const database = await startTestDynamoDb()
  Object.assign(process.env, testEnvironment, {
    AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
    CATALOG_TABLE: database.tableName('catalog'),
    SALES_TABLE: database.tableName('sales'),
  })
  const tokens = tokenMaker({
    userPoolId: testEnvironment.COGNITO_USER_POOL_ID,
    clientId: testEnvironment.COGNITO_CLIENT_ID,
  })
  tokenVerifier().cacheJwks(tokens.jwks)
  const organisation = await makeOrganisation('The Mill', people.owner, ['manager', 'finance', 'door'])
  const other = await makeOrganisation('Other House', people.otherOwner, ['manager', 'finance', 'door'])
  return {
    database,
    tokens,
    organisation,
    other,
    as: (person: Person, app: Hono<AppEnv>) => signedIn(app, tokens.idToken(people[person])),
    close: database.close,
  }
}

async function makeOrganisation(name: string, owner: string, others: readonly Role[]): Promise<Organisation> {
  const organisation = {
    id: newId('org'),
    slug: name.toLowerCase().replaceAll(' ', '-'),
    version: 1,
    name,
    about: '',
    accent: '#aa3300',
    email: owner,
    createdAt: new Date().toISOString(),
  }
  await organisationStore().createOrganisation(organisation, owner)
  for (const role of others) {
    const email = owner.replace('owner', role)
    await memberStore().putMember({ organisationId: organisation.id, email, role }, null)
  }
  return organisation
}

const hours = (count: number) => new Date(Date.now() + count * 3_600_000).toISOString()

/** What the desk sends for a new event that starts in two hours, so that its doors may be open. */
export const eventInput = (organisationId: string, changes: object = {}) => ({
  organisationId,
  name: 'Jazz at the Mill',
  summary: 'Three sets by the river',
  description: 'Bring a coat.',
  category: 'music',
  startsAt: hours(2),
  endsAt: hours(5),
  timeZone: 'Europe/Madrid',
  currency: 'EUR',
  venue: { name: 'The Mill', street: 'Calle Río 1', postalCode: '41001', city: 'Sevilla', country: 'ES' },
  ...changes,
})

export const newKey = (): string => `test-key-${randomBytes(12).toString('hex')}`

/** An event as the organiser API makes it, with one pool and one ticket type. */
export async function makeEvent(
  desk: Desk,
  app: Hono<AppEnv>,
  { capacity = 50, publish = true, priceMinor = 1500, changes = {} as object } = {},
) {
  const owner = desk.as('owner', app)
  const ok = async (...call: Parameters<typeof owner.call>) => {
    const answer = await owner.call(...call)
    if (answer.status >= 300) throw new Error(`${call[0]} ${call[1]}: ${answer.text}`)
    return answer.json.event
  }
  const input = eventInput(desk.organisation.id, changes)
  const { id } = await ok('POST', '/api/organiser/events', input, { 'idempotency-key': newKey() })
  const poolId = newId('poo')
  const ticketTypeId = newId('tty')
  const path = `/api/organiser/events/${id}`
  await ok('PUT', `${path}/pools/${poolId}`, { version: 1, name: 'Hall', capacity })
  const type = { version: 2, name: 'Standing', priceMinor, poolIds: [poolId] }
  let event = await ok('PUT', `${path}/ticket-types/${ticketTypeId}`, type)
  if (publish) event = await ok('POST', `${path}/publish`, { version: 3 })
  return { id: String(id), path, poolId, ticketTypeId, event }
}
