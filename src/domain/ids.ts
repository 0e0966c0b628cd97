const crockford = '0123456789abcdefghjkmnpqrstvwxyz'

export type IdPrefix = 'org' | 'evt' | 'tty' | 'poo' | 'ord' | 'tkt' | 'scn' | 'upl'

/** `prefix_` and 26 Crockford base32 digits: 48 bits of Unix milliseconds, then 80 bits that tell ids of one instant apart. */
export const idPattern = (prefix: IdPrefix): RegExp => new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`)

/**
 * @param unixMs sorts the id: ids made later compare greater as text.
 * @param tail at least 10 bytes; random for a fresh id, a hash for one that a repeat must find again.
 */
export function makeId<P extends IdPrefix>(prefix: P, unixMs: number, tail: Uint8Array): `${P}_${string}` {
  if (tail.length < 10) throw new RangeError('an id needs 10 bytes of tail')
  let value = BigInt(Math.trunc(unixMs)) & 0xffff_ffff_ffffn
  for (const byte of tail.subarray(0, 10)) value = (value << 8n) | BigInt(byte)
  let digits = ''
  for (let place = 0; place < 26; place++) {
    digits = crockford.charAt(Number(value & 31n)) + digits
    value >>= 5n
  }
  return `${prefix}_${digits}`
}

/** The 16 bytes behind an id, for places where text is too long (a ticket's code); null if it is not an id. */
export function bytesOfId(id: string): Uint8Array | null {
  const digits = id.slice(id.indexOf('_') + 1)
  if (!/^[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(digits)) return null
  let value = 0n
  for (const digit of digits) value = (value << 5n) | BigInt(crockford.indexOf(digit))
  const bytes = new Uint8Array(16)
  for (let at = 15; at >= 0; at--) {
    bytes[at] = Number(value & 255n)
    value >>= 8n
  }
  return bytes
}

export function idFromBytes<P extends IdPrefix>(prefix: P, bytes: Uint8Array): `${P}_${string}` {
  let unixMs = 0
  for (const byte of bytes.subarray(0, 6)) unixMs = unixMs * 256 + byte
  return makeId(prefix, unixMs, bytes.subarray(6, 16))
}

/** The instant inside a UUID version 7 (RFC 9562 §5.7) in Unix milliseconds, or null for any other text. */
export function timeOfUuidV7(uuid: string): number | null {
  if (!/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i.test(uuid)) return null
  return Number.parseInt(uuid.slice(0, 8) + uuid.slice(9, 13), 16)
}
