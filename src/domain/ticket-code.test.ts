import fc from 'fast-check'
import { create } from 'qrcode'
import { expect, test } from 'vitest'
import { idFromBytes } from './ids.ts'
import { encodeTicketCode, parseTicketCode, signedBytesOf, ticketCodeLength } from './ticket-code.ts'

const eventId = 'evt_01jd0zq8x4m6v2t9r3k5c7b1wy'
const ticketId = 'tkt_01jd0zr1a2b3c4d5e6f7g8h9jk'
const signature = Uint8Array.from({ length: 64 }, (_, at) => at * 3)

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

test('a code gives back what was put in, and the bytes that were signed', () => {
  const code = encodeTicketCode({ keyId: 7, eventId, ticketId, signature })
  expect(parseTicketCode(code)).toEqual({
    version: 1,
    keyId: 7,
    eventId,
    ticketId,
    signature,
    signedBytes: signedBytesOf({ keyId: 7, eventId, ticketId }),
  })
})

test('any two ids and any signature survive the trip', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 255 }), bytes(16), bytes(16), bytes(64), (keyId, event, ticket, signed) => {
      const parts = {
        keyId,
        eventId: idFromBytes('evt', event),
        ticketId: idFromBytes('tkt', ticket),
        signature: signed,
      }
      const code = encodeTicketCode(parts)
      expect(code).toHaveLength(ticketCodeLength)
      expect(code).toBe(code.trimEnd())
      expect(parseTicketCode(code)).toMatchObject(parts)
      expect(parseTicketCode(code.trim())).toMatchObject(parts)
    }),
  )
})

test('a code fits QR version 6 at error correction M', () => {
  const code = encodeTicketCode({ keyId: 255, eventId, ticketId, signature })
  expect(create([{ data: code, mode: 'alphanumeric' }], { errorCorrectionLevel: 'M' }).version).toBe(6)
})

test('garbage is null and never throws', () => {
  const code = encodeTicketCode({ keyId: 1, eventId, ticketId, signature })
  const damaged = fc
    .tuple(fc.nat(code.length - 1), fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }))
    .map(([at, junk]) => code.slice(0, at) + junk + code.slice(at + 1))
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), damaged), (text) => {
      const parsed = parseTicketCode(text)
      if (parsed) expect(encodeTicketCode(parsed)).toBe(text)
    }),
  )
  expect(parseTicketCode('')).toBeNull()
  expect(parseTicketCode(code.slice(0, -3))).toBeNull()
  expect(parseTicketCode(`${code}000`)).toBeNull()
  expect(parseTicketCode('https://example.org/ticket')).toBeNull()
})

test('another version and key id 0 are not ours', () => {
  const code = encodeTicketCode({ keyId: 1, eventId, ticketId, signature })
  expect(parseTicketCode(`X50${code.slice(3)}`)).toMatchObject({ keyId: 2 })
  expect(parseTicketCode(`VB0${code.slice(3)}`)).toBeNull()
  expect(parseTicketCode(`V50${code.slice(3)}`)).toBeNull()
})

test('ids that are not an event and a ticket are refused before anything is signed', () => {
  expect(() => signedBytesOf({ keyId: 1, eventId: ticketId, ticketId })).toThrow(RangeError)
  expect(() => signedBytesOf({ keyId: 1, eventId, ticketId: 'tkt_short' })).toThrow(RangeError)
  expect(() => signedBytesOf({ keyId: 0, eventId, ticketId })).toThrow(RangeError)
  expect(() => encodeTicketCode({ keyId: 1, eventId, ticketId, signature: new Uint8Array(63) })).toThrow(RangeError)
})
