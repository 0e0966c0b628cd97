import { expect, test } from 'vitest'
import { chargeLine } from '#domain/charges.ts'
import { checkoutLines } from './checkout-lines.ts'

const line = (
  ticketTypeName: string,
  quantity: number,
  priceMinor: number,
  rules: Parameters<typeof chargeLine>[3],
) => ({
  ...{ ticketTypeId: 'tty_1', ticketTypeName, quantity, poolIds: [] },
  ...chargeLine(priceMinor, 0, quantity, rules),
})

test('what is added stands on lines of its own, and all lines sum to the total', () => {
  const fee = { fixedMinor: 150, basisPoints: 0, mode: 'added' } as const
  const tax = { name: 'VAT', basisPoints: 700, mode: 'added' } as const
  const rules = { currency: 'EUR', fee, tax }
  const lines = [{ ...line('Standing', 3, 1999, rules), phase: 'Early bird' }, line('Seated', 1, 4000, rules)]
  const amountMinor = lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0)
  const total = { amountMinor, currency: 'EUR' }
  expect(checkoutLines({ eventName: 'Late Set', lines, fee, tax, total })).toEqual([
    { name: 'Late Set – Standing, Early bird', quantity: 3, unitPriceMinor: 1999 },
    { name: 'Late Set – Seated', quantity: 1, unitPriceMinor: 4000 },
    { name: 'Service fee', quantity: 1, unitPriceMinor: 600 },
    { name: 'VAT', quantity: 1, unitPriceMinor: 742 },
  ])
  expect(() => checkoutLines({ eventName: 'X', lines, tax, total })).toThrow(RangeError)
})

test('what is within the price is not listed', () => {
  const tax = { name: 'VAT', basisPoints: 700, mode: 'inclusive' } as const
  const lines = [line('Standing', 2, 1070, { currency: 'EUR', tax })]
  const total = { amountMinor: 2140, currency: 'EUR' }
  expect(checkoutLines({ eventName: 'X', lines, tax, total })).toHaveLength(1)
})
