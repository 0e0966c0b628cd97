import { z } from 'zod'
import { verdicts } from '#domain/checkin.ts'
import { id, instant, line } from './common.ts'

export const scansRequest = z.strictObject({
  scans: z
    .array(
      z.strictObject({
        scanId: id('scn'),
        code: z.string().min(1).max(400),
        at: instant,
        gate: line(40),
        direction: z.enum(['in', 'out']).default('in'),
      }),
    )
    .min(1)
    .max(100),
})
export type ScansRequest = z.infer<typeof scansRequest>

export const scanResult = z.object({
  scanId: id('scn'),
  verdict: z.enum(verdicts),
  ticket: z
    .object({ id: id('tkt'), attendeeName: z.string(), ticketTypeName: z.string(), orderId: id('ord') })
    .optional(),
  firstScan: z.object({ at: instant, gate: z.string() }).optional(),
})
export type ScanResult = z.infer<typeof scanResult>

export const scansResponse = z.object({ results: z.array(scanResult) })
export type ScansResponse = z.infer<typeof scansResponse>

export const doorEventsResponse = z.object({
  events: z.array(
    z.object({
      id: id('evt'),
      name: z.string(),
      startsAt: instant,
      endsAt: instant,
      timeZone: z.string(),
      venueName: z.string(),
    }),
  ),
})
export type DoorEventsResponse = z.infer<typeof doorEventsResponse>

export const packResponse = z.object({
  event: z.object({ id: id('evt'), name: z.string(), startsAt: instant, endsAt: instant, timeZone: z.string() }),
  /** Raw Ed25519 public keys, base64url. */
  keys: z.array(z.object({ keyId: z.int(), publicKey: z.string() })),
  /** First 16 hex digits of SHA-256 of each ticket id. */
  tickets: z.array(z.string()),
  revoked: z.array(z.string()),
  counts: z.object({ tickets: z.int(), admitted: z.int() }),
  madeAt: instant,
})
export type PackResponse = z.infer<typeof packResponse>
