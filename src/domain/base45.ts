const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:'

/** RFC 9285: 2 bytes become 3 characters, each of which a QR code stores in 5.5 bits. */
export function encodeBase45(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 2) {
    const high = bytes[at] ?? 0
    const low = bytes[at + 1]
    const value = low === undefined ? high : high * 256 + low
    text += alphabet.charAt(value % 45) + alphabet.charAt(Math.trunc(value / 45) % 45)
    if (low !== undefined) text += alphabet.charAt(Math.trunc(value / 2025))
  }
  return text
}

/** Null for anything that `encodeBase45` could not have written, so bytes and text are one to one. */
export function decodeBase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null
  const bytes: number[] = []
  for (let at = 0; at < text.length; at += 3) {
    const digits = [...text.slice(at, at + 3)].map((character) => alphabet.indexOf(character))
    if (digits.includes(-1)) return null
    const [first = 0, second = 0, third] = digits
    const value = first + second * 45 + (third ?? 0) * 2025
    if (value > (third === undefined ? 0xff : 0xffff)) return null
    if (third !== undefined) bytes.push(value >> 8)
    bytes.push(value & 0xff)
  }
  return Uint8Array.from(bytes)
}
