import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { app } from '#functions/session/routes.ts'
import { tokenVerifier } from '#functions/wiring.ts'
import { type RunningCognito, startCognito } from '#infra/local/cognito/server.ts'
import { browser, signedIn } from '#tests/support/api.ts'
import { type Desk, people, startDesk } from '#tests/support/desk.ts'
import { tokenMaker } from '#tests/support/tokens.ts'

let desk: Desk
let cognito: RunningCognito
const folder = mkdtempSync(join(tmpdir(), 'marquee-session-'))
const password = 'a long enough password'

beforeAll(async () => {
  desk = await startDesk()
  cognito = await startCognito({ port: 0, folder, mailUrl: 'http://127.0.0.1:9' })
  process.env.AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER = cognito.url
  tokenVerifier().cacheJwks({ keys: [...desk.tokens.jwks.keys, ...cognito.jwks.keys] })
})

afterAll(async () => {
  await cognito.close()
  await desk.close()
  rmSync(folder, { recursive: true, force: true })
})

const tokensOf = (email: string) => ({
  idToken: desk.tokens.idToken(email),
  accessToken: desk.tokens.accessToken(email),
  refreshToken: 'r'.repeat(64),
})

test('nobody is signed in at first', async () => {
  const { status, json } = await browser(app).call('GET', '/api/session')
  expect(status).toBe(200)
  expect(json).toEqual({ user: null, organisations: [] })
})

test('tokens handed over become cookies that no script can read, and the answer names the memberships', async () => {
  const visitor = browser(app)
  const { status, json, headers } = await visitor.call('POST', '/api/session', tokensOf(people.owner))
  expect(status).toBe(200)
  expect(json).toEqual({
    user: { id: `sub-${people.owner}`, email: people.owner, name: `Name of ${people.owner}`, groups: [] },
    organisations: [{ id: desk.organisation.id, name: desk.organisation.name, role: 'owner' }],
  })
  const cookies = headers.getSetCookie()
  expect(cookies).toHaveLength(2)
  for (const cookie of cookies) {
    expect(cookie).toMatch(/^__Host-/)
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) expect(cookie.split('; ')).toContain(part)
    expect(cookie).not.toContain('Domain')
    expect(cookie.split(';')[0]?.length).toBeLessThanOrEqual(4096)
  }
  expect((await visitor.call('GET', '/api/session')).json).toEqual(json)
})

test('a token that is not a genuine id token of this pool and client starts no session', async () => {
  const { tokens } = desk
  const good = tokensOf(people.owner)
  const [header, payload, signature] = good.idToken.split('.')
  const forgedPayload = Buffer.from(JSON.stringify(tokens.idClaims('someone@else.example'))).toString('base64url')
  const stranger = tokenMaker({ userPoolId: cognito.userPoolId, clientId: cognito.clientId })
  const bad = {
    'signed by another key': stranger.jwt(tokens.idClaims(people.owner), { alg: 'RS256', kid: tokens.keyId }),
    'with another payload': `${header}.${forgedPayload}.${signature}`,
    'without a signature': `${header}.${payload}.`,
    'alg none': `${Buffer.from(JSON.stringify({ alg: 'none', kid: tokens.keyId })).toString('base64url')}.${payload}.`,
    'alg HS256': tokens.jwt(tokens.idClaims(people.owner), { alg: 'HS256', kid: tokens.keyId }),
    'of another pool': tokens.idToken(people.owner, {
      iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_OtherPool',
    }),
    'of another client': tokens.idToken(people.owner, { aud: 'anotherclient0123456' }),
    'an access token': good.accessToken,
    expired: tokens.idToken(people.owner, {}, -1),
    'with an e-mail that nobody verified': tokens.idToken(people.owner, { email_verified: false }),
    'with a verified flag of text': tokens.idToken(people.owner, { email_verified: 'true' }),
    'without an e-mail': tokens.idToken(people.owner, { email: undefined }),
  }
  for (const [name, idToken] of Object.entries(bad)) {
    const visitor = browser(app)
    const { status, json, headers } = await visitor.call('POST', '/api/session', { ...good, idToken })
    expect([name, status, json.code ?? json]).toEqual([name, 401, 'invalid_token'])
    expect(headers.getSetCookie()).toEqual([])
    const withCookie = await signedIn(app, idToken).call('GET', '/api/session')
    expect([name, withCookie.json.user]).toEqual([name, null])
  }
})

test("another user's access token, an id token in its place, and a token too long for a cookie are refused", async () => {
  const good = tokensOf(people.owner)
  const start = async (change: object) =>
    (await browser(app).call('POST', '/api/session', { ...good, ...change })).json.code
  expect(await start({ accessToken: desk.tokens.accessToken('someone@else.example') })).toBe('invalid_token')
  expect(await start({ accessToken: good.idToken })).toBe('invalid_token')
  expect(await start({ refreshToken: 'r'.repeat(4001) })).toBe('invalid_request')
  expect(await start({ refreshToken: `${'r'.repeat(64)}; Domain=evil.example` })).toBe('invalid_request')
  expect(await start({ role: 'owner' })).toBe('invalid_request')
})

test('a session cannot be started from another site', async () => {
  const { status, json } = await browser(app).call('POST', '/api/session', tokensOf(people.owner), {
    origin: 'https://evil.example',
  })
  expect([status, json.code]).toEqual([403, 'cross_site'])
})

test('groups of the token are shown, a role in it changes nothing', async () => {
  const idToken = desk.tokens.idToken('plain@people.example', {
    'cognito:groups': ['organisers'],
    'custom:role': 'owner',
    role: 'owner',
  })
  const { json } = await signedIn(app, idToken).call('GET', '/api/session')
  expect(json.user.groups).toEqual(['organisers'])
  expect(json.organisations).toEqual([])
})

test('with a pool: an expired id token is renewed, a deleted session gives nothing any more', async () => {
  const email = 'refreshed@people.example'
  await cognito.seedUser({ email, password, name: 'Ré Freshed', groups: [] })
  const { AuthenticationResult: signIn } = await initiateAuth({
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: email, PASSWORD: password },
  })
  expect(signIn.RefreshToken).toBeTypeOf('string')
  const visitor = browser(app, new Map([['__Host-refresh', signIn.RefreshToken]]))
  visitor.cookies.set('__Host-session', desk.tokens.idToken(email, {}, -1))

  const renewed = await visitor.call('GET', '/api/session')
  expect(renewed.json.user).toMatchObject({ email, name: 'Ré Freshed' })
  const fresh = visitor.cookies.get('__Host-session')
  expect(fresh).toBeDefined()
  expect((await signedIn(app, fresh ?? '').call('GET', '/api/session')).json.user.email).toBe(email)

  const kept = new Map(visitor.cookies)
  kept.delete('__Host-session')
  const ended = await visitor.call('DELETE', '/api/session')
  expect(ended.json).toEqual({ user: null, organisations: [] })
  expect(visitor.cookies.size).toBe(0)
  const thief = browser(app, kept)
  expect((await thief.call('GET', '/api/session')).json.user).toBeNull()
  expect(thief.cookies.size).toBe(0)
})

async function initiateAuth(request: object) {
  const response = await fetch(cognito.url, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: JSON.stringify({ ClientId: cognito.clientId, ...request }),
  })
  return response.json()
}
