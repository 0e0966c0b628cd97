import { expect, test } from 'vitest'
import { encodeTicketCode, parseTicketCode } from '#domain/ticket-code.ts'
import { createSigner } from './signer.ts'

const eventId = 'evt_01jd0zq8x4m6v2t9r3k5c7b1wy'
const otherEventId = 'evt_01jd0zq8x4m6v2t9r3k5c7b1wz'
const ticketId = 'tkt_01jd0zr1a2b3c4d5e6f7g8h9jk'
const orderId = 'ord_01jd0zr1a2b3c4d5e6f7g8h9jk'
const first = 'the first master secret, 32 characters or more'
const second = 'the second master secret, made a year later'

const signer = createSigner({ masterSecrets: { 1: first }, currentKeyId: 1 })
const rotated = createSigner({ masterSecrets: { 1: first, 2: second }, currentKeyId: 2 })

const parsed = (code: string) => {
  const parts = parseTicketCode(code)
  if (!parts) throw new Error('not a code')
  return parts
}

test('a signed ticket verifies as itself and is the same code every time', () => {
  const code = signer.signTicket({ eventId, ticketId })
  expect(signer.verifyTicket(code)).toEqual({ ok: true, eventId, ticketId })
  expect(signer.signTicket({ eventId, ticketId })).toBe(code)
})

test('a code moved to another event, another ticket or another signature is refused', () => {
  const parts = parsed(signer.signTicket({ eventId, ticketId }))
  const bad = { ok: false, reason: 'bad_signature' }
  expect(signer.verifyTicket(encodeTicketCode({ ...parts, eventId: otherEventId }))).toEqual(bad)
  expect(signer.verifyTicket(encodeTicketCode({ ...parts, ticketId: ticketId.replace(/k$/, 'm') }))).toEqual(bad)
  expect(signer.verifyTicket(encodeTicketCode({ ...parts, signature: new Uint8Array(64) }))).toEqual(bad)
})

test('text that is no code is malformed, a key id that we never had is unknown', () => {
  expect(signer.verifyTicket('HELLO')).toEqual({ ok: false, reason: 'malformed' })
  expect(signer.verifyTicket(rotated.signTicket({ eventId, ticketId }))).toEqual({ ok: false, reason: 'unknown_key' })
})

test('after a rotation old tickets verify, new ones carry the new key id', () => {
  expect(rotated.verifyTicket(signer.signTicket({ eventId, ticketId }))).toMatchObject({ ok: true })
  expect(parsed(rotated.signTicket({ eventId, ticketId })).keyId).toBe(2)
})

test('a browser verifies offline with the public keys, which differ by event and key id', async () => {
  const keys = rotated.publicKeysFor(eventId)
  expect(keys.map(({ keyId }) => keyId)).toEqual([2, 1])
  expect(
    new Set([...keys, ...rotated.publicKeysFor(otherEventId)].map(({ publicKeyJwk }) => publicKeyJwk.x)).size,
  ).toBe(4)
  expect(JSON.stringify(keys)).not.toContain('"d"')

  const { signature, signedBytes } = parsed(rotated.signTicket({ eventId, ticketId }))
  const verdicts = keys.map(async ({ publicKeyJwk }) => {
    const key = await crypto.subtle.importKey('jwk', publicKeyJwk, 'Ed25519', false, ['verify'])
    return crypto.subtle.verify('Ed25519', key, Uint8Array.from(signature), Uint8Array.from(signedBytes))
  })
  expect(await Promise.all(verdicts)).toEqual([true, false])
})

test("an order's key opens that order only, also after a rotation", () => {
  const key = signer.orderKey(orderId)
  expect(key).toMatch(/^[\w-]{32}$/)
  expect(signer.isOrderKey(orderId, key)).toBe(true)
  expect(rotated.isOrderKey(orderId, key)).toBe(true)
  expect(rotated.isOrderKey(orderId, rotated.orderKey(orderId))).toBe(true)
  expect(signer.isOrderKey(orderId, rotated.orderKey(orderId))).toBe(false)
  expect(signer.isOrderKey('ord_01jd0zr1a2b3c4d5e6f7g8h9jm', key)).toBe(false)
  for (const wrong of ['', key.slice(1), `${key}A`, key.toLowerCase(), 'é'.repeat(16)]) {
    expect(signer.isOrderKey(orderId, wrong)).toBe(false)
  }
})

test('a short secret, an impossible key id and a missing current key stop the process at its start', () => {
  expect(() => createSigner({ masterSecrets: { 1: 'short' }, currentKeyId: 1 })).toThrow('32 characters')
  expect(() => createSigner({ masterSecrets: { 256: first }, currentKeyId: 256 })).toThrow('256')
  expect(() => createSigner({ masterSecrets: { 1: first }, currentKeyId: 2 })).toThrow('current key id 2')
})
