import { generateKeyPairSync, randomUUID, sign } from 'node:crypto'
import type { Jwks } from 'aws-jwt-verify/jwk'

/** Signs what Cognito would sign, with a key of this run. */
export function tokenMaker(pool: { userPoolId: string; clientId: string }) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const keyId = `test-${randomUUID()}`
  const { n, e } = publicKey.export({ format: 'jwk' })
  if (!n || !e) throw new Error('not an RSA key')
  const jwks: Jwks = { keys: [{ kty: 'RSA', alg: 'RS256', use: 'sig', kid: keyId, n, e }] }
  const region = pool.userPoolId.split('_')[0]
  const issuer = `https://cognito-idp.${region}.amazonaws.com/${pool.userPoolId}`

  const jwt = (claims: object, header: object = { alg: 'RS256', kid: keyId }): string => {
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const content = `${encode(header)}.${encode(claims)}`
    return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`
  }
  const times = (seconds: number) => {
    const now = Math.floor(Date.now() / 1000)
    return { iat: now - 10, auth_time: now - 10, exp: now + seconds, jti: randomUUID(), iss: issuer }
  }
  const idClaims = (email: string, overrides: object = {}, seconds = 3600) => ({
    ...times(seconds),
    sub: `sub-${email}`,
    aud: pool.clientId,
    token_use: 'id',
    email,
    email_verified: true,
    name: `Name of ${email}`,
    ...overrides,
  })
  const accessClaims = (email: string) => ({
    ...times(3600),
    sub: `sub-${email}`,
    client_id: pool.clientId,
    token_use: 'access',
    scope: 'aws.cognito.signin.user.admin',
  })
  return {
    jwks,
    keyId,
    jwt,
    idClaims,
    idToken: (email: string, overrides?: object, seconds?: number) => jwt(idClaims(email, overrides, seconds)),
    accessToken: (email: string) => jwt(accessClaims(email)),
  }
}
