import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '#functions/organiser/routes.ts'
import { app as session } from '#functions/session/routes.ts'
import { signedIn } from '#tests/support/api.ts'
import { commandOn } from '#tests/support/command.ts'
import { type Desk, eventInput, newKey, startDesk } from '#tests/support/desk.ts'

let desk: Desk

beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.close())

const run = (...args: string[]) => commandOn(desk.database, 'organisation', ...args)

const organisationsOf = async (email: string) =>
  (await signedIn(session, desk.tokens.idToken(email)).call('GET', '/api/session')).json.organisations

test('who was made owner of a new organisation signs in, sees it, and makes its first event', async () => {
  const made = await run('--name', 'Café del Río', '--email', 'Ana@River.example')
  expect(made).toMatchObject({ exitCode: 0, output: expect.stringContaining('/organiser/cafe-del-rio/') })
  expect(made.output).toMatch(/sign up at \/sign-in\/ as ana@river\.example.*open \/desk\//)
  const [organisation, ...others] = await organisationsOf('ana@river.example')
  expect([organisation, others]).toMatchObject([{ name: 'Café del Río', role: 'owner' }, []])

  const owner = signedIn(app, desk.tokens.idToken('ana@river.example'))
  const input = eventInput(organisation.id)
  const { status } = await owner.call('POST', '/api/organiser/events', input, { 'idempotency-key': newKey() })
  expect(status).toBe(201)
})

test('the same command again makes nothing new', async () => {
  const command = ['--name', 'Twice', '--email', 'twice@river.example', '--slug', 'two-times']
  const [first, second] = [await run(...command), await run(...command)]
  expect([first.exitCode, second]).toEqual([0, first])
  expect(await organisationsOf('twice@river.example')).toHaveLength(1)
})

test('an address that another organisation has is refused, and nobody becomes its owner', async () => {
  const { exitCode, output } = await run('--name', 'The Mill', '--email', 'thief@river.example')
  expect([exitCode, output.trim()]).toEqual([
    1,
    '/organiser/the-mill/ is another organisation: choose its address with --slug.',
  ])
  expect(await organisationsOf('thief@river.example')).toEqual([])
})

test.each([
  ['--email: ', ['--name', 'River', '--email', 'river']],
  ['--name: ', ['--name', 'x'.repeat(81), '--email', 'a@river.example', '--slug', 'long']],
  ['--slug: ', ['--name', 'River', '--email', 'a@river.example', '--slug', 'By the River']],
  ['--slug: ', ['--name', '川', '--email', 'a@river.example']],
  ['npm run organisation -- --table', ['--name', 'River']],
])('what it cannot take is named: %s', async (words, args) => {
  expect(await run(...args)).toEqual({ exitCode: 1, output: expect.stringContaining(words) })
})
