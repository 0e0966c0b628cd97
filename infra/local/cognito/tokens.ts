import { randomBytes, randomUUID, sign } from 'node:crypto'
import type { TokenGenerator } from 'cognito-local/lib/services/tokenGenerator.js'
import type { SigningKey } from './keys.ts'

const HOUR_SECONDS = 3600

/** Tokens with the claims and the issuer that AWS gives them; what cognito-local makes lacks the name and calls every e-mail verified. */
export function tokenGenerator(key: SigningKey, issuer: string): TokenGenerator {
  return {
    generate: async (_context, user, userGroups, { ClientId }) => {
      const attributes = Object.fromEntries(user.Attributes.map(({ Name, Value }) => [Name, Value]))
      const now = Math.floor(Date.now() / 1000)
      const shared = {
        sub: attributes.sub,
        ...(userGroups.length > 0 && { 'cognito:groups': userGroups }),
        iss: issuer,
        origin_jti: randomUUID(),
        event_id: randomUUID(),
        auth_time: now,
        iat: now,
        exp: now + HOUR_SECONDS,
      }
      const access = {
        ...shared,
        client_id: ClientId,
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin',
        username: user.Username,
      }
      const id = {
        ...attributes,
        ...shared,
        email_verified: attributes.email_verified === 'true',
        'cognito:username': user.Username,
        aud: ClientId,
        token_use: 'id',
      }
      return {
        AccessToken: signJwt({ ...access, jti: randomUUID() }, key),
        IdToken: signJwt({ ...id, jti: randomUUID() }, key),
        RefreshToken: randomBytes(48).toString('base64url'),
      }
    },
  }
}

function signJwt(claims: object, { keyId, privateKey }: SigningKey): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const content = `${encode({ alg: 'RS256', kid: keyId })}.${encode(claims)}`
  return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`
}
