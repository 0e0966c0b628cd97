import { type DoorEventsResponse, type PackResponse, type ScansResponse, scansRequest } from '#contracts/checkin.ts'
import { id } from '#contracts/common.ts'
import type { Role } from '#domain/catalog.ts'
import { type AppContext, createApp, readBody, readId } from '../http/app.ts'
import { requireEventMember, requireUser } from '../http/session.ts'
import { listDoorEvents } from '../usecases/list-door-events.ts'
import { makePack } from '../usecases/make-pack.ts'
import { recordScans, type ScanRecord } from '../usecases/record-scans.ts'
import { eventListPorts, packPorts, scanPorts } from '../wiring.ts'

export const app = createApp()

const doorRoles: readonly Role[] = ['owner', 'manager', 'door']

app.get('/api/checkin/events', async (c) => {
  const user = await requireUser(c)
  const events = await listDoorEvents(eventListPorts(), user.email, doorRoles)
  const body: DoorEventsResponse = {
    events: events.map(({ id, name, startsAt, endsAt, timeZone, venue }) => ({
      ...{ id, name, startsAt, endsAt, timeZone },
      venueName: venue.name,
    })),
  }
  return c.json(body)
})

app.post('/api/checkin/:eventId/scans', async (c) => {
  const { event, user } = await requireEventMember(c, eventId(c), doorRoles)
  const { scans } = await readBody(c, scansRequest)
  const records = await recordScans(scanPorts(), event, user.id, scans)
  return c.json({ results: records.map(resultView) } satisfies ScansResponse)
})

app.get('/api/checkin/:eventId/pack', async (c) => {
  const { event } = await requireEventMember(c, eventId(c), doorRoles)
  const { keys, tickets, revoked, counts, madeAt } = await makePack(packPorts(), event)
  const { id, name, startsAt, endsAt, timeZone } = event
  const body: PackResponse = {
    event: { id, name, startsAt, endsAt, timeZone },
    keys: keys.map((key) => ({ ...key })),
    tickets: [...tickets],
    revoked: [...revoked],
    counts: { ...counts },
    madeAt,
  }
  return c.json(body)
})

const eventId = (c: AppContext): string => readId(c, 'eventId', id('evt'))

const resultView = ({ scanId, verdict, ticket, firstScan }: ScanRecord): ScansResponse['results'][number] => ({
  scanId,
  verdict,
  ...(ticket ? { ticket } : {}),
  ...(firstScan ? { firstScan: { at: firstScan.at, gate: firstScan.gate } } : {}),
})
