import { createHash } from 'node:crypto'
import type { EventRecord, Instant } from '#domain/catalog.ts'
import { type AttendeePorts, allTickets } from './list-attendees.ts'

export interface PackPorts extends AttendeePorts {
  /** Ed25519 keys that verify the event's codes, each key as base64url of its 32 bytes. */
  publicKeysFor(eventId: string): readonly { readonly keyId: number; readonly publicKeyJwk: { readonly x: string } }[]
  now(): Instant
}

export interface Pack {
  readonly keys: readonly { readonly keyId: number; readonly publicKey: string }[]
  readonly tickets: readonly string[]
  readonly revoked: readonly string[]
  readonly counts: { readonly tickets: number; readonly admitted: number }
  readonly madeAt: Instant
}

/** What a scanner needs to judge without a network. Hashes stand for tickets: a lost phone reveals nobody. */
export async function makePack(ports: PackPorts, event: EventRecord): Promise<Pack> {
  const madeAt = ports.now()
  const valid: string[] = []
  const revoked: string[] = []
  let admitted = 0
  for await (const page of allTickets(ports, event.id))
    for (const ticket of page) {
      const isValid = ticket.status === 'valid'
      const list = isValid ? valid : revoked
      list.push(shortHash(ticket.id))
      if (isValid && ticket.admission) admitted++
    }
  const counts = { tickets: valid.length, admitted }
  const keys = ports.publicKeysFor(event.id).map(({ keyId, publicKeyJwk }) => ({ keyId, publicKey: publicKeyJwk.x }))
  return { keys, tickets: valid, revoked, counts, madeAt }
}

/** Enough to tell a million tickets of one event apart. */
const shortHash = (ticketId: string): string => createHash('sha256').update(ticketId).digest('hex').slice(0, 16)
