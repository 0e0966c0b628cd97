type Decline = { kind: 'declines'; code: string; declineCode: string; message: string }

/** What a test card does: https://docs.stripe.com/testing */
export type CardBehaviour =
  | { kind: 'pays'; isDisputed?: true; isRefundSlow?: true }
  | Decline
  | { kind: 'asks_for_3d_secure'; afterwards: CardBehaviour }

const pays: CardBehaviour = { kind: 'pays' }

function declines(declineCode: string, message: string, code = 'card_declined'): Decline {
  return { kind: 'declines', code, declineCode, message }
}

const declined = declines('generic_decline', 'Your card was declined.')
const declinedInTestMode = declines(
  'test_mode_live_card',
  'Your card was declined. This is a simulator: use a test card such as 4242 4242 4242 4242.',
)

/** What the buyer reads when his bank does not recognise him. */
export const NOT_AUTHENTICATED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.'

const BEHAVIOURS: Record<string, CardBehaviour> = {
  '4242424242424242': pays,
  '4000056655665556': pays,
  '5555555555554444': pays,
  '5105105105105100': pays,
  '378282246310005': pays,
  '6011111111111117': pays,
  '3056930009020004': pays,
  '3566002020360505': pays,
  '4000000000000077': pays,
  '4000000000000002': declined,
  '4000000000009995': declines('insufficient_funds', 'Your card has insufficient funds.'),
  '4000000000009987': declines('lost_card', 'Your card was declined.'),
  '4000000000009979': declines('stolen_card', 'Your card was declined.'),
  '4000000000000069': declines('expired_card', 'Your card has expired.', 'expired_card'),
  '4000000000000127': declines('incorrect_cvc', "Your card's security code is incorrect.", 'incorrect_cvc'),
  '4000000000000119': declines(
    'processing_error',
    'An error occurred while processing your card. Try again in a little bit.',
    'processing_error',
  ),
  '4000002500003155': { kind: 'asks_for_3d_secure', afterwards: pays },
  '4000000000003220': { kind: 'asks_for_3d_secure', afterwards: pays },
  '4000008400001629': { kind: 'asks_for_3d_secure', afterwards: declined },
  '4000000000000259': { kind: 'pays', isDisputed: true },
  '4000000000007726': { kind: 'pays', isRefundSlow: true },
}

export const behaviourOf = (cardNumber: string): CardBehaviour => BEHAVIOURS[cardNumber] ?? declinedInTestMode

export function brandOf(cardNumber: string): string {
  if (/^3[47]/.test(cardNumber)) return 'amex'
  if (/^3[068]/.test(cardNumber)) return 'diners'
  if (/^35/.test(cardNumber)) return 'jcb'
  if (/^(5[1-5]|2[2-7])/.test(cardNumber)) return 'mastercard'
  return cardNumber.startsWith('6') ? 'discover' : 'visa'
}

/** The number to keep: a test card whole, any other, which may be somebody's real card, without its middle. */
export function storableNumber(cardNumber: string): string {
  if (cardNumber in BEHAVIOURS) return cardNumber
  return `${cardNumber.slice(0, 4)}${'0'.repeat(cardNumber.length - 8)}${cardNumber.slice(-4)}`
}
