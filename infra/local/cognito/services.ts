import { randomInt } from 'node:crypto'
import type { SESv2Client } from '@aws-sdk/client-sesv2'
import { CognitoServiceFactoryImpl } from 'cognito-local/lib/services/cognitoService.js'
import type { Context } from 'cognito-local/lib/services/context.js'
import type { Services } from 'cognito-local/lib/services/index.js'
import type { UserPoolService } from 'cognito-local/lib/services/userPoolService.js'
import { UserPoolServiceFactoryImpl } from 'cognito-local/lib/services/userPoolService.js'
import { codeMessages } from './code-mail.ts'
import type { SigningKey } from './keys.ts'
import { jsonStores } from './store.ts'
import { tokenGenerator } from './tokens.ts'

export const REGION = 'us-east-1'
/** Shaped as AWS shapes them, so that what parses an id takes these too. */
export const USER_POOL_ID = `${REGION}_LocalPool`
export const CLIENT_ID = '1marqueelocal0client0id00'
export const ISSUER = `https://cognito-idp.${REGION}.amazonaws.com/${USER_POOL_ID}`
export const MINIMUM_PASSWORD_LENGTH = 8

const quiet = () => {}
const logger = { child: () => logger, debug: quiet, info: quiet, warn: quiet, error: quiet }
export const context: Context = { logger }

const POOL_DEFAULTS = { UsernameAttributes: ['email'], AutoVerifiedAttributes: ['email'], MfaConfiguration: 'OFF' }

/** The parts of cognito-local on files of ours, with our keys, sending through SES, and with one pool and one client. */
export async function cognitoServices(folder: string, key: SigningKey, ses: SESv2Client, from: string) {
  const clock = { get: () => new Date() }
  const stores = jsonStores(folder)
  const userPools = new UserPoolServiceFactoryImpl(clock, stores)
  const cognito = await new CognitoServiceFactoryImpl(folder, stores, userPools).create(context, POOL_DEFAULTS)
  const pools = await cognito.listUserPools(context)
  if (!pools.some(({ Id }) => Id === USER_POOL_ID)) await cognito.createUserPool(context, { Id: USER_POOL_ID })
  const pool: UserPoolService = await cognito.getUserPool(context, USER_POOL_ID)
  const now = clock.get()
  await pool.saveAppClient(context, {
    UserPoolId: USER_POOL_ID,
    ClientId: CLIENT_ID,
    ClientName: 'site',
    CreationDate: now,
    LastModifiedDate: now,
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
  })
  const services: Services = {
    clock,
    cognito,
    config: {
      LambdaClient: {},
      TriggerFunctions: {},
      UserPoolDefaults: POOL_DEFAULTS,
      ServerConfig: {},
      TokenConfig: {},
    },
    messages: codeMessages(ses, from),
    otp: () => String(randomInt(1_000_000)).padStart(6, '0'),
    tokenGenerator: tokenGenerator(key, ISSUER),
    triggers: noTriggers,
  }
  return { services, pool }
}

const isNeverCalled = () => Promise.reject(new Error('The local pool has no triggers'))

const noTriggers: Services['triggers'] = {
  enabled: () => false,
  customMessage: isNeverCalled,
  customEmailSender: isNeverCalled,
  postAuthentication: isNeverCalled,
  postConfirmation: isNeverCalled,
  preSignUp: isNeverCalled,
  preTokenGeneration: isNeverCalled,
  userMigration: isNeverCalled,
}
