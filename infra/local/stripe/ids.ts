import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** An id such as Stripe's: `pi_` and letters and digits. Two never meet: 24 characters are 142 bits. */
export function newId(prefix: string, length = 24): string {
  let id = `${prefix}_`
  for (const byte of randomBytes(length)) id += ALPHABET.charAt(byte % ALPHABET.length)
  return id
}
