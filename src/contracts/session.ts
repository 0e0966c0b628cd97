import { z } from 'zod'
import { roles } from '#domain/catalog.ts'
import { id } from './common.ts'

/** What fits into a cookie with its name: browsers drop more than 4,096 bytes. */
const maxTokenLength = 4000
const token = z
  .string()
  .regex(/^[\w.~+/=-]{20,}$/, 'not a token')
  .max(maxTokenLength)

export const startSessionRequest = z.strictObject({ idToken: token, accessToken: token, refreshToken: token })
export type StartSessionRequest = z.infer<typeof startSessionRequest>

export const sessionResponse = z.object({
  user: z.object({ id: z.string(), email: z.string(), name: z.string(), groups: z.array(z.string()) }).nullable(),
  organisations: z.array(z.object({ id: id('org'), name: z.string(), role: z.enum(roles) })),
})
export type SessionResponse = z.infer<typeof sessionResponse>
