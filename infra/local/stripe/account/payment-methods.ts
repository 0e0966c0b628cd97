/** The bank debit that Stripe offers for a currency: https://docs.stripe.com/payments/bank-debits */
const DEBITS: Record<string, string> = { eur: 'sepa_debit', gbp: 'bacs_debit', usd: 'us_bank_account' }

/** What a buyer may choose from: Stripe decides by the currency, and the shop may narrow it down. */
export function paymentMethodsFor(
  currency: string,
  shop: { allowed?: string[] | undefined; excluded?: string[] | undefined },
): string[] {
  const debit = DEBITS[currency]
  return ['card', ...(debit ? [debit] : [])].filter(
    (method) => (shop.allowed?.includes(method) ?? true) && !shop.excluded?.includes(method),
  )
}

export const debitAmong = (methods: string[]): string | undefined => methods.find((method) => method !== 'card')
