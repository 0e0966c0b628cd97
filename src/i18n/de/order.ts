import type { order as english } from '../en/order.ts'
import type { Shape } from '../shape.ts'

export const order = {
  title: 'Ihre Bestellung',
  description: 'Ihre Bestellung und ihre Tickets.',
  noScript:
    'Ihre Tickets sind als PDF in Ihrer E-Mail. Um sie hier zu sehen, erlauben Sie bitte JavaScript für diese Seite.',
  oneMoment: 'Einen Moment.',
  pay: 'Bezahlen',
  keptFor: 'Noch für Sie reserviert',
  continue: 'Weiter zur Bezahlung',
  extend: 'Um {minutes} Minuten verlängern',
  tickets: 'Tickets',
  download: 'PDF herunterladen',
  calendar: 'In den Kalender',
  sentTo: 'Gesendet an',
  total: 'Summe',
  again: 'Tickets neu wählen',
  cancelGroup: 'Diese Bestellung stornieren',
  sure: 'Sicher? Die Tickets gehen sofort wieder in den Verkauf.',
  keep: 'Behalten',
  cancelHeld: 'Stornieren und Tickets zurückgeben',
  cancelPaid: 'Stornieren und Geld zurückbekommen',
  ticketNumber: 'Ticket {number}',
  revoked: 'Nicht mehr gültig',
  admitted: 'Schon eingelassen',
  refunded: '{amount} erstattet: {reason}',
  refundFailed: '{amount} konnten nicht erstattet werden: {reason}',
  ticketsEnded: 'Tickets storniert: {reason}',
  minutesLeft5: 'Noch 5 Minuten zum Bezahlen.',
  minutesLeft2: 'Noch 2 Minuten zum Bezahlen.',
  minuteLeft: 'Noch eine Minute zum Bezahlen.',
  timeToPay: 'Sie haben {time} Minuten zum Bezahlen.',
  screens: {
    loading: { title: 'Einen Moment', text: 'Wir suchen Ihre Bestellung.' },
    no_link: {
      title: 'Welche Bestellung?',
      text: 'Diese Adresse ist nicht vollständig. Öffnen Sie den Link in Ihrer Bestätigungs-E-Mail oder melden Sie sich an, um Ihre Tickets zu sehen.',
    },
    unknown: {
      title: 'Wir finden diese Bestellung nicht',
      text: 'Der Link wurde vielleicht unterwegs abgeschnitten. Öffnen Sie ihn noch einmal aus Ihrer Bestätigungs-E-Mail.',
    },
    unreachable: {
      title: 'Keine Verbindung',
      text: 'Ihre Bestellung ist sicher. Wir fragen wieder, sobald Sie verbunden sind.',
    },
    held: { title: 'Ihre Tickets warten', text: 'Sie sind für Sie reserviert. Bezahlen Sie, dann gehören sie Ihnen.' },
    unpaid: {
      title: 'Noch nicht bezahlt',
      text: 'Sie sind vor dem Bezahlen zurückgekommen, oder Ihre Karte wurde abgelehnt. Es wurde nichts abgebucht, und Ihre Tickets sind weiter reserviert.',
    },
    confirming: {
      title: 'Ihre Zahlung wird geprüft',
      text: 'Das dauert ein paar Sekunden. Sie können diese Seite verlassen: Ihre Tickets kommen auch per E-Mail.',
    },
    paid: { title: 'Sie sind dabei', text: 'Zeigen Sie am Einlass einen Code, auf diesem Bildschirm oder auf Papier.' },
    partly_refunded: { title: 'Teilweise erstattet', text: 'Die Tickets, die hier noch stehen, sind gültig.' },
    refunded: {
      title: 'Erstattet',
      text: 'Ihr Geld ist auf dem Weg zurück zu Ihrer Karte. Das dauert bis zu zehn Tage. Mit diesen Tickets kommt man nicht mehr hinein.',
    },
    cancelled: { title: 'Storniert', text: 'Diese Bestellung ist storniert. Es wird nichts weiter abgebucht.' },
    expired: {
      title: 'Ihre Reservierung ist abgelaufen',
      text: 'Die Zeit zum Bezahlen war vorbei, deshalb sind die Tickets wieder im Verkauf. Es wurde nichts abgebucht.',
    },
  },
} as const satisfies Shape<typeof english>
