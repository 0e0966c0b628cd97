import papaparse from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '#functions/organiser/routes.ts'
import { putMember } from '#functions/usecases/manage-members.ts'
import { memberStore } from '#functions/wiring.ts'
import type { Browser } from '#tests/support/api.ts'
import { type Desk, makeEvent, newId, people, startDesk } from '#tests/support/desk.ts'
import { countSale, sellTicket } from '#tests/support/sold.ts'

let desk: Desk
let owner: Browser

beforeAll(async () => {
  desk = await startDesk()
  owner = desk.as('owner', app)
})
afterAll(() => desk.close())

const hostile = '<img src=x onerror=alert(1)></script>'

test('attendees come in pages in the order of their sale, each once, and are found by name, address, ticket or order', async () => {
  const event = await makeEvent(desk, app)
  const sold = []
  for (let count = 0; count < 12; count++) {
    const createdAt = new Date(Date.UTC(2026, 0, 1, 0, 0, count)).toISOString()
    sold.push(await sellTicket(event, { attendeeName: `Guest ${count}`, createdAt }))
  }
  const zoe = await sellTicket(event, { attendeeName: 'Zoë Ångström', attendeeEmail: 'zoe@north.example' })
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: Awaited<ReturnType<Browser['call']>> = await owner.call(
      'GET',
      `${event.path}/attendees?limit=5${cursor ? `&cursor=${cursor}` : ''}`,
    )
    seen.push(...page.json.attendees.map(({ ticketId }: { ticketId: string }) => ticketId))
    cursor = page.json.cursor
  }
  expect(seen).toEqual([...sold.map(({ id }) => id), zoe.id])

  const search = async (text: string) => {
    const { json } = await owner.call('GET', `${event.path}/attendees?search=${encodeURIComponent(text)}`)
    return json.attendees.map(({ ticketId }: { ticketId: string }) => ticketId)
  }
  for (const text of ['zoe ang', 'ZOË', 'zoe@north', zoe.id, zoe.orderId]) expect(await search(text)).toEqual([zoe.id])
  expect(await search('nobody at all')).toEqual([])
})

test('the CSV holds what was typed, and no cell of it is a formula', async () => {
  const event = await makeEvent(desk, app)
  const names = [
    '=HYPERLINK("http://evil","x")',
    '+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '＝1',
    'Comma, "quote"',
    hostile,
  ]
  for (const attendeeName of names) await sellTicket(event, { attendeeName })
  await sellTicket(event, {
    attendeeName: '大阪 太郎',
    price: { amountMinor: 3000, currency: 'JPY' },
    status: 'revoked',
  })
  const { status, headers, text } = await owner.call('GET', `${event.path}/attendees.csv`)
  expect(status).toBe(200)
  expect(headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(headers.get('content-disposition')).toBe(`attachment; filename="attendees-${event.event.slug}.csv"`)
  expect(headers.get('cache-control')).toBe('no-store')
  const { data } = papaparse.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true })
  expect(data).toHaveLength(10)
  for (const row of data) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@\t\r＝]/u)
  const cells = data.map(({ name }) => name)
  expect(cells).toContain('Comma, "quote"')
  expect(cells).toContain(hostile)
  expect(cells).toContain('\'=HYPERLINK("http://evil","x")')
  expect(data.find(({ name }) => name === '大阪 太郎')).toMatchObject({
    price: '3000',
    currency: 'JPY',
    status: 'revoked',
  })
  expect(data[0]?.price).toBe('15.00')
})

test('statistics add up what was sold, refunded and admitted', async () => {
  const event = await makeEvent(desk, app, { capacity: 30 })
  const delta = { at: '2027-01-01T23:30:00.000Z', orders: 1, sold: 2, revenueMinor: 3000, refundedMinor: 0 }
  const ticketTypes = [{ id: event.ticketTypeId, sold: 2, revenueMinor: 3000 }]
  const order = { id: newId('ord'), eventId: event.id, timeZone: 'Europe/Madrid' }
  const phases = ticketTypes.flatMap(({ id }) => [1000, 2000].map((revenueMinor) => ({ id, sold: 1, revenueMinor })))
  await countSale(order, {
    ...delta,
    ticketTypes: phases,
    charges: { discountMinor: 700, feeMinor: 200, taxMinor: 501 },
  })
  await countSale({ ...order, id: newId('ord') }, { ...delta, refundedMinor: 1500, ticketTypes })
  const { json } = await owner.call('GET', `${event.path}/stats`)
  expect(json).toEqual({
    ...{ capacity: 30, sold: 4, held: 0, left: 30, orders: 2, admitted: 0, cancellation: null },
    revenue: { amountMinor: 6000, currency: 'EUR' },
    refunded: { amountMinor: 1500, currency: 'EUR' },
    discounts: { amountMinor: 700, currency: 'EUR' },
    fees: { amountMinor: 200, currency: 'EUR' },
    taxes: { amountMinor: 501, currency: 'EUR' },
    pools: [{ id: event.poolId, name: 'Hall', capacity: 30, sold: 0, held: 0, left: 30 }],
    ticketTypes: [
      { id: event.ticketTypeId, name: 'Standing', sold: 4, revenue: { amountMinor: 6000, currency: 'EUR' } },
    ],
    days: [{ day: '2027-01-02', sold: 4, revenue: { amountMinor: 6000, currency: 'EUR' } }],
  })
  const draft = await makeEvent(desk, app, { capacity: 7, publish: false })
  expect((await owner.call('GET', `${draft.path}/stats`)).json).toMatchObject({ capacity: 7, left: 7, sold: 0 })
})

test('an owner adds, changes and removes members; nobody else is told of them', async () => {
  const path = `/api/organiser/organisations/${desk.organisation.id}/members`
  const member = `${path}/New.Hand@Mill.Example`
  expect((await owner.call('PUT', member, { role: 'door' })).json.members).toContainEqual({
    email: 'new.hand@mill.example',
    role: 'door',
  })
  expect((await owner.call('PUT', member, { role: 'manager' })).json.members).toContainEqual({
    email: 'new.hand@mill.example',
    role: 'manager',
  })
  expect((await owner.call('PUT', member, { role: 'emperor' })).status).toBe(422)
  expect((await owner.call('PUT', member, { role: 'door', organisationId: desk.other.id })).status).toBe(422)
  const removed = await owner.call('DELETE', member)
  expect(removed.json.members.map(({ email }: { email: string }) => email)).not.toContain('new.hand@mill.example')
  expect((await owner.call('DELETE', member)).status).toBe(404)
  expect((await owner.call('PUT', `${path}/not-an-address`, { role: 'door' })).status).toBe(404)
})

test('the last owner can neither leave nor step down', async () => {
  const path = `/api/organiser/organisations/${desk.organisation.id}/members/${people.owner}`
  expect((await owner.call('DELETE', path)).json.code).toBe('last_owner')
  expect((await owner.call('PUT', path, { role: 'manager' })).json.code).toBe('last_owner')
})

const twoOwnersLeave = async (guarded: boolean) => {
  const store = memberStore()
  const organisationId = desk.other.id
  const second = 'second@other.example'
  const membership = { organisationId, role: 'owner' } as const
  await store.putMember({ ...membership, email: people.otherOwner }, null)
  await store.putMember({ ...membership, email: second }, null)
  const bothHaveRead = Promise.withResolvers<void>()
  let readers = 0
  const ports = {
    organisation: async () => desk.other,
    members: async (id: string) => {
      const members = await store.listMembers(id)
      if (++readers === 2) bothHaveRead.resolve()
      await bothHaveRead.promise
      return members
    },
    put: (...[member, whileOwner]: Parameters<typeof store.putMember>) =>
      store.putMember(member, guarded ? whileOwner : null),
    remove: store.removeMember,
  }
  const results = await Promise.all(
    [people.otherOwner, second].map((email) => putMember(ports, organisationId, email, 'door')),
  )
  const owners = (await store.listMembers(organisationId)).filter(({ role }) => role === 'owner')
  return { refused: results.filter(({ ok }) => !ok).length, owners: owners.length }
}

test('of two owners who step down at once, one stays', async () => {
  expect(await twoOwnersLeave(true)).toEqual({ refused: 1, owners: 1 })
})

test('negative control: without the condition both step down and nobody owns the organisation', async () => {
  expect(await twoOwnersLeave(false)).toEqual({ refused: 0, owners: 0 })
})
