import { createHash } from 'node:crypto'
import { bytesOfId, makeId, timeOfUuidV7 } from '#domain/ids.ts'

const sha256 = (...parts: readonly string[]) => createHash('sha256').update(JSON.stringify(parts)).digest()

/** One key, one order: a repeat finds the first. */
export function orderIdOf(eventId: string, idempotencyKey: string): string {
  const hash = sha256('order', eventId, idempotencyKey)
  return makeId('ord', timeOfUuidV7(idempotencyKey) ?? hash.readUIntBE(16, 6), hash)
}

/** An order's tickets have the same ids whoever makes them, and however often. */
export function ticketIdsOf(orderId: string, count: number): string[] {
  const time = Buffer.from(bytesOfId(orderId) ?? []).readUIntBE(0, 6)
  return Array.from({ length: count }, (_, at) => makeId('tkt', time, sha256('ticket', orderId, String(at))))
}

export const hashOf = (value: unknown): string => sha256(canonical(value)).toString('hex')

/** JSON with its keys in order, so that equal requests have equal hashes. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  )
}
