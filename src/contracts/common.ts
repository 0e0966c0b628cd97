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

/**
 * An embedding or override of the direction that is not closed turns round what stands behind it, also what is ours. Address books put
 * some round what they give away, so whoever pastes a name from there need not know of them.
 */
const withoutTurns = (text: string): string => text.replace(/[\u202A-\u202E\u2066-\u2069]/g, '').trim()

/** Unicode keeps noncharacters (`U+FFFE`) out of exchanged text, and XML 1.0 has no place for some of them: a feed would break. */
const oneLine = /^[^\p{Cc}\p{Cs}\p{NChar}\p{Zl}\p{Zp}]*$/u

/** Fillers count as letters (`U+3164`) and the empty Braille cell as a symbol, and neither leaves a mark. */
const visible = /(?![\p{DI}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u
const visibleOrNothing = /^$|(?![\p{DI}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u

const plainLine = () => z.string().overwrite(withoutTurns).regex(oneLine, 'must be one line')

/** One line of human text: trimmed, no control characters, at least one visible character. */
export const line = (max: number) => plainLine().min(1).max(max).regex(visible, 'has nothing that can be seen')

/** The same, or nothing at all. */
export const lineOrNothing = (max: number) =>
  plainLine().max(max).regex(visibleOrNothing, 'has nothing that can be seen')

export const paragraph = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .regex(/^(?:[^\p{Cc}\p{Cs}\p{NChar}]|[\n\r\t])*$/u, 'has control characters')

export const email = z
  .email()
  .regex(/^[^@]{1,64}@(?:[^.]{1,63}\.)+[^.]{2,63}$/, 'is too long')
  .max(254)
  .toLowerCase()

/**
 * UTC, or a place in one of the areas of IANA's data base, by any of its names: `Intl.supportedValuesOf` gives only one of each, and of
 * `Asia/Kolkata` or `Europe/Kyiv` the former one. Names of other shapes (`US/Pacific-New`, `SystemV/PST8PDT`) are left-overs that our
 * engine happens to know and a visitor's browser need not.
 */
const zoneName = /^(Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Etc|Europe|Indian|Pacific)\/[A-Z][\w+/-]*$/

export const timeZone = z.string().refine((name) => {
  if (name === 'UTC') return true
  try {
    return zoneName.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== null
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
