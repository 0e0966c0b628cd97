import { expect, test } from 'vitest'
import { commonIn } from '../i18n/texts.ts'
import { chargeNotes, chargesText } from './charges.ts'

const common = commonIn('en')
const currency = 'EUR'

test('a buyer reads what the price holds, also what the organiser put on top of his own', () => {
  const vat = { name: 'VAT', basisPoints: 1000, mode: 'inclusive' } as const
  const fee = { fixedMinor: 150, basisPoints: 250, mode: 'added' } as const
  expect(chargesText({ currency }, common)).toBe('No fees on top.')
  expect(chargesText({ currency, tax: vat }, common)).toBe('Incl. 10% VAT.')
  expect(chargesText({ currency, fee, tax: { ...vat, mode: 'added', basisPoints: 750 } }, common)).toBe(
    'Incl. €1.50 and 2.5% fee a ticket, incl. 7.5% VAT.',
  )
})

test('an order says what was taken off, and what of its total is fee and tax', () => {
  const amount = (amountMinor: number) => ({ amountMinor, currency })
  expect(
    chargeNotes(
      {
        discount: { code: 'HALF', amount: amount(500) },
        fee: { amount: amount(150), mode: 'added' },
        tax: { name: 'VAT', basisPoints: 1000, amount: amount(91), mode: 'inclusive' },
      },
      common,
    ),
  ).toEqual(['Code HALF: €5 off', 'Incl. service fee €1.50', 'Incl. 10% VAT €0.91'])
  expect(chargeNotes({}, common)).toEqual([])
})
