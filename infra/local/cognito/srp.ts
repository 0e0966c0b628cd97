import { createHash, createHmac, getDiffieHellman, randomBytes, timingSafeEqual } from 'node:crypto'

/** Whose password is proved: `poolName` is the pool's id without its region. */
type Prover = { poolName: string; userId: string; password: string }
/** Public to the client, in lower-case hexadecimal, but for the secret block, which is base64. */
export type Challenge = { publicB: string; salt: string; secretBlock: string }

const N = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`)
const G = 2n
const K = toBigInt(sha256(padded(N) + padded(G)))

/**
 * Cognito's side of the Secure Remote Password protocol (RFC 5054, with the key derivation that Amplify and the SDKs use): the client
 * proves that it knows the password without sending it. Undefined when the client's public value is a forbidden one.
 */
export function startSrp(publicA: string, { poolName, userId, password }: Prover) {
  const a = toBigInt(publicA)
  if (a % N === 0n) return undefined
  const salt = toBigInt(randomBytes(16).toString('hex'))
  const identity = createHash('sha256').update(`${poolName}${userId}:${password}`).digest('hex')
  const verifier = power(G, toBigInt(sha256(padded(salt) + identity)))
  const secret = toBigInt(randomBytes(32).toString('hex'))
  const b = (K * verifier + power(G, secret)) % N
  const scrambler = toBigInt(sha256(padded(a) + padded(b)))
  const shared = power((a * power(verifier, scrambler)) % N, secret)
  const extracted = createHmac('sha256', bytes(padded(scrambler)))
    .update(bytes(padded(shared)))
    .digest()
  const key = createHmac('sha256', extracted).update('Caldera Derived Key\u0001').digest().subarray(0, 16)

  const secretBlock = randomBytes(64)
  const challenge: Challenge = {
    publicB: b.toString(16),
    salt: salt.toString(16),
    secretBlock: secretBlock.toString('base64'),
  }
  const isProvedBy = (signature: string, timestamp: string): boolean => {
    const signed = createHmac('sha256', key)
      .update(poolName)
      .update(userId)
      .update(secretBlock)
      .update(timestamp)
      .digest()
    const given = Buffer.from(signature, 'base64')
    return given.length === signed.length && timingSafeEqual(given, signed)
  }
  return { challenge, isProvedBy }
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = base % N
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % N
    square = (square * square) % N
  }
  return result
}

/** Hexadecimal of whole bytes whose first bit is 0, so that it is never read as a negative number. */
function padded(value: bigint): string {
  const hex = value.toString(16)
  const whole = hex.length % 2 === 1 ? `0${hex}` : hex
  return /^[89a-f]/.test(whole) ? `00${whole}` : whole
}

function toBigInt(hex: string): bigint {
  return /^[0-9a-f]+$/i.test(hex) ? BigInt(`0x${hex}`) : 0n
}

function bytes(hex: string): Buffer {
  return Buffer.from(hex, 'hex')
}

function sha256(hex: string): string {
  return createHash('sha256').update(bytes(hex)).digest('hex')
}
