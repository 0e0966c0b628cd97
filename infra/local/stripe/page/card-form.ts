import type { Form } from '../api/form.ts'

/** The names are those of Stripe's own hosted page. */
export const CARD_FIELDS = ['email', 'cardNumber', 'cardExpiry', 'cardCvc', 'billingName'] as const
export type CardField = (typeof CARD_FIELDS)[number]
export type CardValues = Record<CardField, string>
export type CardErrors = Partial<Record<CardField, string>>

export function valuesFrom(form: Form, knownEmail: string | null): CardValues {
  const text = (name: string) => {
    const value = form[name]
    return typeof value === 'string' ? value.trim().slice(0, 250) : ''
  }
  return {
    email: knownEmail ?? text('email'),
    cardNumber: text('cardNumber').replace(/[\s-]/g, ''),
    cardExpiry: text('cardExpiry'),
    cardCvc: text('cardCvc'),
    billingName: text('billingName'),
  }
}

export function buyerErrors({ email, billingName }: CardValues): CardErrors {
  return {
    ...(/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? {} : { email: 'Enter an e-mail address, such as ana@example.org.' }),
    ...(billingName ? {} : { billingName: 'Enter the name on the card.' }),
  }
}

/** @param now tells which month is over; cards are good to the end of their month, everywhere on earth. */
export function cardErrors(values: CardValues, now: Date): CardErrors {
  const number = numberError(values.cardNumber)
  const expiry = expiryError(values.cardExpiry, now)
  const cvc = cvcError(values)
  return {
    ...buyerErrors(values),
    ...(number ? { cardNumber: number } : {}),
    ...(expiry ? { cardExpiry: expiry } : {}),
    ...(cvc ? { cardCvc: cvc } : {}),
  }
}

function numberError(number: string): string | null {
  if (!number) return 'Enter your card number.'
  if (!/^\d+$/.test(number)) return 'A card number has digits only.'
  if (number.length < 13) return 'Your card number is incomplete.'
  return number.length <= 19 && passesLuhn(number) ? null : 'Your card number is invalid.'
}

function expiryError(expiry: string, now: Date): string | null {
  const [, month, year] = expiry.match(/^(\d{1,2})\s*[/-]?\s*(?:20)?(\d{2})$/) ?? []
  if (!month || !year) return 'Enter the expiry as MM / YY.'
  if (Number(month) < 1 || Number(month) > 12) return 'Your card’s expiry month is invalid.'
  const endOfMonth = Date.UTC(2000 + Number(year), Number(month), 2)
  if (endOfMonth <= now.getTime()) return 'Your card has expired.'
  return Number(year) > (now.getUTCFullYear() % 100) + 50 ? 'Your card’s expiry year is invalid.' : null
}

function cvcError({ cardCvc, cardNumber }: CardValues): string | null {
  const digits = /^3[47]/.test(cardNumber) ? 4 : 3
  if (!cardCvc) return 'Enter the security code.'
  const isRight = /^\d+$/.test(cardCvc) && cardCvc.length === digits
  return isRight ? null : `Your card’s security code has ${digits} digits.`
}

function passesLuhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}
