import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '#functions/organiser/routes.ts'
import { app as session } from '#functions/session/routes.ts'
import { spreadRebrandings } from '#functions/usecases/spread-rebrandings.ts'
import { eventStore, rebrandingPorts } from '#functions/wiring.ts'
import type { Browser } from '#tests/support/api.ts'
import { type Desk, makeEvent, startDesk } from '#tests/support/desk.ts'

let desk: Desk
let owner: Browser
let path: string

beforeAll(async () => {
  desk = await startDesk()
  owner = desk.as('owner', app)
  path = `/api/organiser/organisations/${desk.organisation.id}`
})
afterAll(() => desk.close())

const current = async () => (await owner.call('GET', path)).json.organisation

test('a member sees the new name at once, the address stays, and the events follow when the clock has run', async () => {
  const { id } = await makeEvent(desk, app)
  const { version } = await current()
  const words = { name: 'The Weir', about: 'By the river.', accent: '#225588', website: 'https://weir.example' }
  const edited = await owner.call('PATCH', path, { version, ...words })
  expect(edited.json.organisation).toMatchObject({ ...words, slug: desk.organisation.slug, version: version + 1 })
  expect(await current()).toEqual(edited.json.organisation)
  const { json } = await desk.as('door', session).call('GET', '/api/session')
  expect(json.organisations).toMatchObject([{ name: 'The Weir', role: 'door' }])

  expect((await eventStore().getEvent(id))?.organiser.name).toBe('The Mill')
  expect(await spreadRebrandings(rebrandingPorts(), Date.now() + 10_000)).toBe(1)
  const { slug, name, accent } = edited.json.organisation
  expect(await eventStore().getEvent(id)).toMatchObject({ version: 4, organiser: { slug, name, accent } })
})

test('of two who edit what both have read, the second is told to load it again', async () => {
  const { version, name } = await current()
  const edit = (about: string) => owner.call('PATCH', path, { version, about })
  const answers = await Promise.all([edit('One.'), edit('Other.')])
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  expect(answers.find(({ status }) => status === 409)?.json.code).toBe('stale_version')
  expect(await current()).toMatchObject({ version: version + 1, name })
})

test('a website is taken away again', async () => {
  const { version } = await current()
  await owner.call('PATCH', path, { version, website: 'https://weir.example/@weir' })
  expect(await current()).toMatchObject({ website: 'https://weir.example/@weir' })
  await owner.call('PATCH', path, { version: version + 1, website: null })
  expect(await current()).toMatchObject({ website: null, version: version + 2 })
})

test.each([
  ['name', { name: ' ' }],
  ['name', { name: 'x'.repeat(81) }],
  ['accent', { accent: 'red' }],
  ['accent', { accent: '#22558' }],
  ['website', { website: 'http://weir.example' }],
  ['website', { website: 'javascript:alert(1)' }],
  ['website', { website: 'https://bank.example@evil.example/' }],
  ['website', { website: 'https://user:password@weir.example/' }],
  ['about', { about: 'x'.repeat(2001) }],
])('words that no page can show are refused by the field %s', async (field, words) => {
  const before = await current()
  const { status, json } = await owner.call('PATCH', path, { version: before.version, ...words })
  expect([status, json.errors?.[0]?.field]).toEqual([422, field])
  expect(await current()).toEqual(before)
})
