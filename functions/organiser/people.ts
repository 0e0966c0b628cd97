import { Hono } from 'hono'
import { id } from '#contracts/common.ts'
import { type MembersResponse, memberEmail, memberRequest } from '#contracts/organisations.ts'
import { type AttendeesResponse, attendeesQuery } from '#contracts/organiser.ts'
import type { Membership, Role } from '#domain/catalog.ts'
import type { Ticket } from '#domain/orders.ts'
import type { Result } from '#domain/result.ts'
import { type AppContext, type AppEnv, Refused, readBody, readId, readQuery } from '../http/app.ts'
import { decodeCursor, encodeCursor } from '../http/cursors.ts'
import { requireEventMember, requireMember } from '../http/session.ts'
import { allAttendees, listAttendees } from '../usecases/list-attendees.ts'
import { type MemberRefusal, putMember, removeMember } from '../usecases/manage-members.ts'
import { attendeePorts, exportPorts, memberPorts } from '../wiring.ts'
import { csvOf } from './csv.ts'

export const people = new Hono<AppEnv>()

const all: readonly Role[] = ['owner', 'manager', 'finance', 'door']

people.get('/api/organiser/events/:eventId/attendees', async (c) => {
  const { event } = await requireEventMember(c, readId(c, 'eventId', id('evt')), all)
  const { limit, cursor, search } = readQuery(c, attendeesQuery)
  const page = await listAttendees(attendeePorts(), event.id, { limit, search, cursor: decodeCursor(cursor, 'place') })
  const body: AttendeesResponse = { attendees: page.found.map(attendeeView), cursor: encodeCursor(page.cursor) }
  return c.json(body)
})

people.get('/api/organiser/events/:eventId/attendees.csv', async (c) => {
  const { event } = await requireEventMember(c, readId(c, 'eventId', id('evt')), all)
  const rows = []
  for await (const attendees of allAttendees(exportPorts(), event.id))
    rows.push(...attendees.map(({ ticket, answers }) => ({ ...attendeeView(ticket), answers })))
  c.header('content-type', 'text/csv; charset=utf-8')
  c.header('content-disposition', `attachment; filename="attendees-${event.slug}.csv"`)
  return c.body(csvOf(rows))
})

people.get('/api/organiser/organisations/:organisationId/members', async (c) => {
  const { organisationId } = await requireMember(c, organisationIdOf(c), ['owner', 'manager'])
  return c.json(membersView(await memberPorts().members(organisationId)))
})

people.put('/api/organiser/organisations/:organisationId/members/:email', async (c) => {
  const { organisationId } = await requireMember(c, organisationIdOf(c), ['owner'])
  const { role } = await readBody(c, memberRequest)
  return c.json(answer(await putMember(memberPorts(), organisationId, emailOf(c), role)))
})

people.delete('/api/organiser/organisations/:organisationId/members/:email', async (c) => {
  const { organisationId } = await requireMember(c, organisationIdOf(c), ['owner'])
  return c.json(answer(await removeMember(memberPorts(), organisationId, emailOf(c))))
})

const organisationIdOf = (c: AppContext): string => readId(c, 'organisationId', id('org'))
const emailOf = (c: AppContext): string => readId(c, 'email', memberEmail)

function answer(result: Result<readonly Membership[], MemberRefusal>): MembersResponse {
  if (!result.ok) throw new Refused(result.refusal.code)
  return membersView(result.value)
}

const membersView = (members: readonly Membership[]): MembersResponse => ({
  members: members.map(({ email, role }) => ({ email, role })),
})

const attendeeView = (ticket: Ticket): AttendeesResponse['attendees'][number] => ({
  ticketId: ticket.id,
  orderId: ticket.orderId,
  name: ticket.attendeeName,
  email: ticket.attendeeEmail,
  ticketTypeName: ticket.ticketTypeName,
  price: ticket.price,
  status: ticket.status,
  admittedAt: ticket.admission?.at ?? null,
  boughtAt: ticket.createdAt,
})
