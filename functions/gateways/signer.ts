import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  type KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import { encodeTicketCode, parseTicketCode, signedBytesOf } from '#domain/ticket-code.ts'

export interface SignerOptions {
  /** Key id (1-255) → secret text of at least 32 characters. Old ids stay here for as long as their tickets may be scanned. */
  readonly masterSecrets: Readonly<Record<string, string>>
  /** The key id that signs from now on. */
  readonly currentKeyId: number
}

export interface EventPublicKey {
  readonly keyId: number
  /** For WebCrypto: `importKey('jwk', publicKeyJwk, 'Ed25519', false, ['verify'])`. */
  readonly publicKeyJwk: { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
}

export type CodeVerdict =
  | { readonly ok: true; readonly eventId: string; readonly ticketId: string }
  | { readonly ok: false; readonly reason: 'malformed' | 'unknown_key' | 'bad_signature' }

export interface Signer {
  signTicket(ticket: { readonly eventId: string; readonly ticketId: string }): string
  /** True to the signature only: whether the ticket is this event's, revoked or already used is the caller's question. */
  verifyTicket(code: string): CodeVerdict
  /** One for each key id, the current first. */
  publicKeysFor(eventId: string): EventPublicKey[]
  /** The buyer's secret for an order: 192 bits as 32 base64url characters. */
  orderKey(orderId: string): string
  /** Constant time in the key; keys made from an older master secret still open their order. */
  isOrderKey(orderId: string, key: string): boolean
}

interface EventKeys {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

const maxCachedEvents = 1000
const pkcs8Ed25519 = Buffer.from('302e020100300506032b657004220420', 'hex')

/**
 * Every event has its own Ed25519 key, derived by HKDF-SHA256 from a master secret: nothing to store or lose per event, a scanner
 * holds public keys only, and its event's key says nothing about another event's.
 */
export function createSigner({ masterSecrets, currentKeyId }: SignerOptions): Signer {
  const secrets = new Map(Object.entries(masterSecrets).map(([id, secret]) => [parseKeyId(id), checkSecret(secret)]))
  const currentSecret = secrets.get(currentKeyId)
  if (currentSecret === undefined) throw new RangeError(`no master secret for the current key id ${currentKeyId}`)
  const keyIds = [currentKeyId, ...[...secrets.keys()].filter((id) => id !== currentKeyId)]
  const cache = new Map<string, EventKeys>()

  function keysOf(keyId: number, eventId: string): EventKeys | null {
    const secret = secrets.get(keyId)
    if (secret === undefined) return null
    const name = `${keyId}/${eventId}`
    const known = cache.get(name)
    if (known) return known
    if (cache.size >= maxCachedEvents) cache.clear()
    const keys = deriveEventKeys(secret, eventId)
    cache.set(name, keys)
    return keys
  }

  return {
    signTicket({ eventId, ticketId }) {
      const parts = { keyId: currentKeyId, eventId, ticketId }
      const signedBytes = signedBytesOf(parts)
      const keys = keysOf(currentKeyId, eventId) ?? deriveEventKeys(currentSecret, eventId)
      return encodeTicketCode({ ...parts, signature: sign(null, signedBytes, keys.privateKey) })
    },

    verifyTicket(text) {
      const code = parseTicketCode(text)
      if (!code) return { ok: false, reason: 'malformed' }
      const keys = keysOf(code.keyId, code.eventId)
      if (!keys) return { ok: false, reason: 'unknown_key' }
      if (!verify(null, code.signedBytes, keys.publicKey, code.signature)) return { ok: false, reason: 'bad_signature' }
      return { ok: true, eventId: code.eventId, ticketId: code.ticketId }
    },

    publicKeysFor(eventId) {
      return keyIds.flatMap((keyId) => {
        const x = keysOf(keyId, eventId)?.publicKey.export({ format: 'jwk' }).x
        return x === undefined ? [] : [{ keyId, publicKeyJwk: { kty: 'OKP', crv: 'Ed25519', x } }]
      })
    },

    orderKey(orderId) {
      return deriveOrderKey(currentSecret, orderId)
    },

    isOrderKey(orderId, key) {
      const given = Buffer.from(key)
      return [...secrets.values()]
        .map((secret) => Buffer.from(deriveOrderKey(secret, orderId)))
        .map((expected) => expected.length === given.length && timingSafeEqual(expected, given))
        .includes(true)
    },
  }
}

function deriveEventKeys(secret: string, eventId: string): EventKeys {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', `marquee/ticket-key/${eventId}`, 32))
  const privateKey = createPrivateKey({ key: Buffer.concat([pkcs8Ed25519, seed]), format: 'der', type: 'pkcs8' })
  return { privateKey, publicKey: createPublicKey(privateKey) }
}

function deriveOrderKey(secret: string, orderId: string): string {
  return createHmac('sha256', secret)
    .update(`marquee/order-key/${orderId}`)
    .digest()
    .subarray(0, 24)
    .toString('base64url')
}

function parseKeyId(text: string): number {
  const keyId = Number(text)
  if (!Number.isInteger(keyId) || keyId < 1 || keyId > 255) throw new RangeError(`key id ${text} is not within 1-255`)
  return keyId
}

function checkSecret(secret: string): string {
  if (secret.length < 32) throw new RangeError('a master secret needs at least 32 characters')
  return secret
}
