import { DeleteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '#functions/organiser/routes.ts'
import { createCityStore } from '#functions/store/cities.ts'
import { dynamo, siteReader } from '#functions/wiring.ts'
import { commandOn } from '#tests/support/command.ts'
import { type Desk, eventInput, makeEvent, startDesk } from '#tests/support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.close())

const run = (...args: string[]) => commandOn(desk.database, 'city', ...args)
const cityNames = async () => (await siteReader().cities()).map(({ name }) => name)

/** A published event there; it moves to another city at once if one is named. */
async function publishIn(city: string, then?: string) {
  const { venue } = eventInput('')
  const { path, event } = await makeEvent(desk, app, { changes: { venue: { ...venue, city } } })
  if (then === undefined) return
  const moved = { version: event.version, venue: { ...venue, city: then } }
  expect((await desk.as('owner', app).call('PATCH', path, moved)).status).toBe(200)
}

test('a city that nothing is in any more goes', async () => {
  await publishIn('Sevila', 'Sevilla')
  expect(await cityNames()).toEqual(['Sevila', 'Sevilla'])
  expect(await run('--slug', 'sevila', '--remove')).toMatchObject({ exitCode: 0 })
  expect(await cityNames()).toEqual(['Sevilla'])
})

test('one with an event stays, whatever is asked', async () => {
  await publishIn('Cádiz')
  expect(await run('--slug', 'cadiz', '--remove')).toEqual({
    exitCode: 1,
    output: '/city/cadiz/ has events, or had some: their pages lead there.\n',
  })
  expect(await cityNames()).toContain('Cádiz')
})

test.each([
  ['keeps its city', false],
  ['loses it where nobody looks again: this test can fail', true],
])('an event that comes while its city is removed %s', async (_, isBlind) => {
  const city = isBlind ? 'Ronda' : 'Jerez'
  await publishIn(city, 'Sevilla')
  let isGone = false
  const send = async (command: DeleteCommand | QueryCommand) => {
    if (isGone && isBlind && command instanceof QueryCommand) return { Items: [] }
    if (!(command instanceof DeleteCommand)) return dynamo().send(command)
    await publishIn(city)
    isGone = true
    return dynamo().send(command)
  }
  const client: DynamoDBDocumentClient = Object.create(dynamo(), { send: { value: send } })
  const { removeCity } = createCityStore(client, desk.database.tableName('catalog'))
  expect(await removeCity(city.toLowerCase())).toBe(isBlind ? 'removed' : 'has_events')
  expect((await cityNames()).includes(city)).toBe(!isBlind)
})

test('its name can be put right', async () => {
  await publishIn('GRANADA')
  expect(await run('--slug', 'granada', '--name', ' Granada ')).toEqual({
    exitCode: 0,
    output: expect.stringContaining('✓ /city/granada/ is called Granada. Publish everything'),
  })
  expect(await cityNames()).toContain('Granada')
})

test.each([
  ['There is no city at /city/nowhere/', ['--slug', 'nowhere', '--remove']],
  ['There is no city at /city/nowhere/', ['--slug', 'nowhere', '--name', 'Nowhere']],
  ['--name: ', ['--slug', 'granada', '--name', '\n']],
  ['npm run city -- --table', ['--slug', 'granada']],
  ['npm run city -- --table', ['--slug', 'granada', '--name', 'Granada', '--remove']],
  ['npm run city -- --table', ['--name', 'Granada']],
])('what it cannot take is named: %s', async (words, args) => {
  const names = await cityNames()
  expect(await run(...args)).toEqual({ exitCode: 1, output: expect.stringContaining(words) })
  expect(await cityNames()).toEqual(names)
})
