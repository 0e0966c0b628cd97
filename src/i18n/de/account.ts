import type { account as english } from '../en/account.ts'
import type { Shape } from '../shape.ts'

export const account = {
  title: 'Meine Tickets',
  description: 'Ihre Bestellungen und Tickets.',
  desk: 'Veranstalterbereich',
  signOut: 'Abmelden',
  loading: 'Ihre Tickets werden geladen …',
  signedOut: 'Melden Sie sich an, um Ihre Tickets zu sehen',
  signedOutText:
    'Melden Sie sich mit der Adresse an, mit der Sie gekauft haben. Als Gast gekauft, ohne Konto? Der Link in Ihrer E-Mail öffnet Ihre Tickets, und ein Konto mit derselben Adresse zeigt sie hier.',
  signIn: 'Anmelden',
  failed: 'Ihre Tickets konnten nicht geladen werden',
  offline: 'Keine Verbindung. Versuchen Sie es noch einmal, sobald Sie online sind.',
  fault: 'Das hat nicht geklappt. Versuchen Sie es gleich noch einmal.',
  again: 'Noch einmal versuchen',
  empty: 'Mit dieser Adresse gibt es noch keine Bestellung. {link}',
  whatsOn: 'Zum Programm',
  more: 'Mehr anzeigen',
  noScript: 'Diese Seite braucht JavaScript. Auch der Link in Ihrer E-Mail öffnet Ihre Tickets.',
  line: '{quantity} × {name}',
  status: {
    held: 'Wartet auf Zahlung',
    paid: 'Bezahlt',
    partly_refunded: 'Teilweise erstattet',
    refunded: 'Erstattet',
    cancelled: 'Storniert',
    expired: 'Abgelaufen',
  },
} as const satisfies Shape<typeof english>
