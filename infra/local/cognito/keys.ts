import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Every key id of the local stack starts with it, so that a deployed function can refuse such a key by its name. */
export const LOCAL_KEY_ID_PREFIX = 'local-'

const jwksSchema = z.object({
  keys: z.array(
    z.object({
      kty: z.literal('RSA'),
      n: z.string(),
      e: z.string(),
      kid: z.string(),
      alg: z.literal('RS256'),
      use: z.literal('sig'),
    }),
  ),
})
export type Jwks = z.infer<typeof jwksSchema>
export type SigningKey = { keyId: string; privateKey: KeyObject; jwks: Jwks }

/**
 * The key that signs this machine's tokens, made at the first start and kept in `folder`.
 * The key that ships inside cognito-local is known to everyone; it is never used.
 */
export function signingKey(folder: string): SigningKey {
  const path = join(folder, 'signing-key.pem')
  const privateKey = createPrivateKey(readOrMake(folder, path))
  const publicKey = createPublicKey(privateKey)
  const thumbprint = createHash('sha256')
    .update(publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64url')
  const keyId = `${LOCAL_KEY_ID_PREFIX}${thumbprint.slice(0, 16)}`
  const key = { ...publicKey.export({ format: 'jwk' }), kid: keyId, alg: 'RS256', use: 'sig' }
  return { keyId, privateKey, jwks: jwksSchema.parse({ keys: [key] }) }
}

/** The public keys with which this machine's tokens are verified: what AWS serves at `/.well-known/jwks.json`. */
export const localJwks = (folder: string): Jwks => signingKey(folder).jwks

function readOrMake(folder: string, path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    mkdirSync(folder, { recursive: true })
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
    writeFileSync(path, pem, { mode: 0o600 })
    return pem
  }
}
