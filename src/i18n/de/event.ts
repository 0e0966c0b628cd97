import type { event as english } from '../en/event.ts'
import type { Shape } from '../shape.ts'

export const event = {
  by: 'Von {link}',
  tickets: 'Tickets',
  ticketsFrom: 'Tickets ab {price}',
  ticketsFree: 'Tickets, kostenlos',
  cancelledText:
    'Der Veranstalter hat diese Veranstaltung abgesagt. Alle, die ein Ticket gekauft haben, bekommen ihr Geld zurück. Sie müssen nichts tun.',
  thisWasIt: 'Das war’s',
  overText: 'Diese Veranstaltung ist vorbei. Tickets werden nicht mehr verkauft.',
  whatElse: 'Was sonst in {city} läuft',
  about: 'Darum geht’s',
  accessibility: 'Barrierefreiheit',
  ifPlansChange: 'Wenn etwas dazwischenkommt',
  policyNone: 'Gekaufte Tickets können nicht storniert werden. Sagt der Veranstalter ab, bekommen Sie Ihr Geld zurück.',
  policyStart:
    'Sie können bis zum Beginn der Veranstaltung stornieren und bekommen Ihr Geld zurück. Sagt der Veranstalter ab, bekommen Sie es in jedem Fall.',
  policyDays: {
    one: 'Sie können bis {count} Tag vor Beginn stornieren und bekommen Ihr Geld zurück. Sagt der Veranstalter ab, bekommen Sie es in jedem Fall.',
    other:
      'Sie können bis {count} Tage vor Beginn stornieren und bekommen Ihr Geld zurück. Sagt der Veranstalter ab, bekommen Sie es in jedem Fall.',
  },
  policyHours: {
    one: 'Sie können bis {count} Stunde vor Beginn stornieren und bekommen Ihr Geld zurück. Sagt der Veranstalter ab, bekommen Sie es in jedem Fall.',
    other:
      'Sie können bis {count} Stunden vor Beginn stornieren und bekommen Ihr Geld zurück. Sagt der Veranstalter ab, bekommen Sie es in jedem Fall.',
  },
  keepLooking: 'Weiterstöbern',
  cityInMonth: '{city} im {month}',
  moreOf: 'Mehr aus {category}',
  allFrom: 'Alles von {name}',
  when: 'Wann',
  where: 'Wo',
  timeIn: 'Uhrzeit in {zone}',
  movedFrom: 'Verlegt, zuvor {link}',
  addToCalendar: 'In den Kalender',
  showOnMap: 'Auf der Karte zeigen',
  haveCode: 'Haben Sie einen Code?',
  code: 'Code',
  apply: 'Einlösen',
  noScript: 'Das sind die Preise. Zum Kaufen erlauben Sie bitte JavaScript für diese Seite.',
  checkOut: 'Zur Kasse',
  keptFor: 'Während Sie bezahlen, sind die Tickets {minutes} Minuten für Sie reserviert.',
  stopWaiting: 'Nicht mehr warten',
  yourDetails: 'Ihre Angaben',
  changeTickets: 'Tickets ändern',
  yourName: 'Ihr Name',
  email: 'E-Mail',
  emailHint: 'Hierhin kommen Ihre Tickets, und sonst nichts.',
  otherNames: 'Andere Namen auf die Tickets setzen (freiwillig)',
  pay: 'Bezahlen',
  accept:
    'Sie bezahlen auf einer sicheren Seite und kommen gleich wieder zurück. Mit dem Kauf akzeptieren Sie die {link}.',
  acceptTerms: 'Bedingungen',
  share: 'Bring jemanden mit',
  shareNative: 'Teilen …',
  shareCopy: 'Link kopieren',
  shareCopied: 'Link kopiert',
} as const satisfies Shape<typeof english>
