/** Somebody's own orders. */
export const account = {
  title: 'My tickets',
  description: 'Your orders and tickets.',
  desk: 'Desk',
  signOut: 'Sign out',
  loading: 'Looking for your tickets…',
  signedOut: 'Sign in to see your tickets',
  signedOutText:
    'Sign in with the address that you bought with. Bought as a guest without an account? The link in your e-mail opens your tickets, and an account made with the same address shows them here.',
  signIn: 'Sign in',
  failed: 'Your tickets could not be loaded',
  offline: 'No connection. Try again when you are online.',
  fault: 'That did not work. Try again in a moment.',
  again: 'Try again',
  empty: 'No orders with this address yet. {link}',
  whatsOn: 'See what’s on.',
  more: 'Show more',
  noScript: 'This page needs JavaScript. The link in your e-mail opens your tickets too.',
  line: '{quantity} × {name}',
  status: {
    held: 'Waiting for payment',
    paid: 'Paid',
    partly_refunded: 'Partly refunded',
    refunded: 'Refunded',
    cancelled: 'Cancelled',
    expired: 'Expired',
  },
} as const
