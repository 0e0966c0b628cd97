import { z } from 'zod'
import { canonicalCode, codePattern } from '#domain/discount-codes.ts'
import { eventInstant, id } from './common.ts'

/** In any case; stored in upper case. */
export const codeName = z
  .string()
  .transform(canonicalCode)
  .pipe(z.string().regex(codePattern, 'must be 3 to 40 letters, digits, - or _'))

const discount = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('percent'), basisPoints: z.int().min(1).max(10_000) }),
  z.strictObject({ kind: z.literal('fixed'), amountMinor: z.int().min(1).max(100_000_000) }),
  z.strictObject({ kind: z.literal('none') }),
])

const rules = {
  discount,
  /** Hidden ticket types that it sells. */
  unlocks: z.array(id('tty')).max(30),
  /** The types it makes cheaper; null: all. */
  ticketTypeIds: z.array(id('tty')).max(30).nullable(),
  /** In tickets. */
  maxUses: z.int().min(1).max(1_000_000).nullable(),
  /** The most that it may take off, over all orders. */
  budgetMinor: z.int().min(1).max(1_000_000_000_000).nullable(),
  validFrom: eventInstant.nullable(),
  validUntil: eventInstant.nullable(),
}

export const putCodeRequest = z.strictObject({
  /** Of the code as it was read; 0 for a new one. */
  version: z.int().min(0),
  discount,
  unlocks: rules.unlocks.default([]),
  ticketTypeIds: rules.ticketTypeIds.default(null),
  maxUses: rules.maxUses.default(null),
  budgetMinor: rules.budgetMinor.default(null),
  validFrom: rules.validFrom.default(null),
  validUntil: rules.validUntil.default(null),
})
export type PutCodeRequest = z.infer<typeof putCodeRequest>

export const discountCode = z.object({
  ...{ code: z.string(), version: z.int(), ...rules },
  /** Held and sold tickets, and what was taken off them. */
  uses: z.int(),
  spentMinor: z.int(),
})
export type DiscountCodeView = z.infer<typeof discountCode>

export const codeResponse = z.object({ code: discountCode })
export type CodeResponse = z.infer<typeof codeResponse>
export const codesResponse = z.object({ codes: z.array(discountCode) })
export type CodesResponse = z.infer<typeof codesResponse>

export const tryCodeRequest = z.strictObject({ code: z.string().trim().min(1).max(40) })
export type TryCodeRequest = z.infer<typeof tryCodeRequest>

/** What a code does for a buyer: the prices that it makes, and the types that it unlocks. */
export const tryCodeResponse = z.object({
  code: z.string(),
  ticketTypes: z.array(
    z.object({
      id: id('tty'),
      name: z.string(),
      description: z.string(),
      /** Of one ticket now, without the code. */
      priceMinor: z.int(),
      discountMinor: z.int(),
      maxPerOrder: z.int(),
      isUnlocked: z.boolean(),
      state: z.enum(['on_sale', 'low', 'sold_out', 'not_yet', 'ended', 'hidden']),
      left: z.int().optional(),
    }),
  ),
})
export type TryCodeResponse = z.infer<typeof tryCodeResponse>
