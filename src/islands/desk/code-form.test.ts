import { expect, test } from 'vitest'
import type { DiscountCodeView } from '#contracts/codes.ts'
import { codeFormOf, codeRequestOf, emptyCodeForm } from './code-form.ts'

const event = { currency: 'EUR', timeZone: 'Europe/Madrid' }
const code: DiscountCodeView = {
  code: 'HALF',
  version: 3,
  discount: { kind: 'percent', basisPoints: 1250 },
  unlocks: ['tty_hidden'],
  ticketTypeIds: null,
  maxUses: 20,
  budgetMinor: 50_000,
  validFrom: '2027-03-01T11:00:00.000Z',
  validUntil: null,
  uses: 4,
  spentMinor: 900,
}

test('a code survives its form, counts aside', () => {
  const form = codeFormOf(code, event)
  expect(form).toMatchObject({ amount: '12.5', budget: '500.00', validFrom: '2027-03-01T12:00' })
  const { code: _, uses: __, spentMinor: ___, ...fields } = code
  expect(codeRequestOf(form, event)).toEqual(fields)
  const fixed = { ...code, discount: { kind: 'fixed', amountMinor: 500 } } as const
  expect(codeRequestOf(codeFormOf(fixed, event), event).discount).toEqual(fixed.discount)
})

test('an empty amount is no number or nothing, and the server refuses both by name', () => {
  expect(codeRequestOf(emptyCodeForm(), event).discount).toEqual({ kind: 'percent', basisPoints: 0 })
  expect(codeRequestOf({ ...emptyCodeForm(), kind: 'fixed' }, event).discount).toMatchObject({
    amountMinor: Number.NaN,
  })
})
