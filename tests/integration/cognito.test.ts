import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  ChangePasswordCommand,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from '@aws-sdk/client-cognito-identity-provider'
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { Amplify } from 'aws-amplify'
import { confirmSignUp, fetchAuthSession, resendSignUpCode, signIn, signOut, signUp } from 'aws-amplify/auth'
import { CognitoJwtVerifier } from 'aws-jwt-verify'
import { JwtInvalidSignatureError, KidNotFoundInJwksError } from 'aws-jwt-verify/error'
import nodemailer from 'nodemailer'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { localJwks, type RunningCognito, startCognito } from '#infra/local/cognito/server.ts'
import { type RunningMail, startMail } from '#infra/local/mail.ts'

const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
let folder: string
let mail: RunningMail
let pool: RunningCognito
let client: CognitoIdentityProviderClient
let ClientId: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cognito-'))
  await start()
})

afterAll(async () => {
  await stop()
  await rm(folder, { recursive: true })
})

async function start(): Promise<void> {
  mail = await startMail({ port: 0, stateFile: join(folder, 'mail.jsonl') })
  pool = await startCognito({ port: 0, folder: join(folder, 'cognito'), mailUrl: mail.url })
  client = new CognitoIdentityProviderClient({ endpoint: pool.url, region: 'us-east-1', credentials })
  ClientId = pool.clientId
}

async function stop(): Promise<void> {
  client.destroy()
  await pool.close()
  await mail.close()
}

type InboxEmail = {
  from: string
  subject: string
  destination: { to: string[] }
  body: { text: string }
  attachments: { filename: string; contentType: string; content: string }[]
}

async function inboxOf(email: string): Promise<InboxEmail[]> {
  const response = await fetch(`${mail.url}/store`)
  const { emails }: { emails: InboxEmail[] } = await response.json()
  return emails.filter(({ destination }) => destination.to.includes(email))
}

async function lastCodeOf(email: string): Promise<string> {
  const last = (await inboxOf(email)).at(-1)
  return /\b\d{6}\b/.exec(last?.body.text ?? '')?.[0] ?? 'no code came'
}

/** A verifier exactly as production makes it, with this pool's keys preloaded. */
function verifier() {
  const made = CognitoJwtVerifier.create({ userPoolId: pool.userPoolId, clientId: pool.clientId })
  made.cacheJwks(pool.jwks)
  return made
}

const register = (Username: string, Password = 'long enough') =>
  client.send(new SignUpCommand({ ClientId, Username, Password, UserAttributes: [{ Name: 'name', Value: 'Ann' }] }))

const confirm = (Username: string, ConfirmationCode: string) =>
  client.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }))

async function tokensOf(USERNAME: string, PASSWORD = 'long enough') {
  const AuthParameters = { USERNAME, PASSWORD }
  const request = new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters })
  const { AuthenticationResult: tokens } = await client.send(request)
  return { access: tokens?.AccessToken ?? '', id: tokens?.IdToken ?? '', refresh: tokens?.RefreshToken ?? '' }
}

const refusalOf = (request: Promise<unknown>) =>
  request.then(
    () => 'was accepted',
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  )

test('who signs up with the code from the inbox can sign in, with tokens that production’s verifier takes', async () => {
  await register('Ann@Example.com')
  expect(await refusalOf(tokensOf('ann@example.com'))).toBe('UserNotConfirmedException')
  expect(await refusalOf(confirm('ann@example.com', '000000x'))).toBe('CodeMismatchException')
  await confirm('ann@example.com', await lastCodeOf('ann@example.com'))

  const tokens = await tokensOf('ANN@example.com')
  const id = await verifier().verify(tokens.id, { tokenUse: 'id' })
  expect(id).toMatchObject({ email: 'ann@example.com', email_verified: true, name: 'Ann', sub: expect.any(String) })
  const access = await verifier().verify(tokens.access, { tokenUse: 'access' })
  expect(access.sub).toBe(id.sub)
  expect(access['cognito:groups']).toBeUndefined()
})

test('a token that was altered, and one of another machine’s pool, is refused', async () => {
  await pool.seedUser({ email: 'alter@example.com', password: 'long enough', name: 'A', groups: [] })
  const { id } = await tokensOf('alter@example.com')
  const [header, payload = '', signature] = id.split('.')
  const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), email: 'other@example.com' }
  const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
  await expect(verifier().verify(forged, { tokenUse: 'id' })).rejects.toThrow(JwtInvalidSignatureError)

  const elsewhere = CognitoJwtVerifier.create({ userPoolId: pool.userPoolId, clientId: pool.clientId })
  elsewhere.cacheJwks(localJwks(join(folder, 'another machine')))
  expect(() => elsewhere.verifySync(id, { tokenUse: 'id' })).toThrow(KidNotFoundInJwksError)
})

test('a seeded user is in its groups, in fresh and in refreshed tokens, under the same id however often it is seeded', async () => {
  const seed = { email: 'owner@example.com', password: 'long enough', name: 'Olga', groups: ['organisers', 'staff'] }
  const { id } = await pool.seedUser(seed)
  expect(await pool.seedUser(seed)).toEqual({ id })
  const tokens = await tokensOf('owner@example.com')
  const claims = await verifier().verify(tokens.id, { tokenUse: 'id' })
  expect(claims).toMatchObject({
    sub: id,
    'cognito:groups': ['organisers', 'staff'],
    email_verified: true,
    name: 'Olga',
  })

  const AuthParameters = { REFRESH_TOKEN: tokens.refresh }
  const refresh = new InitiateAuthCommand({ ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters })
  const renewed = await client.send(refresh)
  const again = await verifier().verify(renewed.AuthenticationResult?.IdToken ?? '', { tokenUse: 'id' })
  expect(again).toMatchObject({ sub: id, 'cognito:groups': ['organisers', 'staff'] })
  const newer = await client.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: tokens.refresh }))
  expect(newer.AuthenticationResult).toMatchObject({
    ExpiresIn: 3600,
    TokenType: 'Bearer',
    IdToken: expect.any(String),
  })

  await client.send(new RevokeTokenCommand({ ClientId, Token: tokens.refresh }))
  expect(await refusalOf(client.send(refresh))).toBe('NotAuthorizedException')
})

test('a wrong password and an unknown address are answered alike', async () => {
  await pool.seedUser({ email: 'known@example.com', password: 'long enough', name: 'K', groups: [] })
  const answers = [tokensOf('known@example.com', 'wrong password'), tokensOf('nobody@example.com')].map((request) =>
    request.catch((error: Error) => `${error.name}: ${error.message}`),
  )
  expect(new Set(await Promise.all(answers))).toEqual(
    new Set(['NotAuthorizedException: Incorrect username or password.']),
  )
  const forgot = (Username: string) => client.send(new ForgotPasswordCommand({ ClientId, Username }))
  expect((await forgot('nobody@example.com')).CodeDeliveryDetails?.DeliveryMedium).toBe('EMAIL')
  expect(await inboxOf('nobody@example.com')).toEqual([])
})

test('a new code can be asked for, and only the newest works', async () => {
  await register('slow@example.com')
  const first = await lastCodeOf('slow@example.com')
  await client.send(new ResendConfirmationCodeCommand({ ClientId, Username: 'slow@example.com' }))
  const second = await lastCodeOf('slow@example.com')
  expect(await inboxOf('slow@example.com')).toHaveLength(2)
  if (first !== second) expect(await refusalOf(confirm('slow@example.com', first))).toBe('CodeMismatchException')
  await confirm('slow@example.com', second)
})

test('a forgotten password is replaced with the code from the inbox, once', async () => {
  await pool.seedUser({ email: 'forgetful@example.com', password: 'the old one', name: 'F', groups: [] })
  const Username = 'forgetful@example.com'
  const reset = (ConfirmationCode: string) =>
    client.send(new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password: 'the new one' }))
  expect(await refusalOf(reset('123456'))).toBe('ExpiredCodeException')
  await client.send(new ForgotPasswordCommand({ ClientId, Username }))
  const code = await lastCodeOf(Username)
  await reset(code)
  expect(await refusalOf(reset(code))).toBe('ExpiredCodeException')
  expect(await refusalOf(tokensOf(Username, 'the old one'))).toBe('NotAuthorizedException')
  await verifier().verify((await tokensOf(Username, 'the new one')).id, { tokenUse: 'id' })
})

test.each(['sub', 'email_verified', 'custom:role'])('nobody can sign up with a %s of their own', async (Name) => {
  const UserAttributes = [{ Name, Value: 'true' }]
  const Username = 'pushy@example.com'
  const request = new SignUpCommand({ ClientId, Username, Password: 'long enough', UserAttributes })
  expect(await refusalOf(client.send(request))).toBe('NotAuthorizedException')
})

test('a taken address, a short password and an access token that is not ours are refused', async () => {
  await pool.seedUser({ email: 'taken@example.com', password: 'long enough', name: 'T', groups: [] })
  expect(await refusalOf(register('Taken@example.com'))).toBe('UsernameExistsException')
  expect(await refusalOf(register('short@example.com', 'short'))).toBe('InvalidPasswordException')
  const { access, id } = await tokensOf('taken@example.com')
  const [header, payload] = access.split('.')
  const getUser = (AccessToken: string) => refusalOf(client.send(new GetUserCommand({ AccessToken })))
  expect(await getUser(access)).toBe('was accepted')
  expect(await getUser(`${header}.${payload}.AAAA`)).toBe('NotAuthorizedException')
  expect(await getUser(id)).toBe('NotAuthorizedException')
})

test('signing out everywhere ends every refresh token', async () => {
  await pool.seedUser({ email: 'leaver@example.com', password: 'long enough', name: 'L', groups: [] })
  const [one, two] = [await tokensOf('leaver@example.com'), await tokensOf('leaver@example.com')]
  await client.send(new GlobalSignOutCommand({ AccessToken: one.access }))
  for (const RefreshToken of [one.refresh, two.refresh]) {
    const request = client.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken }))
    expect(await refusalOf(request)).toBe('NotAuthorizedException')
  }
})

test('a password can be changed by who knows it', async () => {
  await pool.seedUser({ email: 'changer@example.com', password: 'long enough', name: 'C', groups: [] })
  const { access } = await tokensOf('changer@example.com')
  const change = (PreviousPassword: string, ProposedPassword: string) =>
    refusalOf(client.send(new ChangePasswordCommand({ AccessToken: access, PreviousPassword, ProposedPassword })))
  expect(await change('wrong', 'also long enough')).not.toBe('was accepted')
  expect(await change('long enough', 'short')).toBe('InvalidPasswordException')
  expect(await change('long enough', 'also long enough')).toBe('was accepted')
  expect((await tokensOf('changer@example.com', 'also long enough')).id).not.toBe('')
})

test.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const)(
  'Amplify signs up, asks for the code again, confirms and signs in by %s',
  async (authFlowType) => {
    const Cognito = { userPoolId: pool.userPoolId, userPoolClientId: ClientId, userPoolEndpoint: pool.url }
    Amplify.configure({ Auth: { Cognito } })
    const username = `${authFlowType.toLowerCase()}@example.com`
    const password = 'correct horse battery'
    await signUp({ username, password, options: { userAttributes: { email: username, name: 'Amy' } } })
    await resendSignUpCode({ username })
    expect(await signIn({ username, password, options: { authFlowType } })).toMatchObject({
      nextStep: { signInStep: 'CONFIRM_SIGN_UP' },
    })
    await confirmSignUp({ username, confirmationCode: await lastCodeOf(username) })
    expect(await refusalOf(signIn({ username, password: `${password}!`, options: { authFlowType } }))).toBe(
      'NotAuthorizedException',
    )
    expect(await refusalOf(signIn({ username: `un${username}`, password, options: { authFlowType } }))).toBe(
      'NotAuthorizedException',
    )
    for (let time = 0; time < 5; time++) {
      await signIn({ username, password, options: { authFlowType } })
      const { tokens } = await fetchAuthSession()
      const claims = await verifier().verify(tokens?.idToken?.toString() ?? '', { tokenUse: 'id' })
      expect(claims).toMatchObject({ email: username, name: 'Amy' })
      await signOut()
    }
  },
)

test('a false proof of the password, or a public value that would make any proof true, is refused', async () => {
  await pool.seedUser({ email: 'srp@example.com', password: 'long enough', name: 'S', groups: [] })
  const begin = (SRP_A: string) => {
    const AuthParameters = { USERNAME: 'srp@example.com', SRP_A }
    return client.send(new InitiateAuthCommand({ ClientId, AuthFlow: 'USER_SRP_AUTH', AuthParameters }))
  }
  expect(await refusalOf(begin('0'))).toBe('InvalidParameterException')
  const { ChallengeParameters = {} } = await begin('abcdef')
  const ChallengeResponses = {
    USERNAME: ChallengeParameters.USERNAME ?? '',
    PASSWORD_CLAIM_SECRET_BLOCK: ChallengeParameters.SECRET_BLOCK ?? '',
    PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString('base64'),
    TIMESTAMP: 'Sun Nov 22 13:00:00 UTC 2026',
  }
  const respond = new RespondToAuthChallengeCommand({
    ClientId,
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeResponses,
  })
  expect(await refusalOf(client.send(respond))).toBe('NotAuthorizedException')
})

test('a page of the site may call it: a preflight allows the headers that Amplify sends', async () => {
  const headers = {
    origin: 'http://localhost:4321',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'x-amz-target,x-amz-user-agent,content-type,cache-control',
  }
  const preflight = await fetch(pool.url, { method: 'OPTIONS', headers })
  expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  expect(preflight.headers.get('access-control-allow-headers')).toBe('*')
})

test('users, groups, sessions and e-mails are there after a restart', async () => {
  await pool.seedUser({ email: 'stays@example.com', password: 'long enough', name: 'S', groups: ['organisers'] })
  await register('waiting@example.com')
  const before = await tokensOf('stays@example.com')
  await stop()
  await start()

  await verifier().verify(before.id, { tokenUse: 'id' })
  const request = new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: before.refresh })
  const renewed = await client.send(request)
  const claims = await verifier().verify(renewed.AuthenticationResult?.IdToken ?? '', { tokenUse: 'id' })
  expect(claims['cognito:groups']).toEqual(['organisers'])
  await confirm('waiting@example.com', await lastCodeOf('waiting@example.com'))
})

test('a message of parts, sent raw, is in the inbox with its attachments', async () => {
  const compose = nodemailer.createTransport({ streamTransport: true, buffer: true })
  const { message } = await compose.sendMail({
    from: 'Marquee <tickets@example.com>',
    to: 'buyer@example.com',
    subject: 'Ihre Tickets für 東京 🎫',
    text: 'See you there',
    html: '<p>See you there</p>',
    attachments: [{ filename: 'tickets.pdf', content: Buffer.from('%PDF-1.7'), contentType: 'application/pdf' }],
    icalEvent: { method: 'PUBLISH', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' },
  })
  const ses = new SESv2Client({ endpoint: mail.url, region: 'us-east-1', credentials })
  const Data = Buffer.isBuffer(message) ? message : Buffer.alloc(0)
  const { MessageId } = await ses.send(new SendEmailCommand({ Content: { Raw: { Data } } }))
  const [email] = await inboxOf('buyer@example.com')
  expect(MessageId).toBeDefined()
  expect(email).toMatchObject({
    subject: 'Ihre Tickets für 東京 🎫',
    body: { text: expect.stringContaining('See you there') },
  })
  const pdf = email?.attachments.find(({ filename }) => filename === 'tickets.pdf')
  expect(pdf?.contentType).toBe('application/pdf')
  expect(Buffer.from(pdf?.content ?? '', 'base64').toString()).toBe('%PDF-1.7')
  expect(email?.attachments.map(({ contentType }) => contentType)).toContain('text/calendar')
})
