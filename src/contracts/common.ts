import { z } from 'zod'
import { type IdPrefix, idPattern } from '#domain/ids.ts'

export const id = (prefix: IdPrefix) => z.string().regex(idPattern(prefix), `not an id that starts with ${prefix}_`)

/** UTC with `Z`; normalised to milliseconds, so that instants compare as text. */
export const instant = z.iso.datetime().transform((text) => new Date(text).toISOString())

/** Of an event: years with four digits on every clock, so that instants, months and weeks compare as text. */
export const eventInstant = instant.refine((at) => at >= '2000' && at < '2200', 'must be within 2000 to 2199')

export const currency = z
  .string()
  .regex(/^[A-Z]{3}$/)
  .refine((code) => Intl.supportedValuesOf('currency').includes(code), 'not an ISO 4217 currency')

export const money = z.strictObject({ amountMinor: z.int().min(0), currency })

/** One line of human text: trimmed, no control characters, at least one visible character. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must be one line')
    .regex(/[^\p{C}\p{Z}]/u, 'has nothing that can be seen')

/** The same, or nothing at all. */
export const lineOrNothing = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u, 'must be one line')
    .regex(/^$|[^\p{C}\p{Z}]/u, 'has nothing that can be seen')

export const paragraph = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\r\t])*$/u, 'has control characters')

export const email = z
  .email()
  .regex(/^[^@]{1,64}@(?:[^.]{1,63}\.)+[^.]{2,63}$/, 'is too long')
  .max(254)
  .toLowerCase()

export const timeZone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name.includes('/') || name === 'UTC'
  } catch {
    return false
  }
}, 'not an IANA time zone')

export const page = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
})

/** RFC 9457. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  requestId: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof problem>
