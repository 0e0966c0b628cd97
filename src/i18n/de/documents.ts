import type { documents as english } from '../en/documents.ts'
import type { Shape } from '../shape.ts'

export const documents = {
  confirmSubject: { one: 'Ihr Ticket: {event}', other: 'Ihre Tickets: {event}' },
  confirmText: {
    one: 'Ihr Ticket ist angehängt. Zeigen Sie den QR-Code am Einlass, auf dem Handy oder auf Papier: Er gilt für eine Person und nur einmal.',
    other:
      'Ihre Tickets sind angehängt. Zeigen Sie die QR-Codes am Einlass, auf dem Handy oder auf Papier: Jeder gilt für eine Person und nur einmal.',
  },
  share:
    'Wer diesen Link oder einen Code hat, kann Ihre Bestellung nutzen: Geben Sie beides nur an Ihre Begleitung weiter.',
  seeTickets: { one: 'Zum Ticket', other: 'Zu den Tickets' },
  seeOrder: 'Zur Bestellung',
  when: 'Wann',
  where: 'Wo',
  doors: 'Einlass {time}',
  total: 'Summe',
  free: 'Kostenlos',
  noteCode: 'Rabatt mit Code {code}',
  noteFee: 'Darin Servicegebühr',
  noteTax: 'Darin {percent} {name}',
  order: 'Bestellung {id}',
  cancelled: 'Abgesagt',
  cancelledSubject: 'Abgesagt: {event}',
  cancelledText:
    'Es tut uns leid: Der Veranstalter hat diese Veranstaltung abgesagt. Ihre Tickets gelten nicht mehr; bitte reisen Sie nicht an.',
  returning:
    'Wir überweisen {amount} auf die Karte oder das Konto zurück, mit dem Sie bezahlt haben. Bei Banken dauert es bis zu 10 Tage, bis es zu sehen ist.',
  refundSubject: 'Erstattung von {amount}: {event}',
  endedSubject: 'Tickets storniert: {event}',
  ended: 'Der Veranstalter hat Tickets Ihrer Bestellung storniert. Mit ihnen kommt man nicht mehr hinein.',
  noTicketsSubject: 'Keine Tickets, Geld zurück: {event}',
  no_tickets:
    'Es tut uns leid: Ihre Zahlung kam erst nach Ablauf der Zeit an, und die Tickets waren schon vergeben. Sie haben keine Tickets für diese Veranstaltung.',
  duplicate:
    'Sie haben eine Bestellung zweimal bezahlt. Die zweite Zahlung geht an Sie zurück; Ihre Tickets bleiben gültig.',
  requested: 'Ihre Erstattung ist unterwegs, wie gewünscht. Mit den erstatteten Tickets kommt man nicht mehr hinein.',
  by_organiser: 'Der Veranstalter hat Ihnen Geld erstattet. Mit erstatteten Tickets kommt man nicht mehr hinein.',
  at_provider: 'Der Veranstalter hat Ihnen Geld erstattet. Ist das der ganze Preis, gelten Ihre Tickets nicht mehr.',
  event_cancelled:
    'Der Veranstalter hatte schon abgesagt, als Ihre Zahlung ankam. Sie haben keine Tickets; bitte reisen Sie nicht an.',
  ticketWhen: 'WANN',
  ticketWhere: 'WO',
  ticketName: 'NAME',
  ticketType: 'TICKET',
  admits: 'Gilt für eine Person und einmal. Wer den Code zuerst zeigt, kommt hinein: Behalten Sie ihn für sich.',
} as const satisfies Shape<typeof english>
