import { verify } from 'node:crypto'
import { CognitoError } from 'cognito-local/lib/errors.js'
import { Router } from 'cognito-local/lib/server/Router.js'
import type { Services } from 'cognito-local/lib/services/index.js'
import type { User, UserPoolService } from 'cognito-local/lib/services/userPoolService.js'
import { z } from 'zod'
import type { SigningKey } from './keys.ts'
import { context, MINIMUM_PASSWORD_LENGTH } from './services.ts'
import { srpSignIn } from './srp-sign-in.ts'

const attributeSchema = z.object({ Name: z.string(), Value: z.string().optional() })
const requestSchema = z.looseObject({
  Username: z.string().toLowerCase().optional(),
  Password: z.string().optional(),
  ProposedPassword: z.string().optional(),
  ConfirmationCode: z.string().optional(),
  AccessToken: z.string().optional(),
  RefreshToken: z.string().optional(),
  UserAttributes: z.array(attributeSchema).optional(),
  AuthParameters: z.record(z.string(), z.string()).optional(),
  ChallengeName: z.string().optional(),
  ChallengeResponses: z.record(z.string(), z.string()).optional(),
})
type Request = z.infer<typeof requestSchema>
type Answer = Record<string, unknown>

/** What a client may say about itself. Were `sub` or `email_verified` among them, anyone could be anyone. */
const CLIENT_ATTRIBUTES = ['email', 'name', 'given_name', 'family_name', 'locale', 'zoneinfo']

/** Answers each action as AWS does: cognito-local's answer where that is the same, else corrected or added here. */
export function cognitoActions(services: Services, pool: UserPoolService, key: SigningKey) {
  const upstream = Router(services)
  const srp = srpSignIn(pool.options.Id.split('_')[1] ?? '')
  const userNamed = (name = '') => pool.getUserByUsername(context, name)
  const run = (action: string, request: Request): Promise<Answer> => upstream(action)(context, request)

  async function userOfToken(token: string): Promise<User> {
    const [header = '', payload = '', signature = ''] = token.split('.')
    const isOurs = verify(
      'sha256',
      Buffer.from(`${header}.${payload}`),
      key.privateKey,
      Buffer.from(signature, 'base64url'),
    )
    const claims = isOurs ? JSON.parse(Buffer.from(payload, 'base64url').toString()) : {}
    const isValid = claims.token_use === 'access' && claims.exp > Date.now() / 1000
    const user = isValid ? await userNamed(claims.username) : null
    if (!user) throw new CognitoError('NotAuthorizedException', 'Invalid Access Token')
    return user
  }

  async function setEmailVerified(name: string | undefined): Promise<void> {
    const user = await userNamed(name)
    if (!user) return
    const others = user.Attributes.filter(({ Name }) => Name !== 'email_verified')
    await pool.saveUser(context, { ...user, Attributes: [...others, { Name: 'email_verified', Value: 'true' }] })
  }

  /** A code for an address that has none, answered alike, so that nobody learns who has an account. */
  const deliveryTo = (email = '') => ({
    CodeDeliveryDetails: {
      AttributeName: 'email',
      DeliveryMedium: 'EMAIL',
      Destination: email.replace(/^(.).*@(.).*$/, '$1***@$2***'),
    },
  })

  const actions: Record<string, (request: Request) => Promise<Answer>> = {
    SignUp: async (request) => {
      requirePassword(request.Password)
      const others = request.UserAttributes?.filter(({ Name }) => Name !== 'email') ?? []
      const answer = await run('SignUp', {
        ...request,
        UserAttributes: [...others, { Name: 'email', Value: request.Username }],
      })
      return { ...answer, ...deliveryTo(request.Username) }
    },
    ConfirmSignUp: async (request) => {
      await run('ConfirmSignUp', request)
      await setEmailVerified(request.Username)
      return {}
    },
    ResendConfirmationCode: async ({ Username }) => {
      const user = await userNamed(Username)
      if (user?.UserStatus === 'CONFIRMED')
        throw new CognitoError('InvalidParameterException', 'User is already confirmed.')
      if (user) {
        const code = services.otp()
        await pool.saveUser(context, { ...user, ConfirmationCode: code })
        const details = { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: Username ?? '' } as const
        await services.messages.deliver(context, 'ResendCode', null, pool.options.Id, user, code, undefined, details)
      }
      return deliveryTo(Username)
    },
    ForgotPassword: async (request) => {
      if (await userNamed(request.Username)) await run('ForgotPassword', request)
      return deliveryTo(request.Username)
    },
    ConfirmForgotPassword: async (request) => {
      requirePassword(request.Password)
      if (!(await userNamed(request.Username))?.ConfirmationCode) {
        throw new CognitoError('ExpiredCodeException', 'Invalid code provided, please request a code again.')
      }
      await run('ConfirmForgotPassword', request)
      await setEmailVerified(request.Username)
      return {}
    },
    ChangePassword: async (request) => {
      requirePassword(request.ProposedPassword)
      return run('ChangePassword', request)
    },
    InitiateAuth: async (request) => {
      const parameters = { ...request.AuthParameters }
      if (parameters.USERNAME) parameters.USERNAME = parameters.USERNAME.toLowerCase()
      const user = parameters.USERNAME ? await userNamed(parameters.USERNAME) : null
      if (user?.Enabled === false) throw new CognitoError('NotAuthorizedException', 'User is disabled.')
      if (request.AuthFlow === 'USER_SRP_AUTH') return srp.challenge(user, parameters)
      return withLifetime(
        await run('InitiateAuth', { ...request, AuthParameters: parameters }).catch(hideWhichWasWrong),
      )
    },
    RespondToAuthChallenge: async (request) => {
      if (request.ChallengeName !== 'PASSWORD_VERIFIER') return run('RespondToAuthChallenge', request)
      const { Username, Password } = srp.userProvedBy(request.ChallengeResponses ?? {})
      const AuthParameters = { USERNAME: Username, PASSWORD: Password }
      return withLifetime(
        await run('InitiateAuth', { ClientId: request.ClientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters }),
      )
    },
    GetTokensFromRefreshToken: async ({ RefreshToken = '', ClientId }) => {
      const AuthParameters = { REFRESH_TOKEN: RefreshToken }
      return withLifetime(await run('InitiateAuth', { ClientId, AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters }))
    },
    GlobalSignOut: async ({ AccessToken = '' }) => {
      await pool.saveUser(context, { ...(await userOfToken(AccessToken)), RefreshTokens: [] })
      return {}
    },
  }

  return async (action: string, body: unknown): Promise<Answer> => {
    const request = requestSchema.parse(body)
    if (request.AccessToken !== undefined) await userOfToken(request.AccessToken)
    if (action === 'SignUp' || action === 'UpdateUserAttributes') requireWritable(request.UserAttributes)
    return (actions[action] ?? ((other: Request) => run(action, other)))(request)
  }
}

function requirePassword(password = ''): void {
  if (password.length >= MINIMUM_PASSWORD_LENGTH) return
  throw new CognitoError('InvalidPasswordException', 'Password did not conform with policy: Password not long enough')
}

function requireWritable(attributes: { Name: string }[] = []): void {
  if (attributes.every(({ Name }) => CLIENT_ATTRIBUTES.includes(Name))) return
  throw new CognitoError('NotAuthorizedException', 'A client attempted to write unauthorized attribute')
}

function hideWhichWasWrong(error: unknown): never {
  const isCredentials =
    error instanceof CognitoError && ['InvalidPasswordException', 'NotAuthorizedException'].includes(error.code)
  throw isCredentials ? new CognitoError('NotAuthorizedException', 'Incorrect username or password.') : error
}

function withLifetime(answer: Answer): Answer {
  const { AuthenticationResult: tokens } = answer
  return tokens ? { ...answer, AuthenticationResult: { ...tokens, ExpiresIn: 3600, TokenType: 'Bearer' } } : answer
}
