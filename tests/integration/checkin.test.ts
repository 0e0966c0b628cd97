import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb'
import { DynamoDBDocumentClient as DocumentClient } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeTicketCode, parseTicketCode } from '#domain/ticket-code.ts'
import { app } from '#functions/checkin/routes.ts'
import { app as organiserApp } from '#functions/organiser/routes.ts'
import { createScanStore } from '#functions/store/scans.ts'
import { recordScans } from '#functions/usecases/record-scans.ts'
import { dynamo, eventStore, scanPorts, statisticsStore, tableNames, ticketStore } from '#functions/wiring.ts'
import type { Browser } from '#tests/support/api.ts'
import { type Desk, makeEvent, newId, people, startDesk } from '#tests/support/desk.ts'
import { testDynamoDbClient } from '#tests/support/dynamodb.ts'
import { sellTicket } from '#tests/support/sold.ts'

let desk: Desk
let door: Browser
type Event = Awaited<ReturnType<typeof makeEvent>>
let event: Event

beforeAll(async () => {
  desk = await startDesk()
  door = desk.as('door', app)
  event = await makeEvent(desk, organiserApp)
})
afterAll(() => desk.close())

const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString()
const scanOf = (code: string, changes: object = {}) => ({
  scanId: newId('scn'),
  code,
  at: minutes(0),
  gate: 'North',
  ...changes,
})
const send = async (scans: object[], at: { id: string } = event) => {
  const { status, json } = await door.call('POST', `/api/checkin/${at.id}/scans`, { scans })
  return status === 200 ? json.results : { status, code: json.code }
}
const admittedCount = async ({ id }: { id: string }) => (await statisticsStore().readStatistics(id)).admitted

test('a ticket is admitted once; the second scan learns when and at which gate', async () => {
  const here = await makeEvent(desk, organiserApp)
  const ticket = await sellTicket(here)
  const first = scanOf(ticket.code)
  const shown = {
    id: ticket.id,
    orderId: ticket.orderId,
    attendeeName: ticket.attendeeName,
    ticketTypeName: ticket.ticketTypeName,
  }
  expect(await send([first], here)).toEqual([{ scanId: first.scanId, verdict: 'admitted', ticket: shown }])
  const second = scanOf(ticket.code, { gate: 'South' })
  expect(await send([second], here)).toEqual([
    {
      scanId: second.scanId,
      verdict: 'already_admitted',
      ticket: shown,
      firstScan: { at: first.at, gate: 'North' },
    },
  ])
  expect(await ticketStore().getTicket(ticket.id)).toMatchObject({
    admission: { scanId: first.scanId, at: first.at, gate: 'North' },
  })
  expect(await admittedCount(here)).toBe(1)
})

test('staff may type the number on the ticket; a number of another event, or of none, admits nobody', async () => {
  const [here, elsewhere] = [await makeEvent(desk, organiserApp), await makeEvent(desk, organiserApp)]
  const ticket = await sellTicket(here)
  const other = await sellTicket(elsewhere)
  expect(await send([scanOf(` ${ticket.id.toUpperCase()} `)], here)).toMatchObject([{ verdict: 'admitted' }])
  expect(await send([scanOf(ticket.code)], here)).toMatchObject([{ verdict: 'already_admitted' }])
  const [wrong] = await send([scanOf(other.id)], here)
  expect(wrong).toMatchObject({ verdict: 'wrong_event' })
  expect(wrong.ticket).toBeUndefined()
  expect(await send([scanOf(newId('tkt'))], here)).toMatchObject([{ verdict: 'unknown' }])
})

test('a repeat of a scan answers as before, in parallel and after the ticket changed', async () => {
  const here = await makeEvent(desk, organiserApp)
  const ticket = await sellTicket(here)
  const scan = scanOf(ticket.code)
  const answers = await Promise.all(Array.from({ length: 20 }, () => send([scan], here)))
  for (const answer of answers) expect(answer).toMatchObject([{ scanId: scan.scanId, verdict: 'admitted' }])
  const refused = scanOf(ticket.code)
  const [before] = await send([refused], here)
  expect(before.verdict).toBe('already_admitted')
  expect(await send([scan, refused], here)).toEqual([answers[0][0], before])
  expect(await admittedCount(here)).toBe(1)
})

test('a scan id vouches for no other code than its first', async () => {
  const [one, other] = [await sellTicket(event), await sellTicket(event)]
  const scan = scanOf(one.code)
  await send([scan])
  expect(await send([{ ...scan, code: other.code }])).toEqual([{ scanId: scan.scanId, verdict: 'unknown' }])
  expect((await ticketStore().getTicket(other.id))?.admission).toBeNull()
})

test('forged, foreign, revoked and unsold codes stay out, and the answer says no name of another event', async () => {
  const elsewhere = await makeEvent(desk, organiserApp)
  const mine = await sellTicket(event)
  const parts = parseTicketCode(mine.code)
  if (!parts) throw new Error('not a code')
  const victim = await sellTicket(event)
  const cases = {
    'another ticket under an old signature': [encodeTicketCode({ ...parts, ticketId: victim.id }), 'unknown'],
    'a signature of zeros': [encodeTicketCode({ ...parts, signature: new Uint8Array(64) }), 'unknown'],
    'some text': ['HELLO', 'unknown'],
    'a script': ['<script>alert(1)</script>', 'unknown'],
    'another event, signed': [(await sellTicket(elsewhere)).code, 'wrong_event'],
    revoked: [(await sellTicket(event, { status: 'revoked' })).code, 'revoked'],
  }
  for (const [name, [code, verdict]] of Object.entries(cases)) {
    const [result] = await send([scanOf(String(code))])
    expect([name, result.verdict]).toEqual([name, verdict])
    if (verdict !== 'revoked') expect(result.ticket).toBeUndefined()
  }
  expect((await ticketStore().getTicket(victim.id))?.admission).toBeNull()
})

test('a ticket whose record says another event than its code is not admitted', async () => {
  const elsewhere = await makeEvent(desk, organiserApp)
  const ticket = await sellTicket(elsewhere)
  const ports = {
    ...scanPorts(),
    verifyTicket: () => ({ ok: true as const, eventId: event.id, ticketId: ticket.id }),
  }
  const record = await eventStore().getEvent(event.id)
  if (!record) throw new Error('no event')
  const scan = { ...scanOf('any'), direction: 'in' as const }
  const [answer] = await recordScans(ports, record, 'user', [scan])
  expect(answer).toMatchObject({ verdict: 'unknown', ticket: null })
  expect((await ticketStore().getTicket(ticket.id))?.admission).toBeNull()
})

test('too early, too late, cancelled and on the way out: nobody is admitted', async () => {
  const verdictOf = async (at: Event, changes: object = {}) => {
    const [result] = await send([scanOf((await sellTicket(at)).code, changes)], at)
    return result.verdict
  }
  const hours = (count: number) => minutes(count * 60)
  const farAway = await makeEvent(desk, organiserApp, { changes: { startsAt: hours(30), endsAt: hours(33) } })
  expect(await verdictOf(farAway)).toBe('not_valid_now')
  expect(await verdictOf(event, { direction: 'out' })).toBe('not_valid_now')
  expect(await verdictOf(event, { at: '2020-01-01T00:00:00.000Z' })).toBe('not_valid_now')
  const off = await makeEvent(desk, organiserApp)
  await desk.as('owner', organiserApp).call('POST', `${off.path}/cancel`, { version: 4 })
  expect(await verdictOf(off)).toBe('not_valid_now')
})

test('a device from the future is given our time, an offline scan keeps its own', async () => {
  const [early, late] = [await sellTicket(event), await sellTicket(event)]
  const offlineAt = minutes(-90)
  await send([scanOf(early.code, { at: minutes(60) }), scanOf(late.code, { at: offlineAt })])
  const admissionOf = async (id: string) => (await ticketStore().getTicket(id))?.admission?.at ?? ''
  expect(Math.abs(Date.parse(await admissionOf(early.id)) - Date.now())).toBeLessThan(60_000)
  expect(await admissionOf(late.id)).toBe(offlineAt)
})

test('a batch is answered in its order, and of two scans of one ticket in it the earlier one wins', async () => {
  const [one, other] = [await sellTicket(event), await sellTicket(event)]
  const batch = [
    scanOf(one.code, { at: minutes(-1), gate: 'Later' }),
    scanOf(other.code),
    scanOf(one.code, { at: minutes(-2), gate: 'Earlier' }),
  ]
  const results = await send(batch)
  expect(results.map(({ scanId }: { scanId: string }) => scanId)).toEqual(batch.map(({ scanId }) => scanId))
  expect(results.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
    'already_admitted',
    'admitted',
    'admitted',
  ])
  expect(results[0].firstScan.gate).toBe('Earlier')
})

test('every scan stands in the log, refused ones and forgeries too, with who scanned', async () => {
  const here = await makeEvent(desk, organiserApp)
  const ticket = await sellTicket(here)
  const scans = [scanOf(ticket.code), scanOf(ticket.code), scanOf('FORGED')]
  for (const scan of scans) await send([scan], here)
  const log = await Promise.all(scans.map(({ scanId }) => scanPorts().getScan(here.id, scanId)))
  expect(log.map((line) => [line?.verdict, line?.userId])).toEqual([
    ['admitted', `sub-${people.door}`],
    ['already_admitted', `sub-${people.door}`],
    ['unknown', `sub-${people.door}`],
  ])
})

test('a malformed batch is refused whole', async () => {
  const { code } = await sellTicket(event)
  for (const scans of [
    [],
    [scanOf(code, { verdict: 'admitted' })],
    [scanOf(code, { scanId: 'scn_1' })],
    [scanOf(code, { gate: '' })],
    Array.from({ length: 101 }, () => scanOf(code)),
  ])
    expect(await send(scans)).toEqual({ status: 422, code: 'invalid_request' })
})

/** Two gates, 50 scans each, of one ticket, all at once. */
async function raceAtTheDoor(client: DynamoDBDocumentClient) {
  const here = await makeEvent(desk, organiserApp)
  const ticket = await sellTicket(here)
  const record = await eventStore().getEvent(here.id)
  if (!record) throw new Error('no event')
  const allHaveRead = Promise.withResolvers<void>()
  let readers = 0
  const ports = {
    ...scanPorts(),
    ...createScanStore(client, tableNames().sales),
    ticket: async (ticketId: string) => {
      const read = await ticketStore().getTicket(ticketId)
      if (++readers === 100) allHaveRead.resolve()
      if (readers <= 100) await allHaveRead.promise
      return read
    },
  }
  const scans = Array.from({ length: 100 }, (_, count) => ({
    ...scanOf(ticket.code, { gate: count % 2 === 0 ? 'North' : 'South' }),
    direction: 'in' as const,
  }))
  const answers = (await Promise.all(scans.map((scan) => recordScans(ports, record, 'user', [scan])))).flat()
  const admitted = answers.filter(({ verdict }) => verdict === 'admitted')
  return { admitted, others: answers.filter((answer) => !admitted.includes(answer)), here }
}

test('when two gates scan one ticket at once, one admits and all others learn when and where', async () => {
  const { admitted, others, here } = await raceAtTheDoor(dynamo())
  expect(admitted).toHaveLength(1)
  expect(others).toHaveLength(99)
  const [winner] = admitted
  for (const { verdict, firstScan } of others) {
    expect(verdict).toBe('already_admitted')
    expect(firstScan).toEqual({ scanId: winner?.scanId, at: winner?.at, gate: winner?.gate })
  }
  expect(await admittedCount(here)).toBe(1)
})

test('negative control: without the condition on the ticket both gates admit', async () => {
  const { admitted } = await raceAtTheDoor(withoutTicketCondition(desk.database.endpoint))
  expect(admitted.length).toBeGreaterThan(1)
})

/** A client that sends the admission of a ticket without its condition. */
function withoutTicketCondition(endpoint: string): DynamoDBDocumentClient {
  const client = DocumentClient.from(testDynamoDbClient(endpoint))
  client.middlewareStack.add(
    (next) => (args) => {
      const items = 'TransactItems' in args.input ? (args.input.TransactItems ?? []) : []
      for (const item of items) {
        const Update = 'Update' in item ? item.Update : undefined
        if (!Update?.ConditionExpression) continue
        delete Update.ConditionExpression
        delete Update.ExpressionAttributeNames
        Update.ExpressionAttributeValues = { ':admission': { scanId: 'x', at: minutes(0), gate: 'x' } }
      }
      return next(args)
    },
    { step: 'initialize', priority: 'high' },
  )
  return client
}

test('the pack holds keys, hashes and counts, and nobody by name', async () => {
  const here = await makeEvent(desk, organiserApp)
  const [inside, outside] = [await sellTicket(here), await sellTicket(here)]
  await sellTicket(here, { status: 'revoked' })
  await send([scanOf(inside.code)], here)
  const { status, json, text } = await door.call('GET', `/api/checkin/${here.id}/pack`)
  expect(status).toBe(200)
  expect(json.event).toMatchObject({ id: here.id, name: here.event.name })
  expect(json.counts).toEqual({ tickets: 2, admitted: 1 })
  expect(json.tickets).toHaveLength(2)
  expect(json.revoked).toHaveLength(1)
  for (const hash of [...json.tickets, ...json.revoked]) expect(hash).toMatch(/^[0-9a-f]{16}$/)
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(outside.id))
  expect(json.tickets).toContain(Buffer.from(digest).toString('hex').slice(0, 16))
  for (const secret of [inside.attendeeName, inside.attendeeEmail, inside.id, inside.orderId])
    expect(text).not.toContain(secret)

  const parts = parseTicketCode(outside.code)
  if (!parts) throw new Error('not a code')
  const x = json.keys.find(({ keyId }: { keyId: number }) => keyId === parts.keyId).publicKey
  const key = await crypto.subtle.importKey('jwk', { kty: 'OKP', crv: 'Ed25519', x }, 'Ed25519', false, ['verify'])
  const [signature, signedBytes] = [Uint8Array.from(parts.signature), Uint8Array.from(parts.signedBytes)]
  expect(await crypto.subtle.verify('Ed25519', key, signature, signedBytes)).toBe(true)
})

test('the door lists the events that its member may scan: published, not over, of his organisations', async () => {
  const idsFor = async (person: 'door' | 'finance' | 'otherOwner' | 'attendee') => {
    const { json } = await desk.as(person, app).call('GET', '/api/checkin/events')
    return json.events.map(({ id }: { id: string }) => id)
  }
  const draft = await makeEvent(desk, organiserApp, { publish: false })
  const ids = await idsFor('door')
  expect(ids).toContain(event.id)
  expect(ids).not.toContain(draft.id)
  for (const person of ['finance', 'otherOwner', 'attendee'] as const) expect(await idsFor(person)).toEqual([])
})
