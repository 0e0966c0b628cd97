import type { refusals as english } from '../en/refusals.ts'
import type { Shape } from '../shape.ts'

export const refusals = {
  sold_out: {
    title: 'Diese Tickets sind gerade ausverkauft',
    text: 'Jemand war einen Moment schneller. Wählen Sie aus, was unten noch da ist. Ihre Angaben bleiben erhalten.',
  },
  too_few_left: {
    title: 'Es sind weniger Tickets übrig, als Sie gewählt haben',
    text: 'Verringern Sie die Anzahl und versuchen Sie es noch einmal. Ihre Angaben bleiben erhalten.',
  },
  too_many_per_order: {
    title: 'Das sind zu viele Tickets für eine Bestellung',
    text: 'Verringern Sie die Anzahl und versuchen Sie es noch einmal. Ihre Angaben bleiben erhalten.',
  },
  sales_ended: { title: 'Der Verkauf ist beendet', text: 'Diese Tickets können hier nicht mehr gekauft werden.' },
  sales_not_started: { title: 'Der Verkauf hat noch nicht begonnen', text: 'Kommen Sie wieder, wenn es so weit ist.' },
  event_not_on_sale: { title: 'Diese Veranstaltung ist nicht im Verkauf', text: 'Es wurde nichts abgebucht.' },
  too_many_per_buyer: {
    title: 'Diese E-Mail-Adresse hat ihr Limit erreicht',
    text: 'Der Veranstalter begrenzt, wie viele Tickets eine Person kaufen kann, frühere Bestellungen eingeschlossen. Wählen Sie weniger.',
  },
  payment_unavailable: {
    title: 'Die Bezahlseite antwortet nicht',
    text: 'Ihre Tickets bleiben reserviert. Versuchen Sie es gleich noch einmal; Sie kaufen nicht doppelt.',
  },
  offline: {
    title: 'Sie sind anscheinend offline',
    text: 'Es wurde nichts abgebucht. Versuchen Sie es noch einmal, sobald Sie verbunden sind; Sie kaufen nicht doppelt. Ihre Angaben bleiben erhalten.',
  },
  too_busy: {
    title: 'Gerade kaufen sehr viele Leute',
    text: 'Bleiben Sie auf dieser Seite: Wir fragen für Sie weiter. Niemand nach Ihnen kommt vor Ihnen dran.',
  },
  price_changed: {
    title: 'Der Preis hat sich geändert',
    text: 'Es wurde nichts abgebucht. Unten steht der neue Betrag: Bezahlen Sie ihn oder ändern Sie Ihre Tickets. Ihre Angaben bleiben erhalten.',
  },
  unknown_code: {
    title: 'Diesen Code kennen wir nicht',
    text: 'Prüfen Sie die Schreibweise oder kaufen Sie ohne Code.',
  },
  code_used_up: {
    title: 'Dieser Code ist aufgebraucht',
    text: 'Für so viele Tickets reicht er nicht mehr. Wählen Sie weniger oder kaufen Sie ohne Code.',
  },
  code_not_valid_now: {
    title: 'Dieser Code gilt heute nicht',
    text: 'Versuchen Sie es später oder kaufen Sie ohne Code.',
  },
  code_not_for_these: {
    title: 'Dieser Code gilt für andere Tickets',
    text: 'Wählen Sie passende Tickets oder kaufen Sie ohne Code.',
  },
  total_too_small: {
    title: 'Der Betrag ist zu klein für eine Kartenzahlung',
    text: 'Nehmen Sie ein Ticket dazu oder kaufen Sie ohne Code.',
  },
  invalid_request: { title: 'Bitte prüfen Sie diese Felder', text: '' },
  hold_expired: {
    title: 'Die Zeit zum Bezahlen ist abgelaufen',
    text: 'Es wurde nichts abgebucht. Wählen Sie Ihre Tickets noch einmal.',
  },
  order_not_payable: {
    title: 'Diese Bestellung kann nicht mehr bezahlt werden',
    text: 'Es wurde nichts weiter abgebucht.',
  },
  not_cancellable: { title: 'Diese Bestellung kann nicht mehr storniert werden', text: '' },
  hold_already_extended: { title: 'Die Zeit wurde schon verlängert', text: 'Bitte bezahlen Sie, bevor sie abläuft.' },
  unknown: {
    title: 'Das hat nicht geklappt',
    text: 'Es wurde nichts abgebucht. Versuchen Sie es noch einmal; Sie kaufen nicht doppelt.',
  },
  unknownNumber: 'Falls es dabei bleibt, nennen Sie diese Nummer: {id}',
} as const satisfies Shape<typeof english>
