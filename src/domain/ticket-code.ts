import { decodeBase45, encodeBase45 } from './base45.ts'
import { bytesOfId, idFromBytes } from './ids.ts'

/**
 * What a ticket's QR code carries: version (1 byte), key id (1), event id (16), ticket id (16), Ed25519 signature (64).
 *
 * 98 bytes are 147 base45 characters: QR version 6-M, 41 modules a side. Dropping the event id would give version 5-M (37), but then
 * a scanner could not tell another event's ticket from a forgery, and nobody could find the key that verifies a code without first
 * trusting a database. An 8-byte event tag saves nothing: it still needs version 6. Blurred, noisy and rotated by up to 11°, zxing
 * read 24 of 24 of both versions at 200, 160 and 140 px a side; they part at 120 px (24 against 20), below what a held-up phone shows.
 *
 * The signature covers the 34 bytes before it. The event id in the code only chooses the key: a code that claims another event is
 * checked with that event's key, so changing any byte makes the signature false.
 */
export interface TicketCode {
  readonly version: number
  /** 1-255: which master secret the event's key was derived from. */
  readonly keyId: number
  readonly eventId: string
  readonly ticketId: string
  /** 64 bytes, Ed25519 over `signedBytes`. */
  readonly signature: Uint8Array
  readonly signedBytes: Uint8Array
}

export type SignedParts = Pick<TicketCode, 'keyId' | 'eventId' | 'ticketId'>

export const ticketCodeVersion = 1
export const ticketCodeLength = 147

const signedLength = 34
const signatureLength = 64

/** @throws RangeError when an id or the key id cannot be packed: only our own records come here. */
export function signedBytesOf({ keyId, eventId, ticketId }: SignedParts): Uint8Array {
  const event = eventId.startsWith('evt_') ? bytesOfId(eventId) : null
  const ticket = ticketId.startsWith('tkt_') ? bytesOfId(ticketId) : null
  if (!event || !ticket || !isKeyId(keyId))
    throw new RangeError('a ticket code needs evt_ and tkt_ ids and a key id of 1-255')
  return Uint8Array.of(ticketCodeVersion, keyId, ...event, ...ticket)
}

export function encodeTicketCode(parts: SignedParts & Pick<TicketCode, 'signature'>): string {
  if (parts.signature.length !== signatureLength) throw new RangeError('an Ed25519 signature has 64 bytes')
  return encodeBase45(Uint8Array.of(...signedBytesOf(parts), ...parts.signature))
}

/** Reads the layout only: nothing is true until the signature is verified. Null for any other text; never throws. */
export function parseTicketCode(text: string): TicketCode | null {
  // Base45 has a space among its digits, and a scanner's or form's trim may have eaten one at the start; the last is never a space.
  const bytes = text.length > ticketCodeLength ? null : decodeBase45(text.padStart(ticketCodeLength))
  if (bytes?.length !== signedLength + signatureLength) return null
  const [version = 0, keyId = 0] = bytes
  if (version !== ticketCodeVersion || !isKeyId(keyId)) return null
  return {
    version,
    keyId,
    eventId: idFromBytes('evt', bytes.subarray(2, 18)),
    ticketId: idFromBytes('tkt', bytes.subarray(18, 34)),
    signature: bytes.slice(signedLength),
    signedBytes: bytes.slice(0, signedLength),
  }
}

function isKeyId(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 255
}
