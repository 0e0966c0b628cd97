import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { SESv2Client } from '@aws-sdk/client-sesv2'
import { CognitoError } from 'cognito-local/lib/errors.js'
import { ZodError } from 'zod'
import { cognitoActions } from './actions.ts'
import { type Jwks, signingKey } from './keys.ts'
import { CLIENT_ID, cognitoServices, REGION, USER_POOL_ID } from './services.ts'
import { type SeededUser, userSeeder } from './users.ts'

export { type Jwks, localJwks } from './keys.ts'
export { CLIENT_ID, USER_POOL_ID } from './services.ts'

export type RunningCognito = {
  url: string
  port: number
  userPoolId: string
  clientId: string
  jwks: Jwks
  /** Makes the user, confirmed and verified, or brings an existing one to this state; answers the `sub`. */
  seedUser: (user: SeededUser) => Promise<{ id: string }>
  close: () => Promise<void>
}

type Options = {
  /** 0 takes a free port. */
  port: number
  /** Where users and the signing key are kept. */
  folder: string
  /** The SES endpoint that the codes are sent through, and their sender. */
  mailUrl: string
  mailFrom?: string
}

/** Any site may ask, as at AWS: what is answered depends on the request's body alone, never on a cookie. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-allow-headers': '*',
  'access-control-expose-headers': 'x-amzn-errortype, x-amzn-requestid',
  'access-control-max-age': '86400',
}

/** Starts a user pool with the answers of AWS, made of cognito-local's parts, on the loopback address. */
export async function startCognito({
  port,
  folder,
  mailUrl,
  mailFrom = 'Marquee <no-reply@marquee.example>',
}: Options): Promise<RunningCognito> {
  const key = signingKey(folder)
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const ses = new SESv2Client({ endpoint: mailUrl, region: REGION, credentials })
  const { services, pool } = await cognitoServices(`${folder}/users`, key, ses, mailFrom)
  const act = cognitoActions(services, pool, key)

  const server = createServer(async (request, response) => {
    if (request.method === 'OPTIONS') return respond(response, 204)
    if (request.url?.endsWith('/.well-known/jwks.json')) return respond(response, 200, key.jwks)
    const action = String(request.headers['x-amz-target'] ?? '').split('.')[1]
    if (request.method !== 'POST' || !action) return respond(response, 404, { message: 'Not found' })
    await answer(request, response, (body) => act(action, body))
  })
  server.keepAliveTimeout = 65_000
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const boundPort = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://127.0.0.1:${boundPort}`,
    port: boundPort,
    userPoolId: USER_POOL_ID,
    clientId: CLIENT_ID,
    jwks: key.jwks,
    seedUser: userSeeder(services, pool),
    close: async () => {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
      ses.destroy()
    },
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  act: (body: unknown) => Promise<object>,
): Promise<void> {
  try {
    respond(response, 200, await act(await json(request)))
  } catch (error) {
    if (error instanceof CognitoError) return refuse(response, 400, error.code, error.message)
    if (error instanceof ZodError || error instanceof SyntaxError)
      return refuse(response, 400, 'InvalidParameterException', error.message)
    console.error(`Cognito ${request.headers['x-amz-target']}`, error)
    refuse(response, 500, 'InternalErrorException', error instanceof Error ? error.message : String(error))
  }
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.setHeader('x-amzn-errortype', code)
  respond(response, status, { __type: code, message })
}

function respond(response: ServerResponse, status: number, body?: object): void {
  response.writeHead(status, {
    ...CORS,
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  })
  response.end(body && JSON.stringify(withUnixDates(body)))
}

/** AWS's JSON gives an instant as seconds since 1970. */
function withUnixDates(value: unknown): unknown {
  if (value instanceof Date) return Math.floor(value.getTime() / 1000)
  if (Array.isArray(value)) return value.map(withUnixDates)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withUnixDates(inner)]))
}
