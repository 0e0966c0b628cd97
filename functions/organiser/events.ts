import { Hono } from 'hono'
import { id } from '#contracts/common.ts'
import {
  addressRequest,
  createEventRequest,
  editEventRequest,
  eventsQuery,
  type OrganiserEventResponse,
  type OrganiserEventsResponse,
  putPoolRequest,
  putTicketTypeRequest,
  versionRequest,
} from '#contracts/events.ts'
import type { EventRecord, Instant, Role } from '#domain/catalog.ts'
import { changeAddress } from '#domain/event-address.ts'
import {
  cancelEvent,
  type EventRefusal,
  editEvent,
  isDeletable,
  publishEvent,
  putPool,
  putTicketType,
  withdrawEvent,
} from '#domain/event-rules.ts'
import type { Result } from '#domain/result.ts'
import { type AppContext, type AppEnv, Refused, readBody, readId, readIdempotencyKey, readQuery } from '../http/app.ts'
import { decodeCursor, encodeCursor } from '../http/cursors.ts'
import { requireEventMember, requireMember, requireUser } from '../http/session.ts'
import { type ChangeRefusal, changeEvent } from '../usecases/change-event.ts'
import { type CreateRefusal, copyEvent, createEvent } from '../usecases/create-event.ts'
import { listEvents } from '../usecases/list-events.ts'
import { hashOf } from '../usecases/order-ids.ts'
import { eventChangePorts, eventCreatePorts, eventDeletePorts, eventListPorts } from '../wiring.ts'
import { eventRowView, organiserEventView } from './views.ts'

export const events = new Hono<AppEnv>()

const all: readonly Role[] = ['owner', 'manager', 'finance', 'door']
const editors: readonly Role[] = ['owner', 'manager']

events.post('/api/organiser/events', async (c) => {
  await requireUser(c)
  const { organisationId, ...input } = await readBody(c, createEventRequest)
  const { user, role } = await requireMember(c, organisationId, editors)
  const key = readIdempotencyKey(c)
  const request = { userId: user.id, key, requestHash: hashOf(['create-event', organisationId, input]) }
  return c.json(answer(await createEvent(eventCreatePorts(), organisationId, input, request), role), 201)
})

events.get('/api/organiser/events', async (c) => {
  const user = await requireUser(c)
  const { organisationId, limit, cursor } = readQuery(c, eventsQuery)
  if (organisationId) await requireMember(c, organisationId, all)
  const page = await listEvents(eventListPorts(), user.email, {
    organisationId,
    limit,
    cursor: decodeCursor(cursor, 'event'),
  })
  const body: OrganiserEventsResponse = { events: page.events.map(eventRowView), cursor: encodeCursor(page.cursor) }
  return c.json(body)
})

events.get('/api/organiser/events/:eventId', async (c) => {
  const { event, role } = await requireEventMember(c, eventId(c), all)
  return c.json({ event: organiserEventView(event, role) } satisfies OrganiserEventResponse)
})

events.patch('/api/organiser/events/:eventId', async (c) => {
  const member = await requireEventMember(c, eventId(c), editors)
  const { version, ...changes } = await readBody(c, editEventRequest)
  return change(c, member, (event, now) => editEvent(event, changes, version, now))
})

events.put('/api/organiser/events/:eventId/ticket-types/:ticketTypeId', async (c) => {
  const member = await requireEventMember(c, eventId(c), editors)
  const ticketTypeId = readId(c, 'ticketTypeId', id('tty'))
  const { version, ...input } = await readBody(c, putTicketTypeRequest)
  return change(c, member, (event, now) => putTicketType(event, ticketTypeId, input, version, now))
})

events.put('/api/organiser/events/:eventId/pools/:poolId', async (c) => {
  const member = await requireEventMember(c, eventId(c), editors)
  const poolId = readId(c, 'poolId', id('poo'))
  const { version, ...input } = await readBody(c, putPoolRequest)
  return change(c, member, (event, now) => putPool(event, poolId, input, version, now))
})

events.post('/api/organiser/events/:eventId/publish', async (c) => {
  const member = await requireEventMember(c, eventId(c), editors)
  const { version } = await readBody(c, versionRequest)
  return change(c, member, (event, now) => publishEvent(event, version, now))
})

events.post('/api/organiser/events/:eventId/cancel', async (c) => {
  const member = await requireEventMember(c, eventId(c), editors)
  const { version } = await readBody(c, versionRequest)
  return change(c, member, (event, now) => cancelEvent(event, version, now))
})

events.post('/api/organiser/events/:eventId/withdraw', async (c) => {
  const member = await requireEventMember(c, eventId(c), editors)
  const { version } = await readBody(c, versionRequest)
  return change(c, member, (event, now) => withdrawEvent(event, version, now))
})

events.put('/api/organiser/events/:eventId/address', async (c) => {
  const member = await requireEventMember(c, eventId(c), editors)
  const { version, slug } = await readBody(c, addressRequest)
  return change(c, member, (event, now) => changeAddress(event, slug, version, now))
})

events.delete('/api/organiser/events/:eventId', async (c) => {
  const { event } = await requireEventMember(c, eventId(c), editors)
  if (!isDeletable(event)) throw new Refused('wrong_status')
  if (!(await eventDeletePorts().delete(event))) throw new Refused('stale_version')
  return c.json({})
})

events.post('/api/organiser/events/:eventId/duplicate', async (c) => {
  const { event, user, role } = await requireEventMember(c, eventId(c), editors)
  const request = { userId: user.id, key: readIdempotencyKey(c), requestHash: hashOf(['duplicate-event', event.id]) }
  return c.json(answer(await copyEvent(eventCreatePorts(), event, request), role), 201)
})

const eventId = (c: AppContext): string => readId(c, 'eventId', id('evt'))

async function change(
  c: AppContext,
  { event, role }: { event: EventRecord; role: Role },
  decide: (event: EventRecord, now: Instant) => Result<EventRecord, EventRefusal>,
): Promise<Response> {
  return c.json(answer(await changeEvent(eventChangePorts(), event, decide), role))
}

function answer(result: Result<EventRecord, CreateRefusal | ChangeRefusal>, role: Role): OrganiserEventResponse {
  if (result.ok) return { event: organiserEventView(result.value, role) }
  const { refusal } = result
  throw new Refused(refusal.code, 'errors' in refusal ? [...refusal.errors] : undefined)
}
