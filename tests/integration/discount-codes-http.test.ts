import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { app as orders } from '#functions/orders/routes.ts'
import { app as organiser } from '#functions/organiser/routes.ts'
import type { GuessLimits } from '#functions/store/code-guesses.ts'
import { guessPorts } from '#functions/wiring.ts'
import { browser } from '#tests/support/api.ts'
import { type Desk, makeEvent, newId, startDesk } from '#tests/support/desk.ts'
import { startWithinMinute } from '#tests/support/minutes.ts'

let desk: Desk
let event: Awaited<ReturnType<typeof makeEvent>>
let codes: string
beforeAll(async () => {
  desk = await startDesk()
}, 30_000)
afterAll(() => desk.close())
beforeEach(async () => {
  event = await makeEvent(desk, organiser)
  codes = `${event.path}/codes`
})

const half = { version: 0, discount: { kind: 'percent', basisPoints: 5000 } }
const free = { version: 0, discount: { kind: 'percent', basisPoints: 10_000 } }
/** Each visitor comes from an address of his own, unless a test says otherwise. */
const from = (address: string) => ({ 'x-viewer-address': address })
let visitor = 0
const anew = () => from(`198.51.100.${++visitor}`)

const order = (body: object = {}, headers: object = anew()) =>
  browser(orders).call(
    'POST',
    '/api/orders',
    {
      eventId: event.id,
      lines: [{ ticketTypeId: event.ticketTypeId, quantity: 1 }],
      buyer: { name: 'Ada', email: 'ada@example.org' },
      ...body,
    },
    { 'idempotency-key': randomUUID(), ...headers },
  )
const tryCode = (code: unknown, headers: object = anew()) =>
  browser(orders).call('POST', `/api/events/${event.id}/code`, { code }, { ...headers })
const left = async () => {
  const { json } = await desk.as('owner', organiser).call('GET', `${event.path}/stats`)
  return json.left
}

test('a code is written, read, listed, changed under its version, used and removed', async () => {
  const owner = desk.as('owner', organiser)
  const made = await owner.call('PUT', `${codes}/half`, half)
  expect(made.json.code).toMatchObject({ code: 'HALF', version: 1, uses: 0, spentMinor: 0, maxUses: null, unlocks: [] })
  expect((await owner.call('PUT', `${codes}/HALF`, half)).json.code).toBe('stale_version')
  const edited = await owner.call('PUT', `${codes}/HALF`, { ...half, version: 1, maxUses: 3, budgetMinor: 5000 })
  expect(edited.json.code).toMatchObject({ version: 2, maxUses: 3 })
  expect((await order({ code: 'half' })).json.code).toBe('payment_unavailable')
  const read = await desk.as('finance', organiser).call('GET', `${codes}/half`)
  expect(read.json.code).toMatchObject({ uses: 1, spentMinor: 750 })
  expect((await owner.call('GET', codes)).json.codes).toHaveLength(1)
  expect((await owner.call('DELETE', `${codes}/half`)).json.codes).toEqual([])
  expect((await owner.call('GET', `${codes}/half`)).status).toBe(404)
  expect((await order({ code: 'half' })).json.code).toBe('unknown_code')
})

test.each<[string, object, string]>([
  ['a percentage above 100', { discount: { kind: 'percent', basisPoints: 10_001 } }, 'discount.basisPoints'],
  ['a negative amount', { discount: { kind: 'fixed', amountMinor: -1 } }, 'discount.amountMinor'],
  ['half a cent', { discount: { kind: 'fixed', amountMinor: 0.5 } }, 'discount.amountMinor'],
  ['no use at all', { maxUses: 0 }, 'maxUses'],
  ['nothing', { discount: { kind: 'none' } }, 'discount'],
  ['another event’s type', { unlocks: [newId('tty')] }, 'unlocks'],
])('a code of %s is refused with its field', async (_, changes, field) => {
  const answer = await desk.as('owner', organiser).call('PUT', `${codes}/HALF`, { ...half, ...changes })
  expect([answer.status, answer.json.errors?.[0]?.field]).toEqual([422, field])
})

test('a name that is none does not exist', async () => {
  for (const name of ['ab', 'half%20price', '%3Cb%3E', 'x'.repeat(41)])
    expect((await desk.as('owner', organiser).call('PUT', `${codes}/${name}`, half)).status).toBe(404)
})

test.each<[string, object, object, number, string]>([
  ['unknown', half, { code: 'OTHER' }, 422, 'unknown_code'],
  ['used up', { ...free, maxUses: 1 }, { lines: 2 }, 409, 'code_used_up'],
  ['too early', { ...half, validFrom: '2199-01-01T00:00:00Z' }, {}, 409, 'code_not_valid_now'],
  ['over', { ...half, validUntil: '2020-01-01T00:00:00Z' }, {}, 409, 'code_not_valid_now'],
])(
  'an order with a code that is %s is refused and nothing is written',
  async (_, definition, asked, status, refusal) => {
    await desk.as('owner', organiser).call('PUT', `${codes}/HALF`, definition)
    const body = 'lines' in asked ? { lines: [{ ticketTypeId: event.ticketTypeId, quantity: 2 }] } : asked
    const answer = await order({ code: 'HALF', ...body })
    expect([answer.status, answer.json.code]).toEqual([status, refusal])
    expect(await left()).toBe(50)
  },
)

test('a code for other tickets, a price that has changed, and less than a card can pay are refused', async () => {
  const owner = desk.as('owner', organiser)
  const seated = newId('tty')
  const type = { version: 4, name: 'Seated', priceMinor: 3000, poolIds: [event.poolId] }
  expect((await owner.call('PUT', `${event.path}/ticket-types/${seated}`, type)).status).toBe(200)
  await owner.call('PUT', `${codes}/SEATED`, { ...half, ticketTypeIds: [seated] })
  await owner.call('PUT', `${codes}/ALMOST`, { version: 0, discount: { kind: 'fixed', amountMinor: 1480 } })
  const answers = [
    await order({ code: 'SEATED' }),
    await order({ code: 'ALMOST' }),
    await order({ expectedTotalMinor: 1 }),
  ]
  expect(answers.map(({ status, json }) => [status, json.code])).toEqual([
    [409, 'code_not_for_these'],
    [409, 'total_too_small'],
    [409, 'price_changed'],
  ])
  expect(answers[2]?.json.errors).toEqual([{ field: 'expectedTotalMinor', message: '1500' }])
  expect(await left()).toBe(50)
})

test.each([0, -1, 1.5, '2', 1e9, undefined, null, Number.NaN])(
  'a quantity of %s is refused, code or not',
  async (quantity) => {
    await desk.as('owner', organiser).call('PUT', `${codes}/HALF`, half)
    for (const code of [{}, { code: 'HALF' }]) {
      const answer = await order({ ...code, lines: [{ ticketTypeId: event.ticketTypeId, quantity }] })
      expect([answer.status, answer.json.code]).toEqual([422, 'invalid_request'])
    }
    expect(await left()).toBe(50)
  },
)

test('phases, fees and taxes are edited with the event, and shown as they are', async () => {
  const owner = desk.as('owner', organiser)
  const early = newId('poo')
  const fee = { fixedMinor: 150, basisPoints: 0, mode: 'added' }
  const tax = { name: 'VAT', basisPoints: 1000, mode: 'inclusive' }
  await owner.call('PATCH', event.path, { version: 4, fee, tax })
  await owner.call('PUT', `${event.path}/pools/${early}`, { version: 5, name: 'Early birds', capacity: 1 })
  const phases = [{ name: 'Early bird', priceMinor: 1000, poolId: early, endsAt: null }]
  const type = { version: 6, name: 'Standing', priceMinor: 1500, poolIds: [event.poolId], phases }
  const path = `${event.path}/ticket-types/${event.ticketTypeId}`
  const put = await owner.call('PUT', path, type)
  expect(put.json.event).toMatchObject({ fee, tax, ticketTypes: [{ phases }] })
  const wrong = await owner.call('PUT', path, { ...type, version: 7, phases: [{ ...phases[0], poolId: event.poolId }] })
  expect(wrong.json.errors).toMatchObject([{ field: 'ticketTypes.0.phases.0.poolId' }])
  const endless = await owner.call('PUT', path, { ...type, version: 7, phases: [{ name: 'X', priceMinor: 100 }] })
  expect(endless.json.errors).toMatchObject([{ field: 'ticketTypes.0.phases.0.endsAt' }])

  const stats = await owner.call('GET', `${event.path}/stats`)
  expect(stats.json).toMatchObject({ capacity: 50, left: 50, fees: { amountMinor: 0 } })
  const cleared = await owner.call('PATCH', event.path, { version: 7, fee: null })
  expect(cleared.json.event).toMatchObject({ fee: null, tax })
})

test('a code shows what it does; a wrong one costs a guess, and guesses are few', async () => {
  const owner = desk.as('owner', organiser)
  const friends = newId('tty')
  const type = { version: 4, name: 'Friends', priceMinor: 3000, poolIds: [event.poolId], hidden: true }
  await owner.call('PUT', `${event.path}/ticket-types/${friends}`, type)
  await owner.call('PUT', `${codes}/FRIEND`, { version: 0, discount: { kind: 'none' }, unlocks: [friends] })
  const known = await tryCode('friend')
  expect(known.json).toMatchObject({
    code: 'FRIEND',
    ticketTypes: [{ id: friends, name: 'Friends', isUnlocked: true }],
  })
  expect(known.headers.get('cache-control')).toBe('no-store')
  const shown = await browser(orders).call('GET', `/api/events/${event.id}/availability`)
  expect(shown.text).not.toContain('Friends')
  expect(shown.json.ticketTypes.find(({ id }: { id: string }) => id === friends)).toEqual({
    id: friends,
    state: 'hidden',
  })

  const guesser = from('203.0.113.9')
  await startWithinMinute(20_000)
  const refusals: string[] = []
  for (let at = 0; at < 45; at++) {
    const wrong = at % 2 === 0 ? await tryCode(`WRONG${at}`, guesser) : await order({ code: `WRONG${at}` }, guesser)
    refusals.push(wrong.json.code)
  }
  expect(refusals.filter((code) => code === 'unknown_code')).toHaveLength(20)
  expect(refusals.filter((code) => code === 'too_busy')).toHaveLength(25)
  const late = await tryCode('friend', guesser)
  expect(late).toMatchObject({ status: 429, json: { code: 'too_busy' } })
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await order({ code: 'friend' }, guesser)).json.code).toBe('too_busy')
  expect((await tryCode('friend')).status).toBe(200)
  for (const bad of ['', 'x'.repeat(41), 7, null]) expect((await tryCode(bad)).status).toBe(422)
})

test('an office whose people all have the code is never taken for a guesser', async () => {
  await desk.as('owner', organiser).call('PUT', `${codes}/FREE`, free)
  const office = from('203.0.113.10')
  for (let at = 0; at < 25; at++) {
    expect((await tryCode('free', office)).status).toBe(200)
    const buyer = { name: 'Ada', email: `ada${at}@office.example` }
    expect((await order({ code: 'free', buyer }, office)).json.code).toBeUndefined()
  }
})

test('codes named all at once are few, whether they exist or not', async () => {
  const { mayTry, countGuess } = guessPorts()
  const tryAtOnce = (limits: GuessLimits) =>
    Promise.all(Array.from({ length: 30 }, () => mayTry('203.0.113.11', 0, limits)))
  const limits = { guesses: 20, tries: 12 }
  expect((await tryAtOnce(limits)).filter((isAllowed) => isAllowed)).toHaveLength(12)
  for (let count = 0; count < 20; count++) await countGuess('203.0.113.12', 0)
  expect(await mayTry('203.0.113.12', 0, limits)).toBe(false)
  expect(await mayTry('203.0.113.12', 60_000, limits)).toBe(true)
})
